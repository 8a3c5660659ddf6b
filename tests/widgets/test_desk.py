from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caselens.answers import files, model_values, setting
from caselens.tasks import kind_of
from caselens.widgets.desk import Desk
from tests.samples import (
    UNIT_ID,
    changed,
    choice,
    sample_case,
    sample_key,
    sample_unit,
    write_keys,
)

SAFETY, GOALS, LENS, WRITE = "c901-safety", "c901-goals", "c901-lens", "c901-write"
EVIDENCE, SLOTS = "c901-evidence", "c901-slots"
SECRETS = ("A transference.", "An experiment.", "You hear the phone", "Her own words")


def desk(folder: Path, kind: str = "practice", **more: Any) -> Desk:
    return Desk(sample_unit(kind, **more), folder)


def model(task: str) -> Any:
    one = setting(sample_unit(), task)
    value = model_values(sample_unit(), lambda _: sample_key())[task]
    return kind_of(one).clean(one, value).value


def sent(one: Desk, kind: str, n: int = 7, **fields: Any) -> dict[str, Any]:
    """Return the reply, after the way over the wire."""
    reply = one.handle({"type": kind, "n": n, **fields})
    assert reply is not None
    assert reply["n"] == n
    return wire(reply)


def wire(reply: object) -> Any:
    body = json.dumps(reply, ensure_ascii=False, allow_nan=False).encode("utf-8")
    return json.loads(body)


def problem(one: Desk, kind: str, **fields: Any) -> str:
    reply = sent(one, kind, **fields)
    assert set(reply) == {"type", "n", "text"}
    assert reply["type"] == "problem"
    return reply["text"]


def too_late(one: Desk, task: str, value: Any, revision: int) -> None:
    """A save after the answer was locked: told, kept beside it, changing nothing."""
    before = wire(Desk(one.unit, one.sheet.folder).state()["tasks"][task])
    reply = sent(one, "save", task=task, value=value, revision=revision)
    assert (reply["type"], reply["task"]) == ("state", task)
    assert reply["state"]["tasks"][task] == before
    assert any("another open page" in text for text in reply["state"]["notices"])


def test_a_saved_answer_is_confirmed_and_there_after_a_reload(tmp_path):
    reply = sent(desk(tmp_path), "save", task=LENS, value=model(LENS), revision=0)
    assert set(reply) == {"type", "n", "task", "revision", "at"}
    assert (reply["type"], reply["task"], reply["revision"]) == ("saved", LENS, 1)
    state = desk(tmp_path).state()
    assert state["tasks"][LENS]["value"] == model(LENS)
    assert state["tasks"][LENS]["saved"] == reply["at"]
    assert state["tasks"][LENS]["revision"] == 1
    assert state["revision"] == 1


def test_what_is_saved_has_been_cleaned(tmp_path):
    value = choice(model(LENS), "a1", "no such choice")
    value["unknown"] = "x" * 10
    sent(desk(tmp_path), "save", task=LENS, value=value, revision=0)
    found = desk(tmp_path).state()["tasks"][LENS]["value"]
    assert found == choice(model(LENS), "a1", None)


def test_an_outdated_save_wins_and_the_other_answer_is_kept(tmp_path):
    one, two = desk(tmp_path), desk(tmp_path)
    sent(one, "save", task=WRITE, value={"text": "one"}, revision=0)
    reply = sent(two, "save", task=WRITE, value={"text": "two"}, revision=0)
    assert reply["revision"] == 2
    history = two.sheet.record.tasks[WRITE].history
    assert [entry["value"] for entry in history] == [{"text": "one"}]


@pytest.mark.parametrize("kind", ["practice", "lesson"])
def test_committing_gives_feedback_and_locks(tmp_path, keys, kind):
    one = desk(tmp_path, kind)
    sent(one, "save", task=LENS, value=model(LENS), revision=0)
    reply = sent(one, "commit", task=LENS)
    assert set(reply) == {"type", "n", "tasks", "feedback", "closing"}
    assert reply["type"] == "committed"
    assert reply["tasks"][LENS]
    found = reply["feedback"][LENS]
    assert (found["task"], found["points"], found["maximum"]) == (LENS, 4.0, 4.0)
    assert {part["verdict"] for part in found["parts"]} == {"right"}
    too_late(one, LENS, None, revision=1)
    again = desk(tmp_path, kind)
    assert again.state()["tasks"][LENS]["committed"] is True
    assert again.feedback().keys() == {LENS}


def test_feedback_on_a_wrong_answer_says_what_was_missed(tmp_path, keys):
    one = desk(tmp_path)
    value = choice(model(SAFETY), "next", "q4")
    value = choice(value, "from_others", "denied")
    sent(one, "save", task=SAFETY, value=value, revision=0)
    found = sent(one, "commit", task=SAFETY)["feedback"][SAFETY]
    parts = {part["part"]: part for part in found["parts"]}
    assert found["complete"] is False
    assert found["complete"] is False
    assert parts["next"]["error"]["name"] == "jargon as explanation"
    assert parts["next"]["yours"] == "Why blue?"
    assert "Colour is not risk." in parts["next"]["why"]
    assert parts["self"]["sentences"]["good"] == ["s5"]


def test_a_blank_answer_can_be_committed(tmp_path, keys):
    found = sent(desk(tmp_path), "commit", task=LENS)["feedback"][LENS]
    assert found["points"] == 0
    assert {part["verdict"] for part in found["parts"]} == {"blank"}


def test_committing_again_gives_the_same_feedback(tmp_path, keys):
    one = desk(tmp_path)
    first = sent(one, "commit", task=LENS)
    assert sent(one, "commit", task=LENS) == first


def test_without_the_key_committing_locks_nothing(tmp_path, no_keys):
    one = desk(tmp_path)
    sent(one, "save", task=LENS, value=model(LENS), revision=0)
    text = problem(one, "commit", task=LENS)
    assert "CASELENS_KEYS" in text
    assert "caselens-keys" in text
    assert desk(tmp_path).state()["tasks"][LENS]["committed"] is False
    reply = sent(one, "save", task=LENS, value=None, revision=1)
    assert reply["type"] == "saved"


def test_with_a_faulty_key_committing_locks_nothing(tmp_path, keys):
    text = (keys / "c901.yaml").read_text(encoding="utf-8")
    write_keys(keys, changed(text, "status: provisional", "status: sure"))
    one = desk(tmp_path)
    assert "The key is faulty" in problem(one, "commit", task=LENS)
    assert not any(answer.committed for answer in one.sheet.record.tasks.values())


def test_one_task_of_a_graded_unit_is_not_committed(tmp_path, keys):
    one = desk(tmp_path, "graded")
    assert "as a whole" in problem(one, "commit", task=LENS)
    assert one.sheet.record.tasks == {}


def test_handing_in_gives_a_receipt_and_locks_everything(tmp_path, keys):
    one = desk(tmp_path, "graded")
    sent(one, "save", task=LENS, value=model(LENS), revision=0)
    sent(one, "save", task=WRITE, value={"text": "  "}, revision=0)
    reply = sent(one, "hand-in")
    assert set(reply) == {"type", "n", "receipt", "tasks"}
    assert reply["type"] == "receipt"
    assert (reply["receipt"]["answered"], reply["receipt"]["of"]) == (1, 6)
    assert len(reply["receipt"]["digest"]) == 64
    assert set(reply["tasks"]) == set(one.unit.points)
    assert all(reply["tasks"].values())
    for task in one.unit.points:
        too_late(one, task, None, revision=1)
    assert desk(tmp_path, "graded").state()["receipt"] == reply["receipt"]
    assert sent(one, "hand-in")["receipt"] == reply["receipt"]


def test_a_receipt_counts_what_another_page_saved(tmp_path):
    one, two = desk(tmp_path, "graded"), desk(tmp_path, "graded")
    sent(one, "save", task=LENS, value=model(LENS), revision=0)
    assert sent(two, "hand-in")["receipt"]["answered"] == 1


@pytest.mark.parametrize("kind", ["practice", "lesson"])
def test_only_a_graded_unit_is_handed_in(tmp_path, kind):
    assert "Only a graded unit" in problem(desk(tmp_path, kind), "hand-in")


def test_graded_feedback_holds_nothing_before_marking(tmp_path, keys):
    one = desk(tmp_path, "graded")
    for task in one.unit.points:
        sent(one, "save", task=task, value=model(task), revision=0)
    replies = [sent(one, "commit", task=LENS), sent(one, "hand-in")]
    assert one.feedback() == {}
    again = desk(tmp_path, "graded")
    assert again.feedback() == {}
    shown = json.dumps([again.page(), again.state() | {"tasks": {}}, replies])
    assert not any(secret in shown for secret in SECRETS)
    assert again.state()["marked"] is False


def test_marking_alone_explains_and_counts_what_a_machine_can_mark(tmp_path, keys):
    one = desk(tmp_path, "graded")
    for task in one.unit.points:
        sent(one, "save", task=task, value=model(task), revision=0)
    sent(one, "hand-in")
    reply = sent(one, "mark")
    assert set(reply) == {"type", "n", "feedback", "closing", "points", "maximum"}
    assert (reply["type"], reply["points"], reply["maximum"]) == ("marked", 20.0, 20.0)
    assert set(reply["feedback"]) == set(one.unit.points)
    again = desk(tmp_path, "graded")
    assert again.state()["marked"] is True
    assert again.feedback() == reply["feedback"]


def test_marking_alone_hands_in_first(tmp_path, keys):
    one = desk(tmp_path, "graded")
    assert sent(one, "mark")["points"] == 0
    assert one.state()["receipt"]["of"] == 6
    too_late(one, LENS, None, revision=0)


def test_without_keys_there_is_no_marking_alone(tmp_path, no_keys):
    one = desk(tmp_path, "graded")
    assert one.state()["can_mark"] is False
    assert "not on this machine" in problem(one, "mark")
    assert one.sheet.record.receipt is None


def test_with_keys_marking_alone_is_offered_in_graded_units_only(tmp_path, keys):
    assert desk(tmp_path, "graded").state()["can_mark"] is True
    assert desk(tmp_path, "practice").state()["can_mark"] is False
    assert "not on this machine" in problem(desk(tmp_path, "practice"), "mark")


def test_a_marked_unit_whose_keys_are_gone_opens_with_a_notice(
    tmp_path, keys, monkeypatch
):
    sent(desk(tmp_path, "graded"), "mark")
    (keys / "c901.yaml").unlink()
    again = desk(tmp_path, "graded")
    assert again.feedback() == {}
    assert "CASELENS_KEYS" in again.state()["notices"][0]


def test_a_practice_unit_starts_again_with_a_copy(tmp_path, keys):
    one = desk(tmp_path)
    sent(one, "save", task=LENS, value=model(LENS), revision=0)
    sent(one, "commit", task=LENS)
    reply = sent(one, "restart")
    assert set(reply) == {"type", "n", "state", "feedback", "closing"}
    assert (reply["type"], reply["feedback"]) == ("state", {})
    assert reply["state"]["tasks"] == {}
    [notice] = reply["state"]["notices"]
    [kept] = tmp_path.glob("answers.kept-*.json")
    assert kept.name in notice
    assert sent(one, "save", task=LENS, value=model(LENS), revision=0)["revision"] == 1


def test_a_graded_unit_starts_again_only_before_it_is_handed_in(tmp_path):
    one, two = desk(tmp_path, "graded"), desk(tmp_path, "graded")
    sent(one, "save", task=LENS, value=model(LENS), revision=0)
    assert sent(one, "restart")["type"] == "state"
    sent(one, "save", task=LENS, value=model(LENS), revision=0)
    sent(one, "hand-in")
    for page in (one, two, desk(tmp_path, "graded")):
        assert "cannot be started again" in problem(page, "restart")
    assert desk(tmp_path, "graded").state()["tasks"][LENS]["value"] == model(LENS)


def test_drafts_of_the_browser_are_merged(tmp_path, keys):
    one = desk(tmp_path)
    sent(one, "save", task=WRITE, value={"text": "old"}, revision=0)
    sent(one, "save", task=LENS, value=model(LENS), revision=0)
    sent(one, "save", task=LENS, value=model(LENS), revision=1)
    sent(one, "commit", task=SAFETY)
    drafts = {
        WRITE: {"value": {"text": "newer"}, "revision": 1, "at": "x"},
        LENS: {"value": choice(model(LENS), "a1", "both"), "revision": 1, "at": "x"},
        SAFETY: {"value": model(SAFETY), "revision": 9, "at": "x"},
        GOALS: "no draft",
        "c999-goals": {"value": {}, "revision": 1},
    }
    reply = sent(one, "drafts", tasks=drafts)
    assert set(reply) == {"type", "n", "state", "feedback", "closing"}
    tasks = reply["state"]["tasks"]
    assert tasks[WRITE]["value"] == {"text": "newer"}
    assert tasks[LENS]["value"] == model(LENS)
    assert tasks[SAFETY]["committed"] is True
    assert set(tasks) == {WRITE, LENS, SAFETY}
    assert set(reply["feedback"]) == {SAFETY}
    record = desk(tmp_path).sheet.record
    assert record.tasks[WRITE].history[0]["value"] == {"text": "old"}
    assert record.tasks[SAFETY].history[0]["value"] == model(SAFETY)


def test_rating_own_text_keeps_known_levels_only(tmp_path, keys):
    one = desk(tmp_path)
    sent(one, "commit", task=WRITE)
    ratings = {"plain": 2, "open": 9, "goals": True, "unknown": 1, "x": []}
    reply = sent(one, "rate", task=WRITE, ratings=ratings)
    assert (reply["type"], reply["task"]) == ("saved", WRITE)
    for page in (one, desk(tmp_path)):
        assert page.state()["tasks"][WRITE]["ratings"] == {"plain": 2}


def test_what_has_no_rubric_is_not_rated(tmp_path):
    text = problem(desk(tmp_path), "rate", task=GOALS, ratings={"plain": 1})
    assert "rubric" in text


def test_a_task_that_the_unit_has_not_is_answered_with_a_problem(tmp_path):
    one = desk(tmp_path)
    for kind in ("save", "commit", "rate"):
        for task in ("c999-goals", None, 3, ["c901-goals"], {}):
            assert "no task of this unit" in problem(one, kind, task=task)


@pytest.mark.parametrize(
    "message",
    [
        None,
        7,
        "save",
        [],
        {},
        {"type": "dance"},
        {"type": None},
        {"type": ["save"]},
        {"type": {}},
        {"n": 1},
    ],
)
def test_what_is_no_message_is_not_answered(tmp_path, message):
    assert desk(tmp_path).handle(message) is None


def test_a_number_that_is_none_comes_back_as_none(tmp_path):
    for n in ("7", None, [], 1.5):
        reply = desk(tmp_path).handle({"type": "hand-in", "n": n})
        assert reply is not None
        assert reply["n"] is None


def test_a_folder_that_cannot_be_written_is_a_problem_in_words(tmp_path, monkeypatch):
    one = desk(tmp_path)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(files.FileLock, "acquire", refuse)
    for kind in ("save", "restart", "drafts"):
        drafts = {LENS: {"value": model(LENS), "revision": 0}}
        fields = {"task": LENS, "value": None, "tasks": drafts}
        assert "kept in this browser" in problem(one, kind, **fields)


def test_half_a_character_can_be_saved_and_shown(tmp_path):
    one = desk(tmp_path)
    value = {"text": "half \ud83d"}
    drafts = {WRITE: {"value": value, "revision": 0}}
    reply = sent(one, "drafts", tasks=drafts)
    assert reply["state"]["tasks"][WRITE]["value"] == {"text": "half ?"}


def test_a_text_of_100000_characters_goes_through(tmp_path):
    text = "\U0001f44d word\n" * 14_286
    sent(desk(tmp_path), "save", task=WRITE, value={"text": text}, revision=0)
    assert desk(tmp_path).state()["tasks"][WRITE]["value"] == {"text": text}


def test_odd_values_in_the_file_reach_the_page_clean(tmp_path):
    tasks = {LENS: {"value": [1, {"parts": 2}]}, WRITE: {"value": {"text": "\\ud83d"}}}
    body = json.dumps({"format": 1, "unit": UNIT_ID, "tasks": tasks})
    (tmp_path / "answers.json").write_text(body.replace("\\\\u", "\\u"))
    found = wire(desk(tmp_path).state())["tasks"]
    assert found[LENS]["value"]["parts"]["a1"] == {"choice": None}
    assert found[WRITE]["value"] == {"text": "?"}


def test_the_page_and_state_have_the_documented_fields(tmp_path, keys):
    one = desk(tmp_path)
    page = wire(one.page())
    assert set(page) == {
        "id",
        "title",
        "module_title",
        "kind",
        "intro",
        "hint",
        "next",
        "alternative",
        "cases",
        "tasks",
        "frame",
    }
    assert [view["id"] for view in page["tasks"]] == list(one.unit.points)
    assert [view["kind"] for view in page["tasks"]] == [
        one.unit.task(task).kind for task in one.unit.points
    ]
    [case] = page["cases"]
    sentence = case["stages"][0]["sentences"][1]
    assert sentence == {
        "id": "s2",
        "number": 2,
        "text": '"I want to sleep again."',
    }
    state = wire(one.state())
    assert set(state) == {
        "revision",
        "tasks",
        "receipt",
        "can_mark",
        "marked",
        "notices",
        "place",
        "key",
    }
    assert state["place"] == str(tmp_path / "answers.json")


def test_drafts_of_two_folders_and_units_have_names_of_their_own(tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    keys = {desk(tmp_path).state()["key"], desk(other).state()["key"]}
    assert len(keys) == 2
    assert all(UNIT_ID in key for key in keys)
    assert desk(tmp_path).state()["key"] in keys


def test_notices_are_told_once(tmp_path):
    (tmp_path / "answers.json").write_bytes(b"{")
    one = desk(tmp_path)
    assert len(one.state()["notices"]) == 1
    assert one.state()["notices"] == []


WORDS = [
    "save",
    "commit",
    "commit-stage",
    "hand-in",
    "mark",
    "restart",
    "drafts",
    "rate",
    "dance",
]
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from([*sample_unit().points, "a1", "s1", "q1", "cbt", "asked"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "parts",
                    "choice",
                    "evidence",
                    "text",
                    "value",
                    "revision",
                    "confidence",
                    "first_text",
                    "first_done",
                    "case",
                    "stage",
                    "ratings",
                ]
            )
            | st.sampled_from(list(sample_unit().points)),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)
MESSAGE = st.fixed_dictionaries(
    {"type": st.sampled_from(WORDS)},
    optional={
        "n": st.integers() | JSON,
        "task": st.sampled_from(list(sample_unit().points)) | JSON,
        "value": JSON,
        "revision": st.integers() | JSON,
        "tasks": JSON,
        "ratings": JSON,
    },
)


def test_garbage_is_answered_with_a_reply_or_not_at_all(tmp_path, keys):
    count = 0

    @settings(max_examples=50)
    @given(
        st.sampled_from(["practice", "graded", "lesson"]),
        st.lists(MESSAGE | JSON, max_size=4),
    )
    def run(kind: str, messages: list[object]) -> None:
        nonlocal count
        count += 1
        folder = tmp_path / str(count)
        folder.mkdir()
        one = desk(folder, kind)
        for message in messages:
            reply = one.handle(message)
            if reply is not None:
                assert "n" in reply
                assert isinstance(reply["type"], str)
                wire(reply)
        wire([one.page(), one.state(), one.feedback()])
        assert desk(folder, kind).sheet.notices == []

    run()


def two_stages():
    """The sample case with its last four sentences, and two tasks, in a later stage."""
    case = sample_case()
    (stage,) = case.stages
    early = stage.model_copy(update={"sentences": stage.sentences[:4]})
    late = stage.model_copy(update={"title": "Later", "sentences": stage.sentences[4:]})
    tasks = tuple(
        task.model_copy(update={"stage": 2 if task.id in (LENS, WRITE) else 1})
        for task in case.tasks
    )
    update = {"stages": (early, late), "tasks": tasks}
    return case.model_copy(update=update)


def staged(folder, kind="practice"):
    return Desk(sample_unit(kind, two_stages()), folder)


EARLY = {SAFETY, GOALS, EVIDENCE, SLOTS}


@pytest.mark.parametrize("kind", ["practice", "graded"])
def test_committing_a_stage_locks_its_tasks_and_survives_a_restart(
    tmp_path, keys, kind
):
    one = staged(tmp_path, kind)
    sent(one, "save", task=GOALS, value=model(GOALS), revision=0)
    reply = sent(one, "commit-stage", case="c901", stage=1)
    assert reply["type"] == "committed"
    assert set(reply["tasks"]) == EARLY
    assert set(reply["feedback"]) == (EARLY if kind == "practice" else set())
    again = staged(tmp_path, kind)
    state = again.state()["tasks"]
    assert {name for name, one in state.items() if one["committed"]} == EARLY
    too_late(again, GOALS, None, revision=9)
    assert sent(again, "save", task=LENS, value=None, revision=0)["type"] == "saved"


def test_a_stage_that_is_nowhere_is_refused(tmp_path, keys):
    one = staged(tmp_path)
    for asked in ({"case": "c999", "stage": 1}, {"case": "c901", "stage": 0}, {}):
        assert "no such part" in problem(one, "commit-stage", **asked)
    assert one.state()["tasks"] == {}


def test_a_stage_is_not_committed_after_handing_in(tmp_path, keys):
    one = staged(tmp_path, "graded")
    sent(one, "hand-in")
    assert "handed in" in problem(one, "commit-stage", case="c901", stage=1)


def test_a_case_is_looked_back_on_when_its_last_task_is_committed(tmp_path, keys):
    one = desk(tmp_path)
    names = list(one.unit.points)
    for task in names[:-1]:
        assert sent(one, "commit", task=task)["closing"] == {}
    found = sent(one, "commit", task=names[-1])["closing"]
    assert found["c901"]["supervisors"]["cbt"] == "Test it."
    assert desk(tmp_path).closing() == found


def test_a_graded_case_is_looked_back_on_when_it_was_marked(tmp_path, keys):
    one = desk(tmp_path, "graded")
    sent(one, "hand-in")
    assert one.closing() == {}
    assert set(sent(one, "mark")["closing"]) == {"c901"}


def test_a_graded_case_of_which_more_is_asked_later_is_not_looked_back_on_yet(
    tmp_path, keys
):
    unit = sample_unit("graded").model_copy(update={"continued": ("c901",)})
    one = Desk(unit, tmp_path)
    sent(one, "hand-in")
    assert sent(one, "mark")["closing"] == {}
    assert one.feedback()


def test_how_sure_and_what_was_written_first_are_saved_with_the_answer(tmp_path, keys):
    one = desk(tmp_path)
    more = {"confidence": 3, "first_text": "<b>She</b>\x00 may.", "first_done": True}
    sent(one, "save", task=LENS, value=model(LENS), revision=0, **more)
    found = desk(tmp_path).state()["tasks"][LENS]
    assert found["confidence"] == 3
    assert found["first_text"] == "<b>She</b> may."
    assert found["first_done"] is True


@pytest.mark.parametrize("sure", [0, 6, True, "3", None, 2.0])
def test_only_the_five_steps_say_how_sure_one_is(tmp_path, keys, sure):
    one = desk(tmp_path)
    sent(one, "save", task=LENS, value=None, revision=0, confidence=sure)
    assert one.state()["tasks"][LENS]["confidence"] is None


def test_anchored_examples_are_rated_beside_ones_own_text(tmp_path, keys):
    one = desk(tmp_path)
    criterion = one.unit.vocabulary.rubric("bridge").criteria[0].id
    given = {criterion: 2, f"x1-{criterion}": 0, "x1-nothing": 1, f"x2-{criterion}": 9}
    sent(one, "rate", task=WRITE, ratings=given)
    assert one.state()["tasks"][WRITE]["ratings"] == {
        criterion: 2,
        f"x1-{criterion}": 0,
    }


def test_what_comes_too_late_is_kept_beside_the_committed_answer(tmp_path, keys):
    one = desk(tmp_path)
    sent(one, "save", task=WRITE, value={"text": "in time"}, revision=0)
    stale = desk(tmp_path)
    sent(one, "commit", task=WRITE)
    too_late(stale, WRITE, {"text": "too late"}, revision=1)
    record = desk(tmp_path).sheet.record.tasks[WRITE]
    assert record.value == {"text": "in time"}
    assert [lost["value"] for lost in record.history] == [{"text": "too late"}]
