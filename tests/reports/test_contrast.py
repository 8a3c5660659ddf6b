import pytest

from caselens.cases import Bank, Entry
from caselens.reports.balance import keyed
from caselens.reports.contrast import claim_lengths, claims, overlaps, shared
from caselens.reports.menus import menus
from tests.reports.samples import made_up

BANK = made_up(30)


def reworded(kind, change):
    """Return a bank whose statements of one kind `change` rewrites by their answer."""
    entries = {}
    for name, entry in BANK.entries.items():
        parts = entry.key.tasks[f"{name}-{kind}"].parts
        told = next(iter(entry.case.sentences.values())).text
        tasks = tuple(
            task.model_copy(
                update={
                    "statements": tuple(
                        one.model_copy(
                            update={
                                "text": change(one.text, parts[one.id].answer, told)
                            }
                        )
                        for one in task.statements
                    )
                }
            )
            if task.kind == kind
            else task
            for task in entry.case.tasks
        )
        case = entry.case.model_copy(update={"tasks": tasks})
        entries[name] = Entry(
            case, entry.key, entry.side, entry.case_source, entry.key_source
        )
    return Bank(BANK.vocabulary, entries)


def named(rows, name):
    return next(one for one in rows if one.name.startswith(name))


def test_overclaims_that_are_longer_are_found():
    bank = reworded(
        "slots",
        lambda text, answer, told: text + " at length" * (answer == "not_supported"),
    )
    found = named(claim_lengths(claims(keyed(bank))), "slots")
    assert found.clear
    assert found.difference.high < 0
    assert found.wrong > found.right


def test_statements_drawn_apart_from_the_key_do_not_differ():
    for one in claim_lengths(claims(keyed(BANK))):
        assert one.difference.low < 5
        assert one.difference.high > -5


def test_what_is_too_early_is_no_overclaim_and_shares_no_words_with_either():
    tasks = keyed(BANK)
    found = claims(tasks)
    early = sum(one.early for one in found if one.name == "slots-cbt")
    assert early
    every = sum(one.name == "slots-cbt" for one in found)
    lengths = named(claim_lengths(found), "slots-cbt")
    shares = named(overlaps(menus(tasks), found), "slots-cbt, claims")
    assert sum(lengths.texts) == every
    assert sum(shares.texts) == every - early
    assert shares.texts[1] == lengths.texts[1]


def test_supported_claims_that_repeat_the_case_are_found():
    bank = reworded(
        "lens",
        lambda text, answer, told: "zzzz yyyy" if answer == "neither" else told,
    )
    tasks = keyed(bank)
    found = named(overlaps(menus(tasks), claims(tasks)), "lens, claims")
    assert (found.right, found.wrong) == (pytest.approx(1), 0)
    assert found.clear


def test_only_content_words_that_were_told_are_shared():
    assert shared("The kitchen and a garden", "In the kitchen, late.") == 0.5
    assert shared("to be", "to be") == 0


def test_every_menu_of_the_cases_own_options_is_compared():
    tasks = keyed(BANK)
    names = {one.name for one in overlaps(menus(tasks), claims(tasks))}
    assert {"safety, options", "ask, options", "translate, options"} <= names
    assert {"lens, options", "lens, claims"} <= names
