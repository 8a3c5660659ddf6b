import random
import re
import shutil
import threading
from pathlib import Path

import pytest
from playwright.sync_api import expect

from caselens.answers import mark, model_values
from tests.browser.heard import Heard, key_phrases
from tests.browser.places import GRADED, showcase
from tests.grading.conftest import Class

GOALS, LINK = "c003-goals", "c003-link"


def apart(do, *given):
    """Run in a thread of its own: Playwright's event loop holds this one."""
    result = []

    def keep():
        try:
            result.append((do(*given), None))
        except BaseException as error:
            result.append((None, error))

    thread = threading.Thread(target=keep)
    thread.start()
    thread.join()
    value, error = result[0]
    if error is not None:
        raise error
    return value


@pytest.fixture(scope="module")
def instructor(tmp_path_factory):
    root = Path(tmp_path_factory.mktemp("class")) / "course"
    return apart(Class, root, None, showcase(), GRADED)


def graded_by(instructor, place, student):
    """Submit the folder as it is, autograde it, and return the gradebook's row."""
    shutil.copytree(place.folder, instructor.folder(student))
    result = apart(instructor.autograde, student)
    assert result["success"], result
    return apart(instructor.grades, student)


def own_texts(values):
    """The same answers, with texts that the key has never seen."""
    text = "He may be braced for a no, and leave before it comes."

    def told(value):
        if "text" in value:
            return {"text": text}
        return value | ({"own": "Who hears of it first?"} if "own" in value else {})

    given = {name: told(value) for name, value in values.items()}
    arrows = given[LINK]["parts"].items()
    broken = {name: one | {"breaks": f"If not {name}."} for name, one in arrows}
    return given | {LINK: {"parts": broken}}


def menus(view):
    """The choices of every part of a task, by part."""
    groups = view["groups"]
    return {
        part["id"]: [one["id"] for one in group["choices"]]
        for group in groups
        for part in group["parts"]
    } or {
        f"{one['id']}-{two['id']}": [relation["id"] for relation in view["relations"]]
        for one in view.get("elements", ())
        for two in view["elements"]
    }


def mixed(place, values, seed=3):
    """Some right, some wrong, some blank; sentences likewise."""
    chance = random.Random(seed)
    sentences = list(place.unit.cases[0].sentences)

    def part(choices, one):
        if chance.random() < 0.55:
            return {"choice": one["choice"], "evidence": some(one.get("evidence", []))}
        if chance.random() < 0.3:
            return None
        return {"choice": chance.choice(choices), "evidence": []}

    def some(evidence):
        held = [one for one in evidence[:2] if chance.random() < 0.7]
        strange = (
            [chance.choice(sentences)] if evidence and chance.random() < 0.3 else []
        )
        return sorted({*held, *strange})

    def value_of(name, value):
        if "marked" in value:
            return {"marked": sorted({*value["marked"][:3], "s1"})}
        if "parts" not in value:
            return value
        choices = menus(place.view[name])
        parts = {key: part(choices[key], one) for key, one in value["parts"].items()}
        return {"parts": {key: one for key, one in parts.items() if one}}

    return {name: value_of(name, value) for name, value in values.items()}


def test_a_graded_unit_is_worked_handed_in_and_marked_in_full(
    opened, place, page, instructor
):
    heard = Heard(page)
    bench = opened(GRADED)
    phrases = key_phrases("c003", bench.place.folder / "unit.json")
    given = own_texts(model_values(bench.place.unit))
    bench.answer_all(given)
    bench.saved()
    for task, value in given.items():
        bench.stored(task, value)
    public = bench.place.unit.cases[0].stages[1].sentences[3].text
    assert heard.of([public[:30]]), "The wire was not heard at all"
    assert len(phrases) > 100
    assert heard.of(phrases) == []

    bench.hand_in()
    receipt = bench.place.answers()["receipt"]
    assert (receipt["answered"], receipt["of"]) == (14, 14)
    expect(bench.root.locator(".cl-receipt")).to_contain_text(receipt["digest"])
    expect(bench.root.locator(".cl-receipt")).to_contain_text("14 of 14")
    assert heard.of(phrases) == []
    bench.go(GOALS)
    for radio in bench.root.get_by_role("radio").all()[:5]:
        expect(radio).to_be_disabled()

    grades = graded_by(instructor, bench.place, "model")
    unit = bench.place.unit
    automatic = {
        name: (points, False) for name, points in unit.points.items() if name in grades
    }
    assert len(automatic) == 12
    assert {name: grades[name] for name in automatic} == automatic
    by_hand = {name: one for name, one in grades.items() if name not in automatic}
    assert len(by_hand) == 7
    assert all(waits for _, waits in by_hand.values())


def test_mixed_answers_earn_in_the_gradebook_what_the_course_computes(
    opened, page, instructor
):
    bench = opened(GRADED)
    unit = bench.place.unit
    given = own_texts(mixed(bench.place, model_values(unit)))
    bench.answer_all(given)
    bench.saved()
    bench.hand_in()
    scores = mark(unit, given)
    expected = {
        name: pytest.approx(score.points)
        for name, score in scores.items()
        if not score.by_hand
    }
    grades = graded_by(instructor, bench.place, "mixed")
    assert {name: grades[name][0] for name in expected} == expected
    earned = [scores[name].points / scores[name].maximum for name in expected]
    assert any(0.1 < one < 0.9 for one in earned), "The answers were not mixed"


def test_somebody_who_studies_alone_marks_the_work_after_handing_in(
    opened, place, page
):
    heard = Heard(page)
    laid = place(GRADED)
    given = own_texts(mixed(laid, model_values(laid.unit)))
    laid.give(given)
    bench = opened(laid)
    phrases = key_phrases("c003", laid.folder / "unit.json")
    bench.finish()
    expect(bench.root.get_by_role("button", name="Mark my work")).to_have_count(0)
    bench.hand_in()
    assert heard.of(phrases) == []

    bench.press("Mark my work")
    scores = [one for one in mark(laid.unit, given).values() if not one.by_hand]
    points = round(sum(one.points for one in scores), 1)
    maximum = sum(one.maximum for one in scores)
    total = bench.root.locator(".cl-summary .cl-points")
    expect(total).to_have_text(f"{points:g} of {maximum:g} points")
    assert laid.answers()["receipt"]["marked_at"]
    explained(bench, given)
    # The same search that found nothing before now finds the key.
    assert heard.of(phrases) != []

    page.reload()
    bench.ready().finish()
    expect(total).to_have_text(f"{points:g} of {maximum:g} points")
    explained(bench, given)


def explained(bench, given):
    bench.go(GOALS)
    cards = bench.root.get_by_role("article")
    goals = len(bench.place.view[GOALS]["groups"][0]["parts"])
    expect(cards.locator(".cl-verdict")).to_have_count(goals)
    expect(cards.locator(".cl-why").first).to_have_text(re.compile(r"\w+ \w+ \w+"))
