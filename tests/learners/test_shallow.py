from collections import Counter
from random import Random

import pytest

from caselens.learners import Others, others
from caselens.learners.bots import parts_of, words
from caselens.learners.earned import asked
from caselens.learners.shallow import compared, form_readers, likeness_readers
from caselens.tasks import kind_of
from tests.learners.samples import committed, generated

FORM, HEDGED, UNHEDGED = form_readers()


def near(setting, one, other):
    """Return the share of words that two texts have in common."""
    either = words(one) | words(other)
    return len(words(one) & words(other)) / len(either) if either else 0.0


THIRD, BEST = likeness_readers("words", near)
READERS = (THIRD, BEST, FORM, HEDGED, UNHEDGED)


def first(kind, bank=None):
    tasks = asked(bank or generated(3))
    return next(one for one in tasks if one[0].task.kind == kind)


def told(setting, **fields):
    """Return a setting whose task has these fields."""
    task = setting.task.model_copy(update=fields)
    return type(setting)(task, setting.case, setting.vocabulary)


def with_statement(kind, text, **fields):
    """Return a task of a kind whose first statement is `text`, and the others."""
    setting, _, known = first(kind)
    one, *rest = setting.task.statements
    statements = (one.model_copy(update={"text": text}), *rest)
    return told(setting, statements=statements, **fields), known, one.id


def chosen(reader, setting, known, part):
    return reader.answer(setting, known, Random(1))["parts"][part]["choice"]


@pytest.mark.parametrize("reader", READERS, ids=lambda one: one.name)
def test_every_reader_gives_answers_that_can_be_used(reader):
    for setting, _, known in asked(committed()) + asked(generated(2)):
        value = reader.answer(setting, known, Random(1))
        problems = kind_of(setting).clean(setting, value).problems
        # Of several labels where one is asked for, the first counts.
        assert all("the first counts" in one for one in problems), setting.task.id


@pytest.mark.parametrize("reader", READERS, ids=lambda one: one.name)
def test_no_reader_is_a_matter_of_chance(reader):
    for setting, _, known in asked(generated(2)):
        assert reader.answer(setting, known, Random(1)) == reader.answer(
            setting, known, Random(2)
        )


def test_a_statement_goes_where_the_words_of_the_slot_are():
    setting, known, part = with_statement("slots", "It does not matter yet.")
    slot = setting.vocabulary.slots[setting.task.slots[2]]
    setting, known, part = with_statement("slots", slot.definition)
    assert chosen(BEST, setting, known, part) == slot.id


def test_the_next_question_is_the_one_most_like_the_case():
    setting, _, known = first("safety")
    questions = [
        one.model_copy(update={"text": "Quite another matter?"})
        for one in setting.task.questions
    ]
    sentence = setting.case.stages[0].sentences[0].text
    questions[2] = questions[2].model_copy(update={"text": sentence})
    changed = told(setting, questions=tuple(questions))
    assert chosen(BEST, changed, known, "next") == "q3"


def test_a_counterpart_is_the_one_most_like_the_statement():
    setting, _, known = first("translate")
    counterparts = list(setting.task.counterparts)
    text = setting.task.statements[0].text
    counterparts[1] = counterparts[1].model_copy(update={"text": text})
    changed = told(setting, counterparts=tuple(counterparts))
    part = setting.task.statements[0].id
    assert chosen(BEST, changed, known, part) == counterparts[1].id


def test_marks_go_by_rank_in_likeness_to_the_claim():
    setting, _, known = first("evidence")
    texts = [one.text for stage in setting.case.stages for one in stage.sentences]
    changed = told(setting, claim=texts[4])
    best = BEST.answer(changed, known, Random(1))["marked"]
    third = THIRD.answer(changed, known, Random(1))["marked"]
    assert "s5" in best
    assert len(best) == 3
    assert len(third) == len(texts) // 3
    assert set(best) < set(third)


def test_only_sentences_that_are_open_are_read():
    setting, _, known = first("evidence")
    changed = told(setting, stage=1)
    opened = {one.id for one in setting.case.stages[0].sentences}
    for reader in (BEST, HEDGED, UNHEDGED, FORM):
        assert set(reader.answer(changed, known, Random(1))["marked"]) <= opened


def test_of_one_label_the_nearest_is_picked_and_of_several_those_above_the_mean():
    setting, _, known = first("pick")
    one = BEST.answer(told(setting, several=False), known, Random(1))["parts"]
    more = BEST.answer(told(setting, several=True), known, Random(1))["parts"]
    every = kind_of(setting).groups(setting)[0]["parts"]
    assert 1 <= len(one) < len(more) < len(every)


def test_the_account_most_like_the_reply_gains_and_the_least_like_loses():
    setting, _, known = first("ask")
    reply, account = setting.task.replies[0], setting.task.hypotheses[1]
    text = setting.case.accounts[account]
    replies = (reply.model_copy(update={"text": text}), *setting.task.replies[1:])
    changed = told(setting, replies=replies)
    assert chosen(BEST, changed, known, f"{reply.id}-{account}") == "more"
    rival = setting.task.hypotheses[0]
    assert chosen(BEST, changed, known, f"{reply.id}-{rival}") == "less"


SLOTS = (
    "situation",
    "automatic_thought",
    "core_belief",
    "intermediate_belief",
    "body",
    "emotion",
    "not_supported",
    "too_early",
)


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ('"They have found it."', "automatic_thought"),
        ("I am no good to anybody.", "core_belief"),
        ("If she rests, then the rest will leave.", "intermediate_belief"),
        ("One must not ask twice.", "intermediate_belief"),
        ("Her stomach turns over.", "body"),
        ("Dread, on the stairs.", "emotion"),
    ],
)
def test_a_form_is_taken_for_a_slot(text, slot):
    setting, known, part = with_statement("slots", text, slots=SLOTS, lens="cbt")
    assert chosen(FORM, setting, known, part) == slot


def test_a_wish_is_known_by_its_word_where_the_menu_has_one():
    slots = ("wish", "defence", "not_supported", "too_early")
    setting, known, part = with_statement(
        "slots", "She hopes for a letter.", slots=slots, lens="dynamic"
    )
    assert chosen(FORM, setting, known, part) == "wish"


def test_what_has_no_form_goes_where_most_go_elsewhere():
    setting, _, known = first("slots", generated(12))
    one, *rest = setting.task.statements
    plain = one.model_copy(update={"text": "A plate on the stairs."})
    changed = told(setting, statements=(plain, *rest))
    where = f"slots-{setting.task.lens}", ""
    common = known.answer(where, setting.task.slots)
    assert common is not None
    assert chosen(FORM, changed, known, one.id) == common


def test_a_label_that_fits_nowhere_else_is_left_alone():
    setting, _, known = first("pick", committed())
    value = FORM.answer(setting, known, Random(1))["parts"]
    for part in kind_of(setting).groups(setting)[0]["parts"]:
        name = part["id"]
        elsewhere = known.answer(("pick", name), ("fits", "no"))
        elsewhere = elsewhere or known.answer(("pick", ""), ("fits", "no"))
        assert (name in value) == (elsewhere == "fits"), name


def test_a_sentence_in_quotation_marks_is_a_reported_thought():
    setting, _, known = first("observe", committed())
    quoted = [
        one
        for one in setting.task.sentences
        if setting.case.sentences[one].text.startswith('"')
    ]
    assert quoted
    for one in quoted:
        assert chosen(FORM, setting, known, f"{one}-source") == "report"
        assert chosen(FORM, setting, known, f"{one}-content") == "thought"


@pytest.mark.parametrize(
    ("text", "hedged", "unhedged"),
    [("It may be so.", "dynamic", "cbt"), ("It is so.", "cbt", "dynamic")],
)
def test_a_hedge_stands_for_one_lens_and_its_want_for_the_other(text, hedged, unhedged):
    setting, known, part = with_statement("lens", text)
    assert chosen(HEDGED, setting, known, part) == hedged
    assert chosen(UNHEDGED, setting, known, part) == unhedged


def test_a_hedge_stands_for_what_is_supported():
    setting, _, part = with_statement(
        "slots", "Perhaps it is so.", slots=SLOTS, lens="cbt"
    )
    where = "slots-cbt", ""
    common = {"not_supported": 9, "too_early": 5, "emotion": 2, "body": 1}
    known = Others(Counter({(where, one): count for one, count in common.items()}))
    assert chosen(UNHEDGED, setting, known, part) == "not_supported"
    assert chosen(HEDGED, setting, known, part) == "emotion"


def test_of_a_cases_own_options_the_first_hedged_one_is_chosen():
    setting, _, known = first("safety")
    plain = [
        one.model_copy(update={"text": "Plainly asked?"})
        for one in setting.task.questions
    ]
    plain[3] = plain[3].model_copy(update={"text": "Might you say more?"})
    changed = told(setting, questions=tuple(plain))
    assert chosen(HEDGED, changed, known, "next") == "q4"
    assert chosen(UNHEDGED, changed, known, "next") == "q1"


def test_every_text_that_a_reader_compares_is_named_beforehand():
    for setting, _, known in asked(committed()) + asked(generated(2)):
        named = set(compared(setting, known))
        asks = set()

        def listed(setting, one, other, asks=asks):
            asks |= {one, other}
            return near(setting, one, other)

        likeness_readers("listed", listed)[0].answer(setting, known, Random(1))
        assert asks <= named, setting.task.id


def test_a_part_brings_its_explanation_and_its_group():
    setting, _, _ = first("goals")
    known = others(generated(3))[setting.case.id]
    found = [one for one, _ in parts_of(setting, known)]
    covers = {goal.covers for goal in setting.vocabulary.goals}
    assert {one.help for one in found} == covers
    assert all(len(one.group["parts"]) == len(found) for one in found)
