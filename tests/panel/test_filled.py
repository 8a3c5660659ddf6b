import pytest

from caselens.cases import BankError, Reading, load_bank, read_readings
from caselens.panel.blank import blank_sheet
from caselens.panel.filled import add_reading, read_sheet
from caselens.panel.parts import parts_of
from tests.panel.samples import FULL, copied
from tests.samples import line_of


@pytest.fixture
def bank(tmp_path):
    return load_bank(copied(tmp_path, FULL))


def filled(bank, path, name=FULL):
    """Write a sheet on which everybody gives the key's answer, or the first choice."""
    entry = bank.entries[name]
    text = blank_sheet(entry, bank.vocabulary)
    for part, one in parts_of(entry, bank.vocabulary).items():
        sure = one.key.answer if one.key else one.menu[-1]
        blank = f"  {part}: {row(one.menu)}\n"
        assert blank in text
        text = text.replace(blank, f"  {part}: {row(one.menu, sure)}\n")
    path.write_text(text, encoding="utf-8")
    return path


def row(menu, sure=None):
    counts = [f"{one}: {20 if one == sure else ''}" for one in menu]
    return f"{{{', '.join(counts)}}}"


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def made(parts, reader="r1", view="a CBT supervisor", blind=True):
    data = {"reader": reader, "kind": "language model", "as": view, "blind": blind}
    return Reading.model_validate(data | {"parts": parts})


def test_a_filled_sheet_is_added_and_read_back_as_it_was(bank, tmp_path):
    entry = bank.entries[FULL]
    parts = read_sheet(filled(bank, tmp_path / "s.yaml"), entry, bank.vocabulary)
    assert set(parts) == set(parts_of(entry, bank.vocabulary))
    one, two = made(parts), made(parts, "r2", 'somebody who said: "no"', blind=False)
    path = add_reading(entry, one)
    assert add_reading(entry, two) == path
    assert read_readings(path.parent)[FULL].readings == (one, two)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_the_file_holds_stays_as_it_is_to_the_letter(bank, end):
    entry = bank.entries[FULL]
    path = add_reading(entry, made({f"{FULL}-goals.clarity": {"proposed": 20}}))
    head = "# A comment, with “quotes” – and a dash.\n"
    tail = "# About what was changed:\nchanges:\n"
    tail += f'  - {{part: {FULL}-goals.clarity, after: 1, what: "s9 reworded"}}'
    before = (head + path.read_text() + tail).replace("\n", end)
    path.write_bytes(before.encode())
    added = made({f"{FULL}-goals.clarity": {"asked": 20}}, "r2")
    add_reading(entry, added)
    after = path.read_bytes().decode()
    ours = head.replace("\n", end), tail.replace("\n", end)
    kept = before.removeprefix(ours[0]).removesuffix(ours[1])
    new = kept.replace("r1", "r2").replace("proposed", "asked")
    assert after == ours[0] + kept + new.partition(f"readings:{end}")[2] + ours[1]
    found = read_readings(path.parent)[FULL]
    assert found.readings[-1] == added
    assert found.changed_after(f"{FULL}-goals.clarity") == 1


def test_blank_rows_are_left_out_and_blank_counts_are_nobody(bank, tmp_path):
    entry = bank.entries[FULL]
    growth, coping = f"{FULL}-goals.growth", f"{FULL}-goals.coping"
    menu = parts_of(entry, bank.vocabulary)[growth].menu
    sheet = filled(bank, tmp_path / "s.yaml")
    some = "{asked: 3, other_asks: 0, proposed: , declined: 17, not_evident: }"
    edit(sheet, f"{growth}: {row(menu, 'declined')}", f"{growth}: {some}")
    edit(sheet, f"{coping}: {row(menu, 'not_evident')}", f"{coping}: {row(menu)}")
    parts = read_sheet(sheet, entry, bank.vocabulary)
    assert parts[growth] == {"asked": 3, "declined": 17}
    assert coping not in parts


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("asked: , other_asks: 20,", "asked: 1, other_asks: 20,", "sum to 21, not 20"),
        ("goals.distress:", "goals.joy:", "no part 'c001-goals.joy'"),
        (
            "asked: , other_asks: 20,",
            "begged: 20, other_asks: ,",
            "'begged' is no choice",
        ),
        ("other_asks: 20,", "other_asks: lots,", "valid integer"),
    ],
)
def test_a_fault_of_the_sheet_is_named_with_its_line(bank, tmp_path, old, new, said):
    sheet = edit(filled(bank, tmp_path / "s.yaml"), old, new)
    with pytest.raises(BankError, match=said) as caught:
        read_sheet(sheet, bank.entries[FULL], bank.vocabulary)
    assert caught.value.problems[0].line == line_of(sheet.read_text(), new)
    assert caught.value.problems[0].repair


def test_a_blank_sheet_is_not_added(bank, tmp_path):
    sheet = tmp_path / "s.yaml"
    sheet.write_text(blank_sheet(bank.entries[FULL], bank.vocabulary))
    with pytest.raises(BankError, match="blank"):
        read_sheet(sheet, bank.entries[FULL], bank.vocabulary)


def test_a_sheet_of_another_case_is_not_added(bank, tmp_path):
    sheet = edit(filled(bank, tmp_path / "s.yaml"), "case: c001", "case: c002")
    with pytest.raises(BankError, match="caselens reading c002"):
        read_sheet(sheet, bank.entries[FULL], bank.vocabulary)


def test_the_same_reading_is_not_added_twice(bank):
    entry, one = bank.entries[FULL], made({f"{FULL}-goals.clarity": {"asked": 20}})
    path = add_reading(entry, one)
    before = path.read_bytes()
    with pytest.raises(BankError, match="here already"):
        add_reading(entry, one)
    assert path.read_bytes() == before


def test_readings_in_brackets_are_left_alone_and_named(bank):
    entry, one = bank.entries[FULL], made({f"{FULL}-goals.clarity": {"asked": 20}})
    path = add_reading(entry, one)
    path.write_text(
        "case: c001\nreadings: [{reader: r0, kind: clinician, as: x, blind: true,"
        " parts: {c001-goals.clarity: {asked: 20}}}]\n"
    )
    with pytest.raises(BankError, match="brackets"):
        add_reading(entry, one)
