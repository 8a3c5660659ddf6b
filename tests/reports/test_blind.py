from caselens.cases import Bank, Entry
from caselens.learners import BOTS
from caselens.learners.earned import asked
from caselens.reports.balance import quiet
from caselens.reports.blind import blind, by_case, whole
from tests.reports.samples import made_up
from tests.samples import words

BANK = made_up(6)


def paired(bank):
    entry = bank.entries["g0001"]
    case = entry.case.model_copy(update={"twin_of": "g0000"})
    twin = Entry(case, entry.key, entry.side, entry.case_source, entry.key_source)
    return Bank(words(), bank.entries | {"g0001": twin})


def test_every_bot_and_every_constant_answer_is_there_the_highest_first():
    found = blind(BANK, quiet)
    assert {bot.name for bot in BOTS} <= {one.bot for one in found}
    assert any(one.constant for one in found)
    means = [one.mean.value for one in found]
    assert means == sorted(means, reverse=True)
    assert all(one.p > 0.05 for one in found)


def test_the_bots_show_how_far_they_have_got():
    seen = []

    def watch(items, what):
        seen.append(what)
        yield from items

    assert blind(made_up(2), watch)
    assert seen == ["bots"]


def test_a_pair_of_twins_is_drawn_as_one_case():
    bank = paired(BANK)
    assert whole(bank, "g0001") == whole(bank, "g0000") == "g0000"
    # Only the twins differ from the rest: together they are one case in six.
    tasks = asked(bank)
    row = [float(one[0].case.id in {"g0000", "g0001"}) for one in tasks]
    apart = by_case(BANK, asked(BANK), row)
    together = by_case(bank, tasks, row)
    assert together.value == apart.value
    assert together.high > apart.high


def test_a_bank_without_tasks_has_no_bots():
    assert blind(Bank(words()), quiet) == []
