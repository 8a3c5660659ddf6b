import re
from dataclasses import replace

import pytest

from caselens.reports import balance, balance_lines
from caselens.reports.identity import by_identity, by_lens, drawn
from tests.reports.samples import answer, made_up, table
from tests.samples import words

BANK = made_up(30)
FEW = made_up(3)
DESIGN = table(
    BANK,
    gender=lambda entry: answer(entry, "safety", "self"),
    lens=lambda entry: "cbt" if entry.case.id < "g0015" else "dynamic",
)


@pytest.fixture(scope="module")
def found():
    cases = drawn(BANK, DESIGN)
    # The bots of a small bank stand for those of the large one: they take long.
    return replace(
        balance(FEW, DESIGN),
        cases=30,
        identity=tuple(by_identity(cases, words())),
        lens=tuple(by_lens(cases, words())),
    )


def test_the_report_keeps_to_a_hundred_columns(found):
    assert max(len(line) for line in balance_lines(found, every=True)) <= 100


def test_the_report_says_how_many_cases_count_and_have_a_row(found):
    assert next(balance_lines(found)).startswith("30 cases count")


def rows(found, every):
    told = "\n".join(balance_lines(found, every=every))
    return re.findall(r"^  \w+ and .* V ", told, re.MULTILINE)


def test_ten_associations_are_shown_and_all_of_them_where_asked(found):
    assert len(found.identity) > 10
    assert len(rows(found, every=False)) == 20
    assert len(rows(found, every=True)) == len(found.identity) + len(found.lens)


def test_the_report_says_how_many_rows_it_leaves_out(found):
    told = "\n".join(balance_lines(found))
    assert f"({len(found.identity) - 10} lower ones are left out" in told
    assert "left out" not in "\n".join(balance_lines(found, every=True))


def test_what_is_beyond_chance_carries_a_star(found):
    told = [line for line in balance_lines(found) if "gender and risk: self" in line]
    assert told[0].endswith("*")
    assert sum(line.endswith("*") for line in balance_lines(found)) == 1


def test_every_question_of_the_report_has_its_heading(found):
    told = list(balance_lines(found))
    assert sum(set(line) == {"-"} for line in told) == 8


def test_without_a_design_table_there_is_nothing_on_identities():
    told = balance(made_up(2), None)
    assert (told.drawn, told.identity, told.lens) == (0, (), ())
    assert list(balance_lines(told))
