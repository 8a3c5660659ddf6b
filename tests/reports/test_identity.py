from caselens.cases import Bank
from caselens.reports.association import beyond_chance
from caselens.reports.identity import by_identity, by_lens, drawn
from tests.reports.samples import answer, made_up, table
from tests.samples import words

BANK = made_up(60)


def by_risk(entry):
    return {"active": "woman"}.get(answer(entry, "safety", "self"), "man")


def told(design, bank=BANK):
    return by_identity(drawn(bank, design), words())


def test_a_gender_that_tells_a_risk_is_found_beyond_chance():
    [found] = beyond_chance(told(table(BANK, gender=by_risk)))
    assert (found.one, found.other, found.cases) == ("gender", "risk: self", 60)
    assert found.v.value > 0.9


def test_a_gender_drawn_apart_from_the_keys_tells_nothing():
    turns = iter(range(60))
    design = table(BANK, gender=lambda entry: ("woman", "man")[next(turns) % 2])
    found = told(design)
    assert {one.one for one in found} == {"gender"}
    assert beyond_chance(found) == []


def test_an_identity_that_never_varies_is_not_reported():
    assert told(table(BANK)) == []


def test_a_gender_that_tells_the_lens_is_found():
    turns = iter(range(60))
    design = table(
        BANK,
        gender=lambda entry: "man" if entry.case.id < "g0030" else "woman",
        lens=lambda entry: "cbt" if next(turns) < 30 else "dynamic",
    )
    assert [one.other for one in beyond_chance(told(design))] == ["lens"]


def test_a_goal_that_hangs_on_the_lens_is_found():
    design = table(
        BANK,
        lens=lambda entry: (
            "cbt" if answer(entry, "goals", "trauma") == "not_evident" else "dynamic"
        ),
    )
    found = by_lens(drawn(BANK, design), words())
    assert {one.other for one in beyond_chance(found)} == {
        "trauma",
        "trauma, claimed",
    }


def test_claimed_or_not_is_apart_from_the_five_answers():
    turns = iter(range(60))
    design = table(BANK, lens=lambda entry: ("cbt", "dynamic")[next(turns) % 2])
    found = {one.other: one.v.value for one in by_lens(drawn(BANK, design), words())}
    pairs = {name: found[f"{name}, claimed"] for name in found if "," not in name}
    assert len(pairs) == len(words().goals)
    assert all(found[name] != value or value == 0 for name, value in pairs.items())
    assert any(found[name] != value for name, value in pairs.items())


def test_a_case_without_a_row_or_without_a_key_is_left_out():
    design = table(Bank(words(), dict(list(BANK.entries.items())[:5])))
    assert len(drawn(BANK, design)) == 5
    entry = BANK.entries["g0000"]
    bare = type(entry)(entry.case, None, entry.side, entry.case_source, None)
    bank = Bank(words(), BANK.entries | {"g0000": bare})
    assert len(drawn(bank, design)) == 4
    assert drawn(BANK, None) == []


def test_only_one_of_a_pair_is_drawn():
    entry = BANK.entries["g0001"]
    case = entry.case.model_copy(update={"pair_of": "g0000"})
    paired = type(entry)(
        case, entry.key, entry.side, entry.case_source, entry.key_source
    )
    bank = Bank(words(), BANK.entries | {"g0001": paired})
    names = [one.row.case for one in drawn(bank, table(BANK))]
    assert "g0000" in names
    assert "g0001" not in names
