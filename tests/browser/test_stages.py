import re

import pytest
from playwright.sync_api import expect

from caselens.answers import mark_task, model_values
from caselens.cases import find_key
from caselens.widgets.desk import Desk
from tests.browser.bench import Bench, until
from tests.browser.heard import Heard, key_phrases
from tests.browser.places import COURSE_PRACTICE, GRADED, PRACTICE, Place
from tests.browser.prepared import choices, committing, saving, tell
from tests.browser.words import like, say

CASE, OTHER = "c001", "m04_u04_another_case"
ASK, MOVED, GOALS = "c001-ask", "c001-update-1", "c001-goals"
CBT, DYNAMIC, LINK = "c001-slots-1", "c001-slots-2", "c001-link"
FIRST, LAST = "c001-write-3", "c001-write-1"
OWN = "A hush may mean that she goes,\nand it may mean <b>nothing</b>."
LATER = "Once the menu is open, other words come."


def texts_of(case, stage):
    return [one.text for one in case.stages[stage - 1].sentences]


def shown(bench, case, stage):
    """How many sentences of a stage stand on the page."""
    seen = bench.root.inner_text()
    return sum(text in seen for text in texts_of(case, stage))


def opened_case(laid):
    """The same unit with its first two parts committed."""
    return tell(laid, committing(CASE, 2))


def committed(place):
    return {name for name, one in place.answers()["tasks"].items() if one["committed"]}


def test_a_content_note_stands_before_the_case_and_is_asked_once(
    place, page, course, empty_course
):
    laid = place(PRACTICE)
    (case,) = laid.unit.cases
    page.goto(laid.address)
    bench = Bench(page, laid)
    expect(bench.heading).to_have_text(say("note.title"), timeout=60_000)
    for topic in case.content_notes:
        expect(bench.root.locator(".cl-screen")).to_contain_text(topic)
    assert shown(bench, case, 1) == 0
    expect(bench.case).to_be_hidden()

    # Nor is the case behind another step.
    bench.go(ASK)
    expect(bench.heading).to_have_text(say("note.title"))
    assert shown(bench, case, 1) == 0

    bench.press(say("note.open"))
    expect(bench.heading).to_have_text(laid.view[ASK]["title"])
    assert shown(bench, case, 1) == len(texts_of(case, 1))
    page.reload()
    expect(bench.heading).to_have_text(laid.view[ASK]["title"], timeout=60_000)
    assert not laid.answers_path.exists()


def test_another_case_that_counts_the_same_is_one_click_away(
    place, page, course, empty_course
):
    laid = place(COURSE_PRACTICE)
    page.goto(laid.address)
    bench = Bench(page, laid)
    expect(bench.heading).to_have_text(say("note.title"), timeout=60_000)
    bench.press(say("note.alternative"))

    other = Place(course, "", OTHER)
    until(page, other.notebook.exists, "the other unit, laid out")
    beside = Bench(page, other)
    expect(beside.root.get_by_role("heading", level=2)).to_have_text(
        other.unit.title, timeout=60_000
    )
    expect(beside.heading).to_have_text(say("note.title"))
    for topic in other.unit.cases[0].content_notes:
        expect(beside.root.locator(".cl-screen")).to_contain_text(topic)
    beside.ready()
    assert shown(beside, other.unit.cases[0], 1) == len(
        texts_of(other.unit.cases[0], 1)
    )
    assert not laid.answers_path.exists()


def test_a_later_part_stays_closed_however_one_goes_there(opened):
    bench = opened(PRACTICE)
    (case,) = bench.place.unit.cases
    screen = bench.root.locator(".cl-screen")
    for task in (LINK, CBT, MOVED):
        bench.go(task)
        expect(screen).to_have_text(say("task.blocked"))
        expect(screen.locator("button, input, select, textarea")).to_have_count(0)
    for step in (f"read-{CASE}-2", f"read-{CASE}-3"):
        bench.go(step)
        expect(bench.root.get_by_text(say("gate.why"))).to_be_visible()
    for step in (f"lenses-{CASE}", f"mine-{CASE}", f"closing-{CASE}", "finish"):
        bench.go(step)
        assert (shown(bench, case, 2), shown(bench, case, 3)) == (0, 0), step
    bench.go(LINK)
    bench.press(say("gate.goThere"))
    expect(bench.heading).to_have_text(
        say("gate.title", title=case.stages[1].title), timeout=60_000
    )
    assert committed(bench.place) == set()


def test_committing_a_part_with_blanks_asks_and_stays_through_kill_and_reload(
    opened, page
):
    bench = opened(PRACTICE)
    laid, (case,) = bench.place, bench.place.unit.cases
    view = laid.view[ASK]
    own = "Is it the hush, or is it the hurt?"
    bench.go(ASK)
    questions = {one["id"]: one["label"] for one in view["groups"][0]["choices"]}
    bench.root.get_by_role("radio", name=questions["q2"], exact=True).check()
    bench.root.get_by_label(view["own"]).fill(own)
    bench.saved()

    bench.go(f"read-{CASE}-2")
    bench.press(say("gate.commit"))
    asked = bench.root.get_by_text(say("ask.stageBlank", count=1, tasks=view["title"]))
    expect(asked).to_be_visible()
    bench.press(say("ask.keepWorking"))
    expect(asked).to_have_count(0)
    assert committed(laid) == set()
    assert shown(bench, case, 2) == 0

    bench.press(say("gate.commit"))
    bench.press(say("ask.commit"))
    expect(bench.root.get_by_text(like("read.new"))).to_be_visible()
    assert shown(bench, case, 2) == len(texts_of(case, 2))
    assert shown(bench, case, 3) == 0
    assert committed(laid) == {ASK}
    bench.go(LINK)
    expect(bench.root.get_by_text(say("task.blocked"))).to_be_visible()

    kernel = laid.kernel_process()
    kernel.kill()
    kernel.wait(20)
    page.reload()
    bench.ready().go(ASK)
    expect(bench.root.locator(".cl-feedback")).to_be_visible()
    bench.root.get_by_text(say("task.yours")).click()
    chosen = bench.root.get_by_role("radio", name=questions["q2"], exact=True)
    expect(chosen).to_be_checked()
    for control in bench.root.locator(".cl-yours :is(input, textarea)").all():
        expect(control).to_be_disabled()
    expect(bench.root.get_by_label(view["own"])).to_have_value(own)
    assert laid.value(ASK)["own"] == own
    assert committed(laid) == {ASK}
    bench.go(f"read-{CASE}-2")
    assert shown(bench, case, 2) == len(texts_of(case, 2))
    bench.go(f"read-{CASE}-3")
    expect(bench.root.get_by_text(say("gate.why"))).to_be_visible()


def direction(place, task, choice):
    (group,) = place.view[task]["groups"]
    return next(one["label"] for one in group["choices"] if one["id"] == choice)


def moved_cell(bench, account):
    table = bench.root.get_by_role("table", name=say("update.moved"))
    row = table.get_by_role("row").filter(has_text=account)
    return row.get_by_role("cell").last


def test_how_the_accounts_moved_stands_beside_the_courses_answer_in_practice(
    opened, place
):
    laid = place(PRACTICE)
    key = find_key(CASE).tasks[MOVED].parts
    account = {one.id: one.text for one in laid.unit.cases[0].hypotheses}
    assert (key["h1"].answer, key["h4"].answer) == ("more", "equally")
    given = choices(h1="less", h4="equally", h3="less")
    bench = opened(tell(laid, saving(MOVED, given)))
    bench.go(f"read-{CASE}-2")
    expect(bench.root.locator(".cl-moved")).to_have_count(0)
    bench.open_stage(2)
    expect(bench.root.locator(".cl-moved")).to_have_count(0)
    bench.open_stage(3)

    course = say("update.course")
    for step in (f"read-{CASE}-3", f"closing-{CASE}"):
        bench.go(step)
        differs = moved_cell(bench, account["h1"])
        expect(differs).to_contain_text(direction(laid, MOVED, "less"))
        expect(differs).to_contain_text(
            re.compile(rf"{re.escape(course)}\W*{direction(laid, MOVED, 'more')}")
        )
        same = moved_cell(bench, account["h4"])
        expect(same).to_contain_text(direction(laid, MOVED, "equally"))
        expect(same).not_to_contain_text(course)
        blank = moved_cell(bench, account["h2"])
        expect(blank).to_contain_text(say("update.blank"))
        expect(blank).to_contain_text(direction(laid, MOVED, key["h2"].answer))


def test_in_a_graded_unit_a_part_is_locked_and_nothing_of_the_key_is_told(
    opened, place, page
):
    heard = Heard(page)
    laid = place(GRADED)
    update = "c003-update-1"
    key = find_key("c003").tasks[update].parts
    wrong = {"less": "more", "more": "less", "equally": "less"}
    given = {name: wrong[one.answer] for name, one in key.items()}
    bench = opened(tell(laid, saving(update, choices(**given))))
    bench.open_stage(2)
    bench.open_stage(3)
    (case,) = laid.unit.cases
    for account in case.hypotheses:
        if account.id in given:
            cell = moved_cell(bench, account.text)
            expect(cell).to_have_text(
                re.compile(rf"{direction(laid, update, given[account.id])}$")
            )
    assert say("update.course") not in bench.root.locator(".cl-moved").inner_text()
    bench.go(update)
    expect(bench.root.get_by_text(say("task.locked"))).to_be_visible()
    expect(bench.root.locator(".cl-feedback, .cl-card")).to_have_count(0)
    for radio in bench.root.get_by_role("radio").all():
        expect(radio).to_be_disabled()
    bench.go("c003-update-2")
    expect(bench.root.get_by_role("radio").first).to_be_enabled()
    assert committed(laid) == {"c003-ask", "c003-write-3", update}
    phrases = key_phrases("c003", laid.folder / "unit.json")
    assert len(phrases) > 100
    assert heard.of([texts_of(case, 3)[0][:30]]), "The wire was not heard at all"
    assert heard.of(phrases) == []


def own_words(bench, heading):
    """The text that stands under a heading of the task in view."""
    return bench.root.locator("section").filter(
        has=bench.page.get_by_role("heading", name=heading, exact=True)
    )


def test_own_words_come_before_the_menu_and_stay_as_they_were(opened, place, page):
    laid = opened_case(place(PRACTICE))
    bench = opened(laid)
    view, model = laid.view[CBT], find_key(CASE).tasks[CBT].first
    statement = view["groups"][0]["parts"][0]
    menus = bench.root.get_by_role("combobox")
    bench.go(CBT)
    expect(bench.root.get_by_text(view["first"])).to_be_visible()
    expect(bench.root.get_by_text(statement["text"], exact=True)).to_have_count(0)
    expect(menus).to_have_count(0)
    box = bench.root.get_by_label(say("first.label"))
    box.fill(OWN)
    bench.saved()
    stored = laid.answers()["tasks"][CBT]
    assert (stored["first_text"], stored["first_done"]) == (OWN, False)

    # Until the menu has been opened the text is there to go on with.
    page.reload()
    bench.ready()
    expect(box).to_have_value(OWN)
    expect(menus).to_have_count(0)
    bench.press(say("first.done"))
    expect(menus).to_have_count(len(view["groups"][0]["parts"]))
    kept = bench.root.locator("details").filter(has_text=say("first.yours"))
    expect(kept.locator(".cl-own")).to_have_text(OWN.replace("\n", ""))
    expect(bench.root.get_by_role("textbox")).to_have_count(0)
    bench.saved()
    bench.choose(statement["text"], view["groups"][0]["choices"][0]["label"])
    bench.saved()
    page.reload()
    bench.ready()
    expect(menus.first).to_be_visible()
    expect(bench.root.get_by_role("textbox")).to_have_count(0)

    # Nor does a page that was open before then change it.
    given = laid.answers()["tasks"][CBT]
    old = saving(CBT, given["value"], first_text=LATER, first_done=False)
    tell(laid, old | {"revision": given["revision"]})
    stored = laid.answers()["tasks"][CBT]
    assert (stored["first_text"], stored["first_done"]) == (OWN, True)

    bench.press(say("go.commit"))
    bench.press(say("ask.commit"))
    expect(own_words(bench, say("first.yours")).last.locator(".cl-own")).to_have_text(
        OWN.replace("\n", "")
    )
    expect(own_words(bench, say("model.text")).last).to_contain_text(model[:60])
    assert bench.root.locator(".cl-first b").count() == 0
    stored = laid.answers()["tasks"][CBT]
    assert (stored["first_text"], stored["first_done"]) == (OWN, True)


def test_a_menu_may_be_opened_without_writing_after_being_asked(opened, place):
    laid = opened_case(place(PRACTICE))
    bench = opened(laid)
    menus = bench.root.get_by_role("combobox")
    bench.go(DYNAMIC)
    bench.press(say("first.done"))
    expect(bench.root.get_by_text(say("first.blank"))).to_be_visible()
    bench.press(say("ask.keepWorking"))
    expect(menus).to_have_count(0)
    bench.press(say("first.done"))
    bench.press(say("first.without"))
    expect(menus.first).to_be_visible()
    bench.press(say("go.commit"))
    bench.press(say("ask.commit"))
    beside = own_words(bench, say("first.yours")).last
    expect(beside).to_contain_text(say("model.nothing"))
    stored = laid.answers()["tasks"][DYNAMIC]
    assert (stored["first_text"] or "", stored["first_done"]) == ("", True)


def test_how_sure_one_is_has_five_steps_is_kept_and_never_counts(opened, place, page):
    laid = opened_case(place(PRACTICE))
    value = model_values(laid.unit)[GOALS]
    value["parts"] |= {"trauma": {"choice": "asked", "evidence": []}}
    bench = opened(tell(laid, saving(GOALS, value)))
    bench.go(GOALS)
    scale = bench.root.get_by_role("group", name=say("sure.title"))
    steps = scale.get_by_role("radio")
    expect(steps).to_have_count(5)
    for step in (1, 5, 2):
        scale.get_by_role("radio", name=say(f"sure.{step}")).check()
        bench.saved()
        sure = lambda s=step: laid.answers()["tasks"][GOALS]["confidence"] == s  # noqa: E731
        until(page, sure, f"confidence {step}")
    assert laid.value(GOALS)["parts"]["trauma"]["choice"] == "asked"

    score = mark_task(laid.unit, GOALS, value)
    assert 0 < score.points < score.maximum
    bench.commit()
    earned = Desk(laid.unit, laid.folder).feedback()[GOALS]
    assert (earned["points"], earned["maximum"]) == (score.points, score.maximum)
    page.reload()
    bench.ready().go(GOALS)
    bench.root.get_by_text(say("task.yours")).click()
    expect(scale.get_by_role("radio", name=say("sure.2"))).to_be_checked()
    for one in steps.all():
        expect(one).to_be_disabled()
    assert laid.answers()["tasks"][GOALS]["confidence"] == 2
    # A task that does not ask for it shows no scale.
    bench.go("c001-safety")
    expect(scale).to_have_count(0)


@pytest.mark.parametrize("sure", [None, 1, 5])
def test_the_points_are_the_same_however_sure_one_was(place, sure):
    laid = place(PRACTICE)
    value = model_values(laid.unit)[GOALS]
    value["parts"] |= {"trauma": {"choice": "asked", "evidence": []}}
    desk = Desk(laid.unit, laid.folder)
    desk.handle(saving(GOALS, value, confidence=sure))
    reply = desk.handle({"type": "commit", "task": GOALS})
    assert laid.answers()["tasks"][GOALS]["confidence"] == sure
    expected = mark_task(laid.unit, GOALS, value).points
    assert reply["feedback"][GOALS]["points"] == expected


def example(bench, number, of):
    name = say("anchors.example", number=number, of=of)
    return bench.root.locator("details").filter(
        has=bench.page.get_by_text(name, exact=True)
    )


def test_the_first_text_comes_back_and_examples_are_rated_after_committing(
    opened, place, page
):
    laid = tell(place(PRACTICE), saving(FIRST, {"text": OWN}), committing(CASE, 2))
    bench = opened(laid)
    bench.go(LAST)
    earlier = own_words(bench, say("write.earlier")).last
    expect(earlier.locator(".cl-own")).to_have_text(OWN.replace("\n", ""))
    expect(bench.root.locator(".cl-own b")).to_have_count(0)
    expect(bench.root.locator(".cl-anchors")).to_have_count(0)
    bench.press(say("write.copy"))
    box = bench.root.get_by_label(say("write.label"), exact=True)
    expect(box).to_have_value(OWN)
    box.press("End")
    box.fill(f"{OWN} And now more.")
    bench.stored(LAST, {"text": f"{OWN} And now more."})
    assert laid.value(FIRST) == {"text": OWN}

    bench.commit()
    anchors = find_key(CASE).tasks[LAST].anchors
    rubric = laid.view[LAST]["rubric"]["criteria"]
    examples = [example(bench, n, len(anchors)) for n in range(1, len(anchors) + 1)]
    for one in examples:
        expect(one).to_have_count(1)
    first, (agreed, *_) = examples[0], anchors
    expect(first).to_contain_text(say("anchors.unrated"))
    ratings = {}
    for criterion in rubric:
        expect(first.get_by_text(like("anchors.level"))).to_have_count(0)
        levels = [level["points"] for level in criterion["levels"]]
        # One criterion as agreed, every other one off by at least a level.
        right = agreed.ratings[criterion["id"]]
        wrong = levels[0] if right != levels[0] else levels[-1]
        ratings[criterion["id"]] = right if not ratings else wrong
        field = first.get_by_role("group", name=criterion_name(criterion), exact=True)
        field.get_by_role("radio").nth(levels.index(ratings[criterion["id"]])).check()
    expect(first).to_contain_text(say("anchors.rated"))
    told(first, rubric, agreed, ratings)
    summed = bench.root.locator(".cl-sum")
    expect(summed).to_contain_text(say("anchors.sumSame", same=1, of=len(rubric)))

    mine = bench.root.locator(".cl-rating").get_by_role("radio").first
    mine.check()
    stored = {f"{agreed.id}-{name}": level for name, level in ratings.items()}
    kept = lambda: {  # noqa: E731
        name: level
        for name, level in laid.answers()["tasks"]
        .get(LAST, {})
        .get("ratings", {})
        .items()
        if name.startswith(f"{agreed.id}-")
    }
    until(page, lambda: kept() == stored, "the ratings in the file")
    page.reload()
    bench.ready().go(LAST)
    told(first, rubric, agreed, ratings)
    expect(mine).to_be_checked()
    expect(box).to_be_disabled()


def criterion_name(criterion):
    return criterion.get("label") or criterion.get("name") or criterion["title"]


def told(example, rubric, agreed, ratings):
    """The example says level by level how one's rating compares."""
    rows = example.locator(".cl-compared > div")
    expect(rows).to_have_count(len(rubric))
    differing = 0
    for row, criterion in zip(rows.all(), rubric, strict=True):
        points = [level["points"] for level in criterion["levels"]]
        gap = points.index(ratings[criterion["id"]]) - points.index(
            agreed.ratings[criterion["id"]]
        )
        differing += bool(gap)
        key = "anchors.more" if gap > 0 else "anchors.less"
        words = say(key, count=abs(gap)) if gap else like("anchors.same")
        expect(row).to_contain_text(words)
    assert differing
