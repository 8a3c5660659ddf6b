"""The readers of what authors, blind readers and releases write."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caselens.cases import BankError, Case, Key, Readings, Unit
from caselens.cases.places import clone_root
from caselens.cases.source import MAX_BYTES, read
from caselens.cases.unit import UNIT_FILE, UnitError, read_unit
from caselens.panel.blank import blank_sheet
from caselens.panel.filled import read_sheet
from tests.hostile.payloads import touch
from tests.hostile.strategies import VALUES, again, as_bytes, bounded, cut, mutated
from tests.panel.samples import SHORT, committed
from tests.samples import CASE, KEY

ENTRY, WORDS = committed().entries[SHORT], committed().vocabulary
SHEET = blank_sheet(ENTRY, WORDS).encode()
RELEASED = clone_root() / "exercises" / "m01_u02_a_meeting" / UNIT_FILE
TRAPS = {
    "laughs": "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "itself": "&a [*a]\n",
    "merge": "a: &a {x: 1}\nb: {<<: *a}\n",
    "object": "!!python/object/apply:builtins.exec [{code!r}]\n",
    "name": "!!python/name:os.system\n",
    "module": "case: !!python/module:os\n",
    "new": "!!python/object/new:type\nargs: [x, !!python/tuple [], {{}}]\n",
    "tag": "!<tag:evil.invalid,2026:x> {a: 1}\n",
    "flow": "[" * 5000,
    "block": "".join(" " * depth + "a:\n" for depth in range(300)),
    "twice": "case: a\ncase: b\n",
    "documents": "--- a\n--- b\n" * 100,
    "keys": "? [a, b]\n: 1\n? {a: b}\n: 2\n",
    "date": "case: 2026-99-99\n",
    "set": "case: !!set {a, b}\nomap: !!omap [a: 1]\n",
    "bytes": "case: \ud800",
    "nul": "case: a\0b\n",
    "breaks": "case: a\u0085b\u2028c\n",
    "directive": "%YAML 9.9\n%TAG ! tag:evil.invalid,2026:\n--- !x a\n",
}

ODD = (
    *("0x" + "f" * 5000, ":".join(["59"] * 5000), "1" * 5000, "1_0e9999", ".nan"),
    *("!!int ''", "!!int x", "!!bool x", "!!float ''", "!!timestamp x", "!!null x"),
    *("!!binary 'no base 64'", "!!set {a}", "!!omap [1]", "!!value x", "2026-99-99"),
    *("{a: " + "x" * 900 + "}", "[" + "x" * 900 + "]", "'" + "x" * 9000 + "'"),
)


def readers(path):
    """Read a file with every reader; each says what is wrong and raises nothing."""
    source = read(path)
    for model in (Case, Key, Readings):
        found = source.model(model)
        assert found is not None or source.problems
    for one in source.problems:
        str(one).encode("utf-8", "strict")
    try:
        read_sheet(path, ENTRY, WORDS)
    except BankError as error:
        assert error.problems


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("yaml") / "c901.yaml"


@pytest.mark.parametrize("name", TRAPS)
def test_a_trap_in_yaml_is_a_fault_in_the_file(path, name, tmp_path):
    canary = tmp_path / "canary"
    text = TRAPS[name].replace("{code!r}", repr(touch(canary)))
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    readers(path)
    assert not canary.exists()


@pytest.mark.parametrize("value", ODD)
@pytest.mark.parametrize("field", ["level: introductory", "age: 40", "title: The"])
def test_an_odd_value_in_a_good_case_is_a_fault_in_the_file(path, field, value):
    text = CASE.replace(field, f"{field.split()[0]} {value} #", 1)
    path.write_text(text, encoding="utf-8")
    readers(path)
    assert all(len(str(one)) < 500 for one in read(path).problems)


@given(raw=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_a_case_or_faults(path, raw):
    path.write_bytes(raw)
    readers(path)


@pytest.mark.parametrize("good", [CASE.encode(), KEY.encode(), SHEET[-3000:]])
@given(data=st.data())
@settings(max_examples=60)
def test_a_good_file_that_was_cut_is_read_or_refused(path, good, data):
    path.write_bytes(data.draw(cut(good)))
    readers(path)


@given(data=VALUES)
def test_any_json_is_a_case_or_faults(path, data):
    path.write_bytes(as_bytes(data))
    readers(path)


LARGE = {
    "lines": again(b"- x\n"),
    "fields": again(b"a: b\n"),
    "lists": again(b"[],", b"[", b"[]]"),
    "a text": again(b"'"),
    "comments": again(b"# x\n"),
    "anchors": again(b"&a x\n"),
    "tags": again(b"!!str x\n"),
}


@pytest.mark.parametrize("name", LARGE)
def test_a_megabyte_of_yaml_is_read_in_bounds(path, name):
    def reading(raw):
        path.write_bytes(raw)
        read(path)

    bounded(reading, LARGE[name], MAX_BYTES - 10, factor=250, seconds=5)


def unit_of(folder, raw):
    (folder / UNIT_FILE).write_bytes(raw)
    try:
        return read_unit(folder)
    except UnitError as error:
        assert len(str(error)) < 1000
        return None


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("unit")


GOOD_UNIT = RELEASED.read_bytes()


@given(raw=st.binary(max_size=200) | VALUES.map(as_bytes) | cut(GOOD_UNIT))
def test_any_bytes_are_a_unit_or_an_error(folder, raw):
    unit_of(folder, raw)


def small_unit():
    unit = Unit.model_validate_json(GOOD_UNIT)
    return unit.model_dump(mode="json", exclude_defaults=True) | {"format": 1}


@given(data=mutated(small_unit()))
@settings(max_examples=60)
def test_a_unit_with_any_node_replaced_is_read_or_refused(folder, data):
    unit_of(folder, as_bytes(data))


@pytest.mark.parametrize("line", [b"[", b'{"a":', b"9"])
def test_a_unit_of_four_megabytes_is_refused_in_bounds(folder, line):
    bounded(lambda raw: unit_of(folder, raw), again(line), 3_900_000, factor=20)
