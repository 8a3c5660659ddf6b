from functools import cache
from random import Random
from statistics import mean

import pytest

from caselens.learners import BOTS, Bot, constants, others
from caselens.learners.earned import asked, table
from caselens.reports.units import HIGHEST_SHARE, shares
from caselens.tasks import kind_of, score
from tests.learners.samples import (
    DRAWS,
    HIGHEST_MEAN,
    above_zero,
    committed,
    course_units,
    generated,
)

NAMED = {bot.name: bot for bot in BOTS}


@cache
def on_committed():
    tasks = asked(committed())
    bots = (*BOTS, *constants(setting for setting, _, _ in tasks))
    return table(bots, tasks, DRAWS)


@cache
def on_generated():
    return table(BOTS, asked(generated(300)))


@cache
def constants_on_generated():
    tasks = asked(generated(25))
    return table(constants(setting for setting, _, _ in tasks), tasks)


def rows_of(found):
    return {name: [value for value, _ in row.values()] for name, row in found.items()}


def too_high(rows):
    means = {name: mean(row) for name, row in rows.items()}
    return {name: value for name, value in means.items() if value > HIGHEST_MEAN}


def test_no_bot_earns_anything_over_the_committed_bank():
    rows = rows_of(on_committed())
    for name, row in rows.items():
        print(f"{name:28} {mean(row):7.3f}")
    assert too_high(rows) == {}
    assert above_zero(rows) == {}


@pytest.mark.thorough
@pytest.mark.parametrize("found", [on_generated, constants_on_generated])
def test_no_bot_earns_anything_over_a_generated_bank(found):
    rows = rows_of(found())
    assert too_high(rows) == {}
    assert above_zero(rows) == {}


SCORED = [unit for unit in course_units() if unit.kind != "lesson" and not unit.form]


@pytest.mark.parametrize("unit", SCORED, ids=lambda unit: unit.id)
def test_no_bot_gets_more_than_a_tenth_of_a_units_points(unit):
    found = shares(unit, on_committed())
    assert {bot: one for bot, one in found.items() if one > HIGHEST_SHARE} == {}


def test_the_same_test_catches_whoever_knows_a_third_of_the_keys():
    tasks = asked(generated(40))
    rows = {"blank": [], "knows a third": []}
    for number, (setting, key, _) in enumerate(tasks):
        model = kind_of(setting).model(setting, key)
        value = model if number % 3 == 0 else None
        rows["knows a third"].append(score(setting, key, value).corrected)
        rows["blank"].append(score(setting, key, None).corrected)
    assert set(too_high(rows)) == {"knows a third"}
    assert set(above_zero(rows)) == {"knows a third"}


def test_no_bot_sees_the_key_of_the_case_that_it_answers():
    bank = generated(12)
    name, other = "g0003", "g0007"
    keys = bank.key(other).model_dump_json().replace(other, name)
    swapped = type(bank.key(name)).model_validate_json(keys)
    changed = type(bank)(bank.vocabulary, dict(bank.entries))
    entry = bank.entries[name]
    changed.entries[name] = type(entry)(
        entry.case, swapped, entry.side, entry.case_source, entry.key_source
    )
    known, same = others(bank)[name], others(changed)[name]
    for setting, _, _ in asked(bank):
        if setting.case.id == name:
            for bot in BOTS:
                before = bot.answer(setting, known, Random(1))
                after = bot.answer(setting, same, Random(1))
                assert before == after, bot.name


@pytest.mark.parametrize("bot", BOTS, ids=lambda bot: bot.name)
def test_every_bot_gives_answers_that_can_be_used(bot):
    for setting, _, known in asked(committed()) + asked(committed(), written=True):
        value = bot.answer(setting, known, Random(1))
        cleaned = kind_of(setting).clean(setting, value)
        assert cleaned.problems == [], setting.task.id
        if bot.name != "blank" and "parts" in value:
            assert kind_of(setting).blanks(setting, value) == []


def first(kind):
    return next(one for one in asked(generated(3)) if one[0].task.kind == kind)


def answer(bot, kind):
    setting, _, known = first(kind)
    return setting, NAMED[bot].answer(setting, known, Random(1))


def test_the_blank_bot_leaves_everything_open():
    _, value = answer("blank", "goals")
    assert all(
        one == {"choice": None, "evidence": []} for one in value["parts"].values()
    )


def test_the_everything_bot_marks_every_sentence():
    setting, value = answer("everything", "evidence")
    assert value["marked"] == list(setting.case.sentences)


@pytest.mark.parametrize(("bot", "index"), [("first options", 0), ("last options", -1)])
def test_the_first_and_last_bots_take_that_option(bot, index):
    setting, value = answer(bot, "slots")
    chosen = {one["choice"] for one in value["parts"].values()}
    assert chosen == {setting.task.slots[index]}


def test_the_longest_bot_takes_the_longest_question():
    setting, value = answer("longest option", "safety")
    longest = max(setting.task.questions, key=lambda one: len(one.text))
    assert value["parts"]["next"]["choice"] == longest.id


def test_the_quotation_bot_marks_what_the_client_says():
    setting, value = answer("all quotations", "evidence")
    kinds = {setting.case.sentences[one].kind for one in value["marked"]}
    assert kinds == {"client_words"}


@pytest.mark.parametrize(
    ("bot", "choice"), [("CBT jargon", "cbt"), ("dynamic jargon", "dynamic")]
)
def test_the_jargon_bots_always_take_their_lens(bot, choice):
    _, value = answer(bot, "lens")
    statements = [one for name, one in value["parts"].items() if name[0] == "l"]
    assert {one["choice"] for one in statements} == {choice}


@pytest.mark.parametrize("share", [25, 50, 75])
def test_the_random_bots_mark_their_share_of_the_sentences(share):
    setting, _, known = first("evidence")
    bot = NAMED[f"random {share}%"]
    counts = [
        len(bot.answer(setting, known, Random(seed))["marked"]) for seed in range(200)
    ]
    assert mean(counts) / len(setting.case.sentences) == pytest.approx(
        share / 100, abs=0.03
    )


def test_a_random_bot_answers_alike_by_seed():
    setting, _, known = first("goals")
    bot = NAMED["random 50%"]
    one, two, three = (bot.answer(setting, known, Random(seed)) for seed in (1, 1, 2))
    assert one == two != three


def test_there_is_a_constant_bot_for_every_combination_of_choices():
    setting, _, known = first("safety")
    bots = constants([setting])
    assert len(bots) == 3 * 4
    answers = {
        tuple(
            one["choice"]
            for one in bot.answer(setting, known, Random(1))["parts"].values()
        )
        for bot in bots
    }
    assert len(answers) == 12
    assert all(len(set(one[:4])) == 1 for one in answers)


def test_the_overlap_bot_takes_the_option_that_repeats_the_case():
    setting, _, known = first("safety")
    text = " ".join(one.text for one in setting.case.sentences.values())
    questions = list(setting.task.questions)
    questions[2] = questions[2].model_copy(update={"text": text[:600]})
    task = setting.task.model_copy(update={"questions": tuple(questions)})
    changed = type(setting)(task, setting.case, setting.vocabulary)
    value = NAMED["lexical overlap"].answer(changed, known, Random(1))
    assert value["parts"]["next"]["choice"] == "q3"


def test_the_bot_that_answers_as_shown_puts_steps_in_the_order_they_stand_in():
    setting, value = answer("as shown", "order")
    places = [one["choice"] for one in value["parts"].values()]
    assert places == [str(n) for n in range(1, len(setting.task.statements) + 1)]


def test_a_random_bot_leaves_about_half_of_what_may_be_left():
    setting, _, known = first("link")
    drawn = NAMED["random 50%"].answer(setting, known, Random(1))["parts"]
    every = len(kind_of(setting).groups(setting)[0]["parts"])
    assert 0.3 < len(drawn) / every < 0.7


def test_every_bot_has_its_own_name():
    assert len(NAMED) == len(BOTS)
    assert all(isinstance(bot, Bot) for bot in BOTS)
