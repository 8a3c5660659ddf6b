import pytest
from hypothesis import given
from hypothesis import strategies as st

from caselens.cases import BankError, load_bank, read_readings
from caselens.cases.key import PartKey
from caselens.cases.lint import lint_bank
from caselens.cases.reading import (
    SUPERVISORS,
    accepted,
    leads,
    read_case,
    scored_parts,
    standings,
)
from tests.samples import KEY, changed, line_of, write_bank

SURE = {
    "c901-safety.self": "{denied: 20}",
    "c901-safety.others": "{unclear: 18, denied: 2}",
    "c901-safety.from_others": "{unclear: 20}",
    "c901-safety.medical": "{unclear: 15, active: 5}",
    "c901-safety.next": "{q2: 20}",
    "c901-goals.clarity": "{not_evident: 20}",
    "c901-goals.distress": "{asked: 20}",
    "c901-goals.relationships": "{other_asks: 20}",
    "c901-goals.thoughts": "{proposed: 9, asked: 9, not_evident: 2}",
    "c901-goals.trauma": "{not_evident: 20}",
    "c901-goals.coping": "{proposed: 12, asked: 8}",
    "c901-goals.other": "{not_evident: 20}",
    "c901-slots.a1": "{situation: 20}",
    "c901-slots.a2": "{automatic_thought: 20}",
    "c901-slots.a3": "{emotion: 20}",
    "c901-slots.a4": "{not_supported: 20}",
    "c901-slots.a5": "{too_early: 20}",
    "c901-slots.a6": "{situation: 20}",
    "c901-lens.a1": "{cbt: 20}",
    "c901-lens.a2": "{dynamic: 20}",
    "c901-lens.a3": "{both: 20}",
    "c901-lens.a4": "{neither: 20}",
}


def reading(reader="r1", blind="true", **spreads):
    parts = SURE | {name.replace("_", "."): one for name, one in spreads.items()}
    return "".join(
        [
            f"  - reader: {reader}\n",
            "    kind: language model\n    as: a CBT supervisor\n",
            f"    blind: {blind}\n    parts:\n",
            *(f"      {part}: {one}\n" for part, one in parts.items()),
        ]
    )


def text_of(*readings, more=""):
    return f"case: c901\nreadings:\n{''.join(readings)}{more}"


def replaced(text, part, spread):
    return changed(text, f"{part}: {SURE[part]}", f"{part}: {spread}")


def found(tmp_path, text, key=KEY, name="c901", severity="fault"):
    files = {f"readings/{name}.yaml": text, "practice/keys/c901.yaml": key}
    bank = load_bank(write_bank(tmp_path, files))
    return [
        one
        for one in lint_bank(bank)
        if one.severity == severity and "readings" in one.file
    ]


def faults(tmp_path, text, key=KEY, name="c901"):
    return found(tmp_path, text, key, name)


def looks(tmp_path, text):
    assert faults(tmp_path, text) == []
    return found(tmp_path, text, severity="look")


def both(one="r1", two="r2"):
    return text_of(reading(one), reading(two))


def test_two_blind_readers_who_expect_the_key_leave_no_fault(tmp_path):
    assert faults(tmp_path, both()) == []


def test_a_case_without_readings_has_no_fault(tmp_path):
    assert faults(tmp_path, both(), name="note") != []
    (tmp_path / "readings" / "note.yaml").unlink()
    assert [one for one in lint_bank(load_bank(tmp_path)) if "read" in one.what] == []


def test_counts_that_are_not_twenty_are_named_with_their_line(tmp_path):
    text = replaced(both(), "c901-slots.a1", "{situation: 19}")
    (one,) = faults(tmp_path, text)
    assert "c901-slots.a1 sum to 19, not 20" in one.what
    assert one.line == line_of(text, "c901-slots.a1: {situation: 19}")


@pytest.mark.parametrize(
    "text", [text_of(reading()), both("r1", "r1")], ids=["one reading", "one reader"]
)
def test_one_reader_is_too_few_and_the_check_says_so(tmp_path, text):
    (one,) = looks(tmp_path, text)
    assert "Fewer than 2 blind readers have read c901-" in one.what
    assert "and 19 more" in one.what
    assert "caselens reading c901" in one.repair


def test_a_reader_who_has_seen_the_key_does_not_count(tmp_path):
    (one,) = looks(tmp_path, text_of(reading("r1"), reading("r2", blind="false")))
    assert "Fewer than 2" in one.what


def test_another_majority_than_the_key_is_a_fault_in_every_reading_that_has_it(
    tmp_path,
):
    text = text_of(reading("r1"), reading("r2"))
    spread = "c901-lens.a4: {neither: 20}"
    text = text.replace(spread, "c901-lens.a4: {neither: 10, both: 10}")
    found = faults(tmp_path, text)
    assert len(found) == 2
    assert "r1 expects" in found[0].what
    assert "put it into the group discussed" in found[0].repair
    assert found[0].line == line_of(text, "c901-lens.a4")


def test_a_key_under_sixty_per_cent_is_a_fault(tmp_path):
    split = "{neither: 11, cbt: 5, dynamic: 4}"
    (one,) = faults(tmp_path, replaced(both(), "c901-lens.a4", split))
    assert "from 55%" in one.what
    sixty = "{neither: 12, cbt: 4, dynamic: 4}"
    assert faults(tmp_path, replaced(both(), "c901-lens.a4", sixty)) == []


def test_a_second_accepted_answer_counts_with_the_first(tmp_path):
    led_by_also = "{proposed: 3, asked: 10, declined: 7}"
    text = replaced(both(), "c901-goals.thoughts", led_by_also)
    assert faults(tmp_path, text) == []
    (one, two) = faults(tmp_path, both(), changed(KEY, "        also: asked\n", ""))
    assert "c901-goals.thoughts" in one.what + two.what


def change(part="c901-lens.a4", after=2):
    what = "reworded, since two readers took it for both"
    return f'changes:\n  - {{part: {part}, after: {after}, what: "{what}"}}\n'


BAD = "{neither: 4, both: 16}"


def test_readings_made_before_a_change_do_not_count(tmp_path):
    text = replaced(both(), "c901-lens.a4", BAD)
    assert faults(tmp_path, text)
    assert faults(tmp_path, text + change()) == []
    standing = standing_of(tmp_path, "c901-lens.a4")
    assert standing.changed
    assert standing.readers == 2


def test_a_reading_made_after_the_change_counts_alone(tmp_path):
    good = text_of(reading("r1"), reading("r2"), reading("r3"))
    good = good.replace("lens.a4: {neither: 20}", f"lens.a4: {BAD}", 2)
    assert faults(tmp_path, good + change()) == []
    assert not standing_of(tmp_path, "c901-lens.a4").changed
    bad = good.replace("lens.a4: {neither: 20}", f"lens.a4: {BAD}")
    (one,) = faults(tmp_path, bad + change())
    assert "r3" in one.what


def standing_of(datasets, part):
    entry = load_bank(datasets).entries["c901"]
    return next(one for one in standings(entry, read_case(entry)) if one.part == part)


def test_only_parts_that_can_earn_points_and_have_an_answer_are_read(tmp_path):
    entry = load_bank(write_bank(tmp_path)).entries["c901"]
    assert set(scored_parts(entry)) == set(SURE)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("case: c901", "case: c902", "the file is c901.yaml"),
        ("blind: true", "blind: true\n    seen: no", "'readings.0.seen' is not known"),
        ("kind: language model", "kind: oracle", "'oracle' is not allowed"),
        ("after: 2", "after: 3", "Only 2 readings are here, not 3"),
        ("part: c901-lens.a4", "part: c901-lens.a9", "no part 'c901-lens.a9'"),
    ],
)
def test_what_the_file_should_not_say_is_refused(tmp_path, old, new, said):
    text = both() + change()
    assert faults(tmp_path, text) == []
    found = faults(tmp_path, changed(text, old, new))
    assert any(said in one.what for one in found)
    assert all(one.repair for one in found)


def test_readings_of_no_case_are_named(tmp_path):
    (one,) = faults(tmp_path, both().replace("c901", "c977"), name="c977")
    assert one.what == "No case has this name."


def test_readings_are_read_as_records_and_every_fault_is_raised_at_once(tmp_path):
    write_bank(tmp_path, {"readings/c901.yaml": both()})
    found = read_readings(tmp_path / "readings")
    assert [one.reader for one in found["c901"].readings] == ["r1", "r2"]
    assert found["c901"].readings[0].view == "a CBT supervisor"
    bad = replaced(both(), "c901-slots.a1", "{situation: 1}").replace("r2", "")
    (tmp_path / "readings" / "c901.yaml").write_text(bad)
    with pytest.raises(BankError, match="reader"):
        read_readings(tmp_path / "readings")


def test_a_bare_no_and_a_bare_number_are_choices(tmp_path):
    spread = "{no: 5, 2: 14, leads_to: 1}"
    text = replaced(both(), "c901-slots.a1", spread)
    write_bank(tmp_path, {"readings/c901.yaml": text})
    (one, _) = read_readings(tmp_path / "readings")["c901"].readings
    assert one.parts["c901-slots.a1"] == {"no": 5, "2": 14, "leads_to": 1}


CHOICES = ("a", "b", "c")


@st.composite
def spreads(draw):
    cuts = sorted(draw(st.lists(st.integers(0, SUPERVISORS), min_size=2, max_size=2)))
    sizes = (cuts[0], cuts[1] - cuts[0], SUPERVISORS - cuts[1])
    return dict(zip(CHOICES, sizes, strict=True))


@given(spreads(), st.sampled_from([None, "b"]))
def test_the_key_leads_only_where_no_other_choice_is_expected_as_often(spread, also):
    key = PartKey(answer="a", also=also, why="-")
    good = {"a", also}
    best = max(count for one, count in spread.items() if one in good)
    rest = max(count for one, count in spread.items() if one not in good)
    assert leads(key, spread) == (best > rest)
    assert accepted(key, spread) == sum(spread[one] for one in good if one) / 20
