from copy import deepcopy

import pytest
import yaml

from caselens.cases.places import datasets_dir
from caselens.tasks import KINDS, kind_of
from caselens.tasks.check import check_bank
from tests.tasks.samples import key_of, part, setting_of

CASE = setting_of("lens").case.model_dump(mode="json", exclude_defaults=True)
KEY = {
    "case": "x001",
    "status": "provisional",
    "tasks": {"x001-lens": key_of("lens").model_dump(exclude_defaults=True)},
}


@pytest.fixture
def checked(tmp_path):
    def write(case, key):
        for folder, data in (("cases", case), ("keys", key)):
            path = tmp_path / "practice" / folder / "x001.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            if data is not None:
                text = yaml.safe_dump(deepcopy(data), sort_keys=False)
                path.write_text(text, encoding="utf-8")
        return check_bank(tmp_path, datasets_dir())

    return write


def test_a_sound_task_adds_no_fault_to_the_cases_own(checked):
    count, problems = checked(CASE, KEY)
    assert count == 1
    assert [one.what for one in problems] == ["The case has no safety task."]


def test_a_fault_in_a_key_is_reported_in_the_key_at_its_line(checked, tmp_path):
    key = deepcopy(KEY)
    key["tasks"]["x001-lens"]["parts"]["l2"] = part("asked")
    _, problems = checked(CASE, key)
    (found,) = [one for one in problems if "on no menu" in one.what]
    path = tmp_path / "practice" / "keys" / "x001.yaml"
    assert found.file == str(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[found.line - 1].strip() == "answer: asked"


def test_a_fault_in_a_task_is_reported_in_the_case(checked, tmp_path):
    case = deepcopy(CASE)
    case["tasks"][0] |= {"id": "x001-slots", "kind": "slots"}
    key = deepcopy(KEY) | {"tasks": {"x001-slots": KEY["tasks"]["x001-lens"]}}
    _, problems = checked(case, key)
    (found,) = [one for one in problems if one.what == "The menu lacks 'too_early'."]
    assert found.file == str(tmp_path / "practice" / "cases" / "x001.yaml")


def test_an_unknown_kind_is_reported_with_the_kinds_there_are(checked):
    case = deepcopy(CASE)
    case["tasks"][0]["kind"] = "riddle"
    _, problems = checked(case, KEY)
    (found,) = [one for one in problems if "riddle" in one.what and one.repair]
    assert found.what == "'riddle' is no kind of task."
    assert all(name in found.repair for name in KINDS)


def test_a_case_without_a_key_is_reported_and_not_checked_further(checked):
    count, problems = checked(CASE, None)
    assert count == 1
    assert "This case has no key." in [one.what for one in problems]


def test_every_fault_is_reported_at_once_in_order(checked):
    key = deepcopy(KEY)
    key["tasks"]["x001-lens"]["parts"] |= {"l1": part("x"), "l2": part("y")}
    _, problems = checked(CASE, key)
    assert len([one for one in problems if "on no menu" in one.what]) == 2
    assert problems == sorted(set(problems))


def test_words_that_cannot_be_read_are_faults_and_no_case_is_counted(tmp_path):
    (tmp_path / "goals.yaml").write_text("goals: 7\n", encoding="utf-8")
    count, problems = check_bank(tmp_path)
    assert count == 0
    assert problems


def test_an_unknown_kind_is_refused_when_it_is_scored():
    with pytest.raises(KeyError, match="unknown kind 'riddle'"):
        kind_of(setting_of("lens", kind="riddle"))
