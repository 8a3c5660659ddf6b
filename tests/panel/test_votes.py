import json

import pytest

from caselens.cases import read_unit
from caselens.panel.votes import read_votes
from caselens.widgets.desk import Desk
from tests.panel.samples import FULL, SHORT, hand_in, work


def answers(rated, number):
    return rated.folder / f"rater-{number:02}" / "answers.json"


def test_a_rater_who_answers_as_the_key_does_votes_for_the_key_throughout(rated):
    found = read_votes(rated.folder, rated.bank)
    sure = next(one for one in found.ballots if one.rater.id == "rater-07")
    keyed = {n: one.key.answer for n, one in found.parts.items() if one.key is not None}
    assert set(sure.votes) == set(found.parts)
    assert {name: sure.votes[name] for name in keyed} == keyed


def test_every_ballot_votes_only_for_choices_that_the_task_has(rated):
    found = read_votes(rated.folder, rated.bank)
    assert len(found.ballots) == 7
    assert found.skipped == {}
    for ballot in found.ballots:
        assert ballot.problems == ()
        for name, choice in ballot.votes.items():
            assert choice in found.parts[name].menu


def test_raters_have_the_approach_of_the_list(rated):
    found = read_votes(rated.folder, rated.bank)
    assert [one.rater.id for one in found.of("dynamic")] == [
        "rater-04",
        "rater-05",
        "rater-06",
    ]
    assert len(found.of()) == 7


def test_votes_on_a_part_are_kept_by_rater_and_counted(rated):
    found = read_votes(rated.folder, rated.bank)
    part = f"{FULL}-goals.relationships"
    votes = found.votes(part)
    assert votes["rater-07"] == found.parts[part].key.answer
    assert found.tally(part).total() == len(votes)
    assert found.tally(part, "cbt").total() <= 3


def test_what_is_left_blank_is_no_vote(rated):
    record = work(rated.bank, rated.panel, 1.0, 1)
    record.tasks["p001-goals"].value["parts"]["clarity"]["choice"] = None
    record.tasks["p001-link"].value = {"parts": {}}
    record.tasks["p001-pick"].value = None
    hand_in(rated.folder / "rater-01", record)
    ballot = read_votes(rated.folder, rated.bank).ballots[0]
    assert f"{FULL}-goals.clarity" not in ballot.votes
    assert f"{FULL}-goals.growth" in ballot.votes
    assert not [
        n for n in ballot.votes if n.startswith((f"{FULL}-link", f"{FULL}-pick"))
    ]


def test_once_an_arrow_is_drawn_those_left_alone_are_voted_no(rated):
    found = read_votes(rated.folder, rated.bank)
    sure = next(one for one in found.ballots if one.rater.id == "rater-07")
    links = {n: one for n, one in sure.votes.items() if n.startswith(f"{FULL}-link")}
    assert "no" in links.values()
    assert len(set(links.values())) > 1


def test_what_a_rater_does_on_the_page_is_read_as_votes(rated):
    folder = rated.folder / "rater-01"
    answers(rated, 1).unlink()
    desk = Desk(read_unit(folder), folder)
    parts = {"self": {"choice": "active"}, "next": {"choice": "q1"}}
    task = "p002-safety"
    desk.handle({"type": "save", "n": 1, "task": task, "value": {"parts": parts}})
    desk.handle({"type": "hand-in", "n": 2})
    found = read_votes(rated.folder, rated.bank)
    assert found.ballots[0].votes == {
        f"{SHORT}-safety.self": "active",
        f"{SHORT}-safety.next": "q1",
    }


def deep(record):
    return b'{"format": 1, "unit": "x", "tasks": ' + b"[" * 200_000 + b"]" * 200_000


def nested(record):
    inner = '{"a":' * 150 + "1" + "}" * 150
    return f'{{"format": 1, "unit": "{record.unit}", "tasks": {inner}}}'.encode()


def huge(record):
    return json.dumps({"format": 1, "unit": record.unit, "x": "y" * 5_000_000}).encode()


HOSTILE = {
    "deep": (deep, "damaged"),
    "nested": (nested, "levels inside each other"),
    "huge": (huge, "larger than"),
    "a list": (lambda record: b"[1, 2, 3]", "not an answer sheet"),
    "a long number": (lambda record: b"9" * 100_000, "damaged"),
    "not text": (lambda record: b"\xff\xfe\x00", "not UTF-8"),
    "empty": (lambda record: b"", "empty"),
    "infinite": (lambda record: b'{"format": 1, "unit": Infinity}', "Infinity"),
    "another panel's": (
        lambda record: b'{"format": 1, "unit": "panel_00000000", "tasks": {}}',
        "belongs to the unit 'panel_00000000'",
    ),
    "shouting": (
        lambda record: json.dumps({"format": 1, "unit": "<b>" * 9999}).encode(),
        "belongs to the unit '<b><b>",
    ),
    "blank": (
        lambda record: json.dumps({"format": 1, "unit": record.unit}).encode(),
        "No task is answered",
    ),
}


@pytest.mark.parametrize(("make", "said"), HOSTILE.values(), ids=HOSTILE)
def test_answers_that_cannot_be_used_are_named_and_skipped(rated, make, said):
    answers(rated, 3).write_bytes(make(work(rated.bank, rated.panel, 0.9, 3)))
    found = read_votes(rated.folder, rated.bank)
    assert said in found.skipped["rater-03"]
    assert len(found.skipped["rater-03"]) <= 200
    assert len(found.ballots) == 6


def test_values_of_wrong_types_are_named_and_the_rest_is_used(rated):
    record = work(rated.bank, rated.panel, 1.0, 3)
    record.tasks["p001-goals"].value = ["asked"]
    record.tasks["p001-lens"].value = {"parts": {"l1": "both", "l2": {"choice": 7}}}
    record.tasks["p001-link"].value = {"parts": {"../x": {"choice": "leads_to"}}}
    record.tasks["p999-goals"] = record.tasks["p001-goals"]
    hand_in(rated.folder / "rater-03", record)
    found = read_votes(rated.folder, rated.bank)
    ballot = next(one for one in found.ballots if one.rater.id == "rater-03")
    kinds = {name.split(".")[0] for name in ballot.votes}
    assert f"{SHORT}-lens" in kinds
    assert not kinds & {f"{FULL}-goals", f"{FULL}-lens", f"{FULL}-link"}
    assert any(one.startswith(f"{FULL}-lens: ") for one in ballot.problems)


def test_links_are_not_followed(rated, tmp_path):
    answers(rated, 1).rename(tmp_path / "elsewhere.json")
    answers(rated, 1).symlink_to(tmp_path / "elsewhere.json")
    (rated.folder / "rater-02").rename(tmp_path / "elsewhere")
    (rated.folder / "rater-02").symlink_to(tmp_path / "elsewhere")
    found = read_votes(rated.folder, rated.bank)
    assert "plain file" in found.skipped["rater-01"]
    assert "a link" in found.skipped["rater-02"]


def test_a_rater_who_sent_nothing_and_a_folder_without_a_line_are_named(rated):
    answers(rated, 1).unlink()
    (rated.folder / "rater-07").rename(rated.folder / "colleague")
    found = read_votes(rated.folder, rated.bank)
    assert "no answers.json" in found.skipped["rater-01"]
    assert "no answers.json" in found.skipped["rater-07"]
    assert "not in the list of raters" in found.skipped["colleague"]


def test_a_rater_cannot_change_what_was_asked(rated):
    unit = rated.folder / "rater-01" / "unit.json"
    unit.write_text(unit.read_text().replace('"not_evident"', '"surely"'))
    record = work(rated.bank, rated.panel, 1.0, 1)
    record.tasks["p001-goals"].value["parts"]["clarity"]["choice"] = "surely"
    hand_in(rated.folder / "rater-01", record)
    found = read_votes(rated.folder, rated.bank)
    assert f"{FULL}-goals.clarity" not in found.ballots[0].votes


def test_a_case_that_was_reworded_since_is_named(rated):
    assert read_votes(rated.folder, rated.bank).changed == ()
    path = rated.bank.entries[SHORT].case_source.path
    path.write_text(path.read_text().replace("pleaded a sore throat", "said no"))
    assert read_votes(rated.folder, rated.bank).changed == (SHORT,)
    path.unlink()
    assert read_votes(rated.folder, rated.bank).changed == (SHORT,)
