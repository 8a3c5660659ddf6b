import json

import pytest
import yaml

from caselens.answers import mark_task, setting
from caselens.cases import unit_text
from caselens.notebooks.models import model_markdown
from caselens.panel.groups import groups_of
from caselens.panel.raters import PanelError
from caselens.panel.votes import read_votes
from caselens.panel.write import draft_votes, edited, for_the_author, save
from caselens.tasks import feedback, kind_of
from tests.panel.samples import FULL, SHORT, answer
from tests.samples import KEY, changed, sample_key, sample_unit


def written(rated):
    bank = rated.bank
    found = read_votes(rated.folder, bank)
    drafts = draft_votes(bank, found)
    for draft in drafts:
        save(draft)
    return found, {draft.case: draft for draft in drafts}


def everybody(rated, skill=1.0):
    answer(rated.folder, rated.bank, rated.panel, (skill,) * 7)


def test_every_vote_is_in_the_key_under_its_part(rated):
    found, _ = written(rated)
    bank = rated.bank
    kept = {
        f"{task}.{name}": part.votes
        for case in (FULL, SHORT)
        for task, key in bank.key(case).tasks.items()
        for name, part in key.parts.items()
    }
    assert bank.problems == []
    for name, votes in kept.items():
        assert votes == (found.votes(name) if name in found.parts else {}), name
    assert sum(len(votes) for votes in kept.values()) > 900


def test_nothing_but_votes_and_status_changes_in_the_file(rated):
    _, drafts = written(rated)
    for draft in drafts.values():
        before, after = draft.before.splitlines(), draft.after.splitlines()
        kept = [one for one in after if not one.strip().startswith("votes: {rater-")]
        kept = ["status: provisional" if k == "status: panel" else k for k in kept]
        inline = [one for one in kept if ", votes: {rater-" in one]
        assert len(kept) == len(before)
        same = [new == old for new, old in zip(kept, before, strict=True)]
        assert len(before) - sum(same) == len(inline)
        assert draft.path.read_text(encoding="utf-8") == draft.after


def test_no_answer_is_changed_whatever_the_votes_say(rated):
    everybody(rated, 0.0)
    before = {name: rated.bank.key(name) for name in (FULL, SHORT)}
    found, _ = written(rated)
    for name, key in before.items():
        after = rated.bank.key(name).model_dump()
        plain = key.model_dump()
        for one in (after, plain):
            one.pop("status")
            for task in one["tasks"].values():
                for part in task["parts"].values():
                    part.pop("votes")
        assert after == plain
    listed = list(for_the_author(found, groups_of(found, [None])))
    assert any("the key says" in one and "group: discussed" in one for one in listed)
    assert any(one.startswith("slot not_supported: alpha is") for one in listed)


def test_where_all_agree_with_the_key_the_author_has_nothing_to_decide(rated):
    everybody(rated)
    found, _ = written(rated)
    assert list(for_the_author(found, groups_of(found, [None]))) == []


def test_seven_raters_on_every_scored_part_make_the_status_panel(rated):
    everybody(rated)
    _, drafts = written(rated)
    assert {one.status for one in drafts.values()} == {"panel"}
    assert rated.bank.key(FULL).status == rated.bank.key(SHORT).status == "panel"


def test_where_a_scored_part_has_six_raters_it_is_named_and_the_key_provisional(rated):
    everybody(rated)
    path = rated.folder / "rater-03" / "answers.json"
    data = json.loads(path.read_text())
    data["tasks"]["p002-safety"]["value"]["parts"]["self"]["choice"] = None
    path.write_text(json.dumps(data))
    _, drafts = written(rated)
    assert drafts[SHORT].missing == {f"{SHORT}-safety.self": 6}
    assert rated.bank.key(SHORT).status == "provisional"
    assert rated.bank.key(FULL).status == "panel"


def test_a_part_that_earns_nothing_holds_no_key_back(rated):
    everybody(rated)
    parts = rated.bank.key(FULL).tasks[f"{FULL}-slots-2"].parts
    (part, *_) = [name for name, one in parts.items() if one.weight == 0]
    path = rated.folder / "rater-03" / "answers.json"
    data = json.loads(path.read_text())
    data["tasks"]["p001-slots-2"]["value"]["parts"][part]["choice"] = None
    path.write_text(json.dumps(data))
    _, drafts = written(rated)
    assert drafts[FULL].missing == {}


def test_writing_twice_changes_nothing_more(rated):
    _, first = written(rated)
    _, second = written(rated)
    for name, draft in second.items():
        assert draft.before == draft.after == first[name].after
        assert draft.diff() == ""


def test_the_votes_of_a_later_panel_take_the_place_of_the_earlier(rated):
    everybody(rated)
    written(rated)
    answer(rated.folder, rated.bank, rated.panel, (1.0,))
    for number in range(2, 8):
        (rated.folder / f"rater-{number:02}" / "answers.json").unlink()
    _, drafts = written(rated)
    key = rated.bank.key(SHORT)
    raters = {r for t in key.tasks.values() for p in t.parts.values() for r in p.votes}
    assert raters == {"rater-01"}
    assert key.status == "provisional"
    assert drafts[SHORT].missing


def test_a_case_that_was_reworded_since_it_was_rated_gets_no_votes(rated):
    path = rated.bank.entries[SHORT].case_source.path
    path.write_text(path.read_text().replace("pleaded a sore throat", "said no"))
    _, drafts = written(rated)
    assert set(drafts) == {FULL}


def test_a_dry_run_shows_the_lines_that_would_change_and_writes_nothing(rated):
    bank = rated.bank
    path = bank.entries[SHORT].key_source.path
    before = path.read_bytes()
    drafts = draft_votes(bank, read_votes(rated.folder, bank))
    shown = next(one for one in drafts if one.case == SHORT).diff()
    assert "+        votes: {rater-01: " in shown
    assert not [
        one
        for one in shown.splitlines()
        if one.startswith("-") and not one.startswith("---") and "status" not in one
    ]
    assert path.read_bytes() == before


def test_a_case_without_its_key_is_named(rated):
    rated.bank.entries[SHORT].key_source.path.unlink()
    bank = rated.bank
    with pytest.raises(PanelError, match=f"key of {SHORT} is not here"):
        draft_votes(bank, read_votes(rated.folder, bank))


VOTES = {"rater-01": "no", "rater-02": "2", "rater-03": "both"}
STYLES = {
    "block": "a:\n  answer: x  # “why” – as it is\n  why: y\n",
    "flow": 'a: {answer: x, why: "y: z"}\n',
    "flow over lines": "a: {answer: 'x',\n    why: y}\n",
    "folded": "a:\n  why: >-\n    y\n    z\n\n  answer: x\n",
    "last line": "a:\n  why: y\n  answer: x",
    "old votes": "a:\n  answer: x\n  votes: {old: x}\n  why: y\n",
    "no old votes": "a: {answer: x, votes: {}, why: y}\n",
    "old block": "a:\n  answer: x\n  votes:\n    old: x\n    older: y\n  why: y\n",
}


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_votes_find_their_place_in_whatever_layout(style, end):
    head = "# é – a comment\ncase: c901\nstatus: provisional # as yet\ntasks:\n"
    body = "\n".join(f"      {line}".rstrip() for line in style.split("\n"))
    text = (head + "  c901-pick:\n    parts:\n" + body).replace("\n", end)
    after = edited(text, {"c901-pick.a": VOTES}, "panel")
    found = yaml.safe_load(after)
    assert found["tasks"]["c901-pick"]["parts"]["a"].pop("votes") == VOTES
    wanted = yaml.safe_load(text)
    wanted["tasks"]["c901-pick"]["parts"]["a"].pop("votes", None)
    assert found == wanted | {"status": "panel"}
    assert after.startswith(head.replace("provisional", "panel").replace("\n", end))
    assert after.count("#") == text.count("#")
    assert after.count(end) == after.count("\n")


def test_a_text_that_could_not_be_edited_without_more_is_given_up():
    text = 'case: c901\nstatus: provisional\ntasks: {t: {parts: {a: {"answer": x'
    broken = text + ", why: y, why: z}}}}\n"
    assert edited(text + ", why: y}}}}\n", {"t.a": VOTES}, "panel") is not None
    assert edited(broken.replace("case: c901", "case: [c901]"), {}, "panel") is None


def voted_key():
    text = changed(KEY, "answer: denied,", "answer: denied, votes: {rater-01: denied},")
    return type(sample_key()).model_validate(yaml.safe_load(text))


def test_the_votes_are_in_no_page_and_in_no_feedback(tmp_path, monkeypatch):
    key, unit = voted_key(), sample_unit()
    assert key.tasks["c901-safety"].parts["self"].votes
    assert "rater-01" not in unit_text(unit)
    for task in unit.points:
        one = setting(unit, task)
        assert "rater-01" not in model_markdown(one, key)
        value = kind_of(one).model(one, key.tasks[task])
        score = mark_task(unit, task, value, lambda _: key)
        assert "rater-01" not in json.dumps(feedback(kind_of(one), one, key, score))
