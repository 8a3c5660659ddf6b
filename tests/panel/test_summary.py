from caselens.cases import load_bank
from caselens.panel.summary import advice, lines, summarise
from tests.cases.test_reading import BAD, SURE, both, change, replaced
from tests.samples import write_bank


def summary(folder, text=None):
    files = {"readings/c901.yaml": text} if text else {}
    return summarise(load_bank(write_bank(folder, files)))


def test_a_bank_without_readings_has_every_case_to_be_read(tmp_path):
    found = summary(tmp_path)
    assert found.unread == ("c901",)
    assert (found.scored, found.parts) == (len(SURE), 0)
    assert list(advice(found)) == ["Not read blind yet: 1 cases (c901)."]


def test_parts_read_are_counted_with_those_that_the_key_leads(tmp_path):
    text = replaced(both(), "c901-lens.a4", "{neither: 8, cbt: 12}")
    text = replaced(text, "c901-lens.a3", "{both: 11, cbt: 9}")
    found = summary(tmp_path, text)
    assert found.parts == len(SURE)
    assert found.led == len(SURE) - 1
    assert found.weak == ("c901-lens.a3", "c901-lens.a4")
    assert found.readers == {"language model": 2}
    assert list(advice(found)) == []


def test_parts_changed_since_count_neither_for_nor_against(tmp_path):
    found = summary(tmp_path, replaced(both(), "c901-lens.a4", BAD) + change())
    assert found.changed == ("c901-lens.a4",)
    assert found.parts == found.led == len(SURE) - 1
    assert list(advice(found)) == ["Changed since it was read: 1 parts."]


def test_the_summary_says_what_it_is(tmp_path):
    text = "\n".join(lines(summary(tmp_path, both())))
    assert "2 by a language model" in text
    assert "100.0%" in text
    assert "guessed spreads by readers of this kind" in text
    assert "not reliability" in text
