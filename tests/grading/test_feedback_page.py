import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from caselens.answers import parse
from caselens.answers.record import text
from caselens.grading.feedback_task import StaleMarksError
from tests.grading.feedback_samples import (
    by_person,
    link,
    marks_of,
    page_for,
    pages_of,
    record_of,
    replace_mark,
    section_of,
    unit_of,
)

M04, M14 = "m04_u03_graded_case", "m14_u04_graded_case"
POLICIES = ("points", "verdicts", "explained")


def test_a_case_that_is_met_again_is_not_looked_back_on():
    assert "Two ways to understand" not in page_for(
        unit_of(M04), record_of(unit_of(M04), 0.5)
    )
    assert "Two ways to understand" in page_for(
        unit_of(M14), record_of(unit_of(M14), 0.5)
    )


# What waits for a person


def test_what_waits_for_a_person_is_never_shown_as_a_mark():
    unit = unit_of(M14)
    record = record_of(unit, 0.5)
    page = page_for(unit, record)
    assert "points so far.</strong> This is not your final mark." in page
    assert (
        "A person has still to read 3 parts of your work, worth up to 9 points." in page
    )
    assert page.count(": not marked yet</h3>") == 3
    assert "Not yet:" not in section_of(page, "c009-write-2")
    assert "0 of 3" not in page


def test_a_total_is_final_only_when_nothing_waits():
    unit = unit_of(M14)
    record = record_of(unit, 0.5)
    marks = marks_of(unit, record)
    cells = [name for name, one in marks.marks.items() if one.waits]
    some = by_person(marks, dict.fromkeys(cells[:2], 2.0))
    assert "points so far" in page_for(unit, record, marks=some)
    done = by_person(marks, dict.fromkeys(cells, 2.0))
    page = page_for(unit, record, marks=done)
    assert "points so far" not in page
    assert "not your final mark" not in page
    assert f"{done.points:.1f} of 53 points.</strong>" in page


def test_a_mark_that_is_to_be_looked_at_again_says_so():
    unit = unit_of(M14)
    record = record_of(unit, 0.5)
    marks = marks_of(unit, record)
    cells = [name for name, one in marks.marks.items() if one.waits]
    done = by_person(marks, dict.fromkeys(cells, 2.0))
    again = replace_mark(done.marks[cells[0]], waits=True)
    page = page_for(
        unit, record, marks=replace(done, marks={**done.marks, cells[0]: again})
    )
    assert "A person will look at this mark again." in page
    assert "points so far" in page


def test_a_late_penalty_is_named_and_taken_off():
    unit = unit_of(M14)
    record = record_of(unit, 1.0)
    marks = replace(marks_of(unit, record), penalty=2.5)
    page = page_for(unit, record, marks=marks)
    assert "2.5 points are already taken off, because the work came late." in page
    assert f"{marks.points:.1f} of 53" in page
    assert replace(marks, penalty=500.0).points == 0


def test_nothing_written_waits_for_nobody():
    unit = unit_of(M14)
    record = record_of(unit, 0.5)
    record.tasks["c009-write-2"].value = {"text": ""}
    marks = marks_of(unit, record)
    blank = {
        name: replace_mark(one, auto=0.0, waits=False)
        for name, one in marks.marks.items()
        if one.waits
    }
    page = page_for(unit, record, marks=replace(marks, marks={**marks.marks, **blank}))
    section = section_of(page, "c009-write-2")
    assert "Nothing was written." in section
    assert "not marked yet" not in section
    assert "points so far" not in page


def test_marks_that_contradict_the_explanation_stop_the_page():
    unit = unit_of(M14)
    record = record_of(unit, 0.5)
    marks = marks_of(unit, record)
    odd = replace_mark(marks.marks["c009-goals"], auto=7.9)
    marks = replace(marks, marks={**marks.marks, "c009-goals": odd})
    with pytest.raises(StaleMarksError, match="Mark the submission again first"):
        page_for(unit, record, marks=marks)


# What a trainee reads first


def test_a_missed_sign_of_risk_comes_first_among_what_to_look_at():
    unit = unit_of(M04)
    record = record_of(unit, 0.0)
    page = page_for(unit, record)
    after = page.split("What to look at next</h2>")[1]
    first = re.search(r"<li>.*?</li>", after, re.S)[0]
    assert "A sign of risk that stands in the text was passed over" in first
    assert "You passed over no sign of risk" not in page


def test_the_comment_of_a_marker_is_on_the_page_and_named_at_its_head():
    unit = unit_of(M14)
    record = record_of(unit, 0.5)
    cell = next(name for name, one in marks_of(unit, record).marks.items() if one.waits)
    marks = by_person(
        marks_of(unit, record), {cell: 1.0}, {cell: "Read <b>s14</b>\nagain."}
    )
    for policy in POLICIES:
        page = page_for(unit, record, policy, marks=marks)
        assert "Read &lt;b&gt;s14&lt;/b&gt;\nagain." in page
        assert 'Your marker has written to you about <a href="#c009-write-2">' in page
        assert "The next level, sound: " in page


def test_arrows_are_told_in_words_with_their_sentences():
    unit = unit_of("m12_u05_whole_case")
    task_id = link(unit)
    record = record_of(unit, 1.0)
    for one in record.tasks[task_id].value["parts"].values():
        one["breaks"] = "If he stayed."
    section = section_of(page_for(unit, record, "points"), task_id)
    assert re.search(
        r"“[^”]+[^.]” leads to “[^”]+[^.]” \(sentences? [0-9, ]+\)\.", section
    )
    assert "You said what would break it: If he stayed." in section


def test_tasks_of_one_name_are_told_apart():
    page = page_for(unit_of(M04), record_of(unit_of(M04), 0.5))
    titles = re.findall(r'<h2 id="c003-update-[12]">(.*)</h2>', page)
    assert len({re.sub("Task [0-9]+", "", one) for one in titles}) == 2


def test_a_submission_without_answers_still_gets_an_honest_page():
    unit = unit_of(M04)
    nothing = parse(text(record_of(unit, 0.0)).encode())
    nothing.tasks.clear()
    problem = "The submitted answers.json cannot be used: it is empty."
    for policy in POLICIES:
        page = pages_of(unit).page(marks_of(unit, nothing), None, problem, policy)
        assert problem in page


# The file itself


class Outline(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.headings, self.ids, self.links, self.tags = [], [], [], set()
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.tags.add(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if "href" in found else []


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("name", [M04, M14, "m05_u03_four_short_cases"])
def test_headings_are_in_order_and_every_link_stays_on_the_page(name, policy):
    page = page_for(unit_of(name), record_of(unit_of(name), 0.5), policy)
    found = Outline(page)
    assert found.headings[0] == 1
    assert found.headings.count(1) == 1
    assert all(
        b - a <= 1 for a, b in zip(found.headings, found.headings[1:], strict=False)
    )
    assert len(found.ids) == len(set(found.ids))
    assert {one[1:] for one in found.links} <= set(found.ids)
    assert not found.tags & {"script", "img", "link", "iframe", "object", "form"}
    assert '<html lang="en-GB">' in page
    assert "http" not in page.replace("http-equiv", "")


def test_what_a_trainee_and_a_marker_write_is_only_ever_text():
    nasty = "<script>alert(1)</script></div><h1>\u202e{{ unit }} \x00 \ud800"
    unit = unit_of(M14)
    record = record_of(unit, 0.5)
    for answer in record.tasks.values():
        answer.first_text = nasty
        if "text" in answer.value:
            answer.value["text"] = nasty
        if "offer" in answer.value:
            answer.value["offer"] = nasty
    cell = next(name for name, one in marks_of(unit, record).marks.items() if one.waits)
    marks = by_person(marks_of(unit, record), {cell: 1.0}, {cell: "<script>x</script>"})
    for policy in POLICIES:
        page = page_for(unit, record, policy, marks=marks, problem="<script>y</script>")
        assert "<script" not in page
        assert page.count("<h1>") == 1
        assert "{{ unit }}" in page
        page.encode("utf-8")


def test_the_same_work_makes_the_same_bytes():
    unit = unit_of(M14)
    record = record_of(unit, 0.5)
    assert page_for(unit, record) == page_for(unit, record)
    assert not re.search(r"20[2-9][0-9]-[0-9]{2}", page_for(unit, record))
