import csv
import io

from caselens.panel.groups import groups_of, tallied
from caselens.panel.report import (
    csv_text,
    parts_table,
    report_text,
    table,
    write_report,
)
from caselens.panel.votes import read_votes
from tests.panel.samples import FULL, answer


def read(rated):
    found = read_votes(rated.folder, rated.bank)
    return found, groups_of(found)


def test_the_csv_has_a_row_for_every_group_and_every_part(rated):
    found, groups = read(rated)
    rows = list(csv.DictReader(io.StringIO(csv_text(found, groups))))
    assert len(rows) == len(groups) + len(tallied(found))
    row = next(one for one in rows if one["name"] == f"{FULL}-goals.growth")
    votes = found.tally(row["name"])
    assert row["votes"] == str(votes.total())
    assert row["key"] == found.parts[row["name"]].key.answer
    assert row["given"].startswith(f"{row['key']} {votes[row['key']]}")
    group = next(one for one in rows if one["name"] == "slots, cbt")
    assert float(group["alpha_low"]) <= float(group["alpha"]) <= 1


def test_the_report_names_raters_thresholds_and_what_agreement_is_not(rated):
    (rated.folder / "rater-02" / "answers.json").unlink()
    found, groups = read(rated)
    text = report_text(found, groups)
    assert "- rater-01: cbt" in text
    assert "- rater-02: skipped. There is no answers.json" in text
    for said in ("0.80", "0.667", "It does not show that they are\nright"):
        assert said in text
    for name in found.parts:
        if found.parts[name].key is not None:
            assert f"| {name} |" in text


def test_the_report_lists_what_stays_discussed(rated):
    answer(rated.folder, rated.bank, rated.panel, (0.0,) * 7)
    found, groups = read(rated)
    listed = report_text(found, groups).partition("## What stays discussed")[2]
    listed = listed.partition("## Each part")[0]
    assert "- Slot not_supported: alpha" in listed
    led = {one.part.name: one.is_led for one in tallied(found)}
    for name, is_led in led.items():
        assert (f"- {name}: the majority is not the key" in listed) is not is_led


def test_where_all_agree_with_the_key_nothing_stays_discussed(rated):
    answer(rated.folder, rated.bank, rated.panel, (1.0,) * 7)
    found, groups = read(rated)
    assert "Nothing by these votes." in report_text(found, groups)
    assert list(parts_table(found)) == []


def test_the_table_fits_a_screen_and_tells_who_rated(rated):
    _, groups = read(rated)
    lines = list(table(groups))
    assert max(len(one) for one in lines) <= 125
    assert "By slot (raters of the approach dynamic)" in lines
    assert any(one.startswith("  too_early ") for one in lines)


def test_both_files_are_written_into_the_panels_folder(rated):
    found, groups = read(rated)
    paths = write_report(rated.folder, found, groups)
    assert [one.name for one in paths] == ["agreement.csv", "report.md"]
    assert all(one.parent == rated.folder and one.stat().st_size for one in paths)


def test_the_report_quotes_nothing_that_would_act_in_a_page(rated):
    body = '{"format": 1, "unit": "<script>alert(1)</script>"}'
    (rated.folder / "rater-02" / "answers.json").write_text(body)
    text = report_text(*read(rated))
    assert "skipped" in text
    assert "<script>" not in text
