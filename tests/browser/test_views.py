import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from playwright.sync_api import expect

from caselens.answers import model_values
from caselens.cases import find_key
from tests.browser.bench import until
from tests.browser.places import PRACTICE
from tests.browser.prepared import WILD, choices, committing, saving, tell
from tests.browser.words import like, say

CASE = "c001"
CBT, DYNAMIC, LINK = "c001-slots-1", "c001-slots-2", "c001-link"
LENS, TRANSLATE, OBSERVE = "c001-lens", "c001-translate", "c001-observe"
LENSES, COMPARE, MINE = f"lenses-{CASE}", f"compare-{CASE}", f"mine-{CASE}"


def labels(view, group=0):
    return {one["id"]: one["label"] for one in view["groups"][group]["choices"]}


def texts(view, group=0):
    return {one["id"]: one["text"] for one in view["groups"][group]["parts"]}


def part(choice, *evidence):
    return {"choice": choice, "evidence": list(evidence)}


def placing(task, **parts):
    return saving(task, {"parts": parts}, first_done=True)


@pytest.fixture
def drawn(place):
    """A case whose third part is open, with a little in either lens."""
    return tell(
        place(PRACTICE),
        committing(CASE, 2),
        placing(
            CBT,
            a3=part("situation", "s10"),
            a5=part("behaviour", "s13"),
            a7=part("maintaining", "s20", "s30"),
        ),
        placing(
            DYNAMIC,
            d3=part("wish", "s16", "s18"),
            d8=part("response_of_self", "s19"),
            d1=part("repetition", "s19", "s20", "s29"),
        ),
        saving(
            LINK,
            {"parts": {"d3-d8": {**part("leads_to", "s18"), "breaks": "A chair."}}},
        ),
    )


def side(bench, lens):
    return bench.root.get_by_role("region", name=say(f"lenses.{lens}"), exact=True)


def element(within, text):
    """The statement as it is drawn: a button where sentences stand for it."""
    shown = re.compile(re.escape(text.rstrip(".")))
    by_role = (within.get_by_role(role, name=shown) for role in ("button", "img"))
    pressed, plain_one = by_role
    return within.locator(".cl-element").and_(pressed.or_(plain_one))


def expect_lit(bench, numbers):
    hinted = bench.case.locator(".cl-sentence.is-hinted")
    expect(hinted).to_have_count(len(numbers))
    found = [one.locator(".cl-number").inner_text() for one in hinted.all()]
    assert found == [str(one) for one in sorted(numbers)]


def named(bench):
    return {
        one.get_attribute("aria-label")
        for one in bench.root.locator(".cl-element.is-lit, .cl-own-arrow.is-lit").all()
    }


def test_a_statement_stands_in_its_lens_once_it_is_placed_and_not_before(opened, place):
    laid = tell(place(PRACTICE), committing(CASE, 2), placing(CBT), placing(DYNAMIC))
    bench = opened(laid)
    view, other = laid.view[CBT], laid.view[DYNAMIC]
    left, right = side(bench, "cbt"), side(bench, "dynamic")
    bench.go(LENSES)
    expect(left).to_be_visible()
    expect(left).to_contain_text(say("ground.quoted", title=view["title"]))
    expect(right).to_contain_text(say("ground.quoted", title=other["title"]))
    expect(bench.root.locator(".cl-element")).to_have_count(0)
    # Left and right of the case, at this width.
    boxes = [one.bounding_box() for one in (left, bench.case, right)]
    assert boxes[0]["x"] < boxes[1]["x"] < boxes[2]["x"]

    bench.go(CBT)
    thought = texts(view)["a9"]
    bench.choose(thought, labels(view)["automatic_thought"])
    bench.mark(thought, ["s11"])
    bench.go(LENSES)
    placed = element(left, thought)
    expect(placed).to_have_count(1)
    name = placed.get_attribute("aria-label")
    assert name.startswith(labels(view)["automatic_thought"])
    assert name.endswith(say("elements.sentences", count=1, numbers=11))
    expect(left).not_to_contain_text(say("ground.quoted", title=view["title"]))
    expect(right).to_contain_text(say("ground.quoted", title=other["title"]))
    expect(element(right, thought)).to_have_count(0)

    # What is set aside stands in neither drawing, and what is taken back in nothing.
    bench.go(CBT)
    bench.choose(thought, labels(view)["too_early"])
    bench.go(LENSES)
    expect(bench.root.locator(".cl-element")).to_have_count(0)
    held = bench.root.get_by_role("region", name=say("ground.held"))
    expect(held).to_contain_text(thought)
    bench.go(CBT)
    bench.choose(thought, say("choices.choose"))
    bench.go(LENSES)
    expect(held).to_have_count(0)
    bench.saved()


def test_elements_and_sentences_light_each_other_up(opened, drawn, page):
    bench = opened(drawn)
    view, other = drawn.view[CBT], drawn.view[DYNAMIC]
    bench.go(LENSES)
    left, right = side(bench, "cbt"), side(bench, "dynamic")
    keeping = element(left, texts(view)["a7"])
    expect_lit(bench, [])
    keeping.focus()
    expect_lit(bench, [20, 30])
    assert named(bench) == {keeping.get_attribute("aria-label")}
    page.keyboard.press("Enter")
    flashed = bench.case.locator(".cl-sentence.is-flash")
    expect(flashed.locator(".cl-number")).to_have_text("20")
    expect(flashed).to_be_in_viewport()

    # A sentence lights whatever rests on it, in either lens.
    number = bench.case.get_by_role("button", name=re.compile(r"^Sentence 20\b"))
    number.focus()
    again = element(right, texts(other)["d1"])
    expect(again).to_have_class(re.compile(r"\bis-lit\b"))
    resting = {one.get_attribute("aria-label") for one in (keeping, again)}
    assert named(bench) == resting
    spoken = number.get_attribute("aria-label")
    for one in resting:
        assert one in spoken
    expect_lit(bench, [20])
    # What nothing rests on leads nowhere.
    expect(bench.case.locator("button.cl-number")).to_have_count(8)

    # An arrow lights its own sentences and both of its ends.
    arrow = right.locator(".cl-own-arrow")
    arrow.focus()
    expect_lit(bench, [18])
    ends = [element(right, texts(other)[one]) for one in ("d3", "d8")]
    assert named(bench) == {one.get_attribute("aria-label") for one in (arrow, *ends)}
    arrow.evaluate("(node) => node.blur()")
    expect_lit(bench, [])
    assert named(bench) == set()

    keeping.hover()
    expect_lit(bench, [20, 30])
    bench.heading.hover()
    expect_lit(bench, [])
    # The buttons stay here: elsewhere a number is a number.
    bench.go(CBT)
    expect(bench.case.locator("button.cl-number")).to_have_count(0)


def test_the_same_in_words_says_what_is_drawn(opened, drawn):
    laid = drawn.give({}, commit=(CBT,))
    bench = opened(laid)
    bench.go(LENSES)
    told = {}
    for lens, key in (("cbt", "lenses.wordsCbt"), ("dynamic", "lenses.wordsDynamic")):
        within = side(bench, lens)
        bench.root.get_by_text(say(key), exact=True).click()
        words = bench.root.locator("details").filter(
            has=bench.page.get_by_text(say(key), exact=True)
        )
        lines = words.get_by_role("listitem").all_inner_texts()
        told[lens] = "\n".join(lines)
        names = [
            one.get_attribute("aria-label")
            for one in within.locator(".cl-element").all()
        ]
        assert len(names) == 3
        for name in names:
            # A box may go by another name in the drawing; what stands in it may not.
            assert name.partition(": ")[2] in told[lens]
        arrows = within.locator(".cl-own-arrow").all()
        for arrow in arrows:
            assert arrow.get_attribute("aria-label") in told[lens]
        plain = within.locator(".cl-node:not(.is-filled)").all()
        for box in plain:
            assert box.get_attribute("aria-label") in lines
        filled = within.locator(".cl-node.is-filled").count()
        leads = [say(one) for one in LEADS if say(one) in lines]
        assert len(lines) == filled + len(plain) + len(leads) + len(arrows)
    assert texts(laid.view[DYNAMIC])["d3"] not in told["cbt"]
    assert laid.view[CBT]["groups"][0]["parts"][0]["text"] not in told["cbt"]
    # Where the course sees it otherwise, both say so: it accepts a3 and a7 as placed.
    assert "The course" not in told["dynamic"]


LEADS = (
    "cycle.wordsRing",
    "cycle.wordsLadder",
    "triangles.wordsChain",
    "triangles.wordsConflict",
    "triangles.wordsPerson",
)


def test_after_committing_the_drawing_says_where_the_course_differs(opened, place):
    wrong = placing(CBT, a3=part("situation", "s10"), a4=part("behaviour", "s17"))
    laid = tell(place(PRACTICE), committing(CASE, 2), wrong)
    keyed = find_key(CASE).tasks[CBT].parts["a4"].answer
    course = say("drawing.course", course=labels(laid.view[CBT])[keyed])
    bench = opened(laid)
    bench.go(LENSES)
    left = side(bench, "cbt")
    expect(element(left, texts(laid.view[CBT])["a4"])).to_be_visible()
    expect(bench.root).not_to_contain_text(course)
    bench.go(CBT)
    bench.press(say("go.commit"))
    bench.press(say("ask.commit"))
    expect(bench.root.locator(".cl-feedback")).to_be_visible()
    bench.go(LENSES)
    name = element(left, texts(laid.view[CBT])["a4"])
    expect(name).to_have_accessible_name(re.compile(re.escape(course)))
    agreed = element(left, texts(laid.view[CBT])["a3"])
    expect(agreed).not_to_have_accessible_name(re.compile("The course"))


def test_common_ground_is_what_was_given_to_both(opened, drawn):
    bench = opened(drawn)
    view = drawn.view[LENS]
    bench.go(LENSES)
    common = bench.root.get_by_role("region", name=say("ground.title"))
    expect(common).to_contain_text(say("ground.quoted", title=view["title"]))
    given = {"l1": "both", "l4": "cbt", "l5": "both", "l6": "neither"}
    bench.go(LENS)
    for one, choice in given.items():
        bench.choose(texts(view)[one], labels(view)[choice])
    bench.go(LENSES)
    rows = common.get_by_role("listitem")
    expect(rows).to_have_text([texts(view)["l1"], texts(view)["l5"]])
    expect(common).not_to_contain_text(say("ground.quoted", title=view["title"]))
    bench.go(LENS)
    bench.choose(texts(view)["l1"], labels(view)["dynamic"])
    bench.go(LENSES)
    expect(rows).to_have_text([texts(view)["l5"]])

    # Two names for one fact stand there, too.
    match = drawn.view[TRANSLATE]
    tell(drawn, saving(TRANSLATE, choices(c1="k5", c3="none")))
    bench.page.reload()
    bench.ready().go(LENSES)
    expect(rows).to_have_count(2)
    expect(rows.last).to_contain_text(texts(match)["c1"])
    expect(rows.last).to_contain_text(labels(match)["k5"])
    expect(common).not_to_contain_text(texts(match)["c3"])


def row(bench, name, table="compare.table"):
    table = bench.root.get_by_role("table", name=say(table))
    return table.get_by_role("row").filter(
        has=bench.page.get_by_role("rowheader", name=name, exact=True)
    )


def test_comparing_tells_ones_own_and_the_case_only_once_it_is_closed(opened, drawn):
    comparison = find_key(CASE).comparison.model_dump()
    frame = {one.id: one for one in drawn.unit.vocabulary.dimensions}
    bench = opened(tell(drawn, saving(LENS, choices(m1="o3", m2="o2", m5="o2"))))
    view = drawn.view[LENS]
    bench.go(COMPARE)
    cells = row(bench, frame["unit"].name).get_by_role("cell")
    expect(cells.nth(0)).to_contain_text(texts(drawn.view[CBT])["a3"])
    expect(cells.nth(0)).to_contain_text(frame["unit"].cbt)
    expect(cells.nth(0)).not_to_contain_text(texts(drawn.view[DYNAMIC])["d3"])
    expect(cells.nth(1)).to_contain_text(texts(drawn.view[DYNAMIC])["d3"])
    expect(cells.nth(2)).to_contain_text(frame["unit"].shared)
    kept = row(bench, frame["maintains"].name).get_by_role("cell")
    expect(kept.nth(0)).to_contain_text(texts(drawn.view[CBT])["a7"])
    expect(kept.nth(1)).to_contain_text(texts(drawn.view[DYNAMIC])["d1"])
    first = row(bench, frame["first"].name).get_by_role("cell")
    menus = {
        group["parts"][0]["id"]: {one["id"]: one["label"] for one in group["choices"]}
        for group in view["groups"][1:]
    }
    expect(first.nth(0)).to_contain_text(menus["m1"]["o3"])
    expect(first.nth(1)).to_contain_text(menus["m2"]["o2"])
    missed = row(bench, frame["misses"].name).get_by_role("cell")
    expect(missed.nth(0)).to_contain_text(say("compare.nothing"))
    decides = bench.root.get_by_role("region", name=say("compare.decides"))
    expect(decides).to_contain_text(menus["m5"]["o2"])
    whole = bench.root.get_by_text(say("compare.frame"), exact=True)
    whole.click()
    table = bench.root.get_by_role("table", name=say("compare.frame"))
    expect(table.get_by_role("rowheader")).to_have_count(len(frame))
    expect(bench.root.get_by_text(say("compare.here"), exact=True)).to_have_count(0)

    last = bench.tasks[-1]
    tell(drawn, committing(CASE, 3))
    bench.page.reload()
    bench.ready().go(COMPARE)
    expect(bench.root.get_by_text(say("compare.here"), exact=True)).to_have_count(
        sum(len(one) for one in comparison.values())
    )
    for dimension, told in comparison.items():
        cells = row(bench, frame[dimension].name).get_by_role("cell")
        for index, lens in enumerate(("cbt", "dynamic", "shared")):
            # Sentence ids are told as numbers, so the words before the first count.
            words = re.split(r"\(s\d+|\bs\d+\b", told[lens])[0].strip()
            expect(cells.nth(index)).to_contain_text(words)
    bench.go(f"closing-{CASE}")
    supervisors = bench.root.get_by_role("region", name=say("supervisor.both"))
    expect(supervisors).to_contain_text(find_key(CASE).supervisors.cbt)
    assert drawn.answers()["tasks"][last]["committed"]


def typed(name):
    """A text that tells which box it was typed into."""
    return f"{name}: {WILD}"


MORE_LINES = "\nSecond line,  with two spaces."
PARAGRAPH = "Second paragraph\u2028 and its end."


@pytest.fixture
def answered(place):
    """Everything answered, and wild text in every box that there is."""
    laid = place(PRACTICE)
    given = model_values(laid.unit)
    given["c001-ask"]["own"] = typed("own question")
    given["c001-goals"]["offer"] = typed("offer")
    given["c001-appraise"]["repair"] = typed("repair")
    for name in ("c001-write-1", "c001-write-2", "c001-write-3"):
        given[name] = {"text": typed(name)}
    given["c001-write-1"]["text"] += f"{MORE_LINES}\n\n{PARAGRAPH}"
    for arrow in given[LINK]["parts"]:
        given[LINK]["parts"][arrow]["breaks"] = typed(f"breaks {arrow}")
    asides = {
        CBT: {"first_text": typed("first CBT"), "first_done": True},
        DYNAMIC: {"first_text": typed("first dynamic"), "first_done": True},
        "c001-goals": {"confidence": 4},
        "c001-update-2": {"confidence": 1},
    }
    saves = [
        saving(task, value, **asides.get(task, {})) for task, value in given.items()
    ]
    tell(laid, *saves[:5], committing(CASE, 2), *saves[5:])
    return laid, given


def boxes(given):
    """Every text that was typed, by the box it was typed into."""
    return [
        typed("own question"),
        typed("offer"),
        typed("repair"),
        typed("first CBT"),
        typed("first dynamic"),
        *(typed(name) for name in ("c001-write-1", "c001-write-2", "c001-write-3")),
        *(typed(f"breaks {arrow}") for arrow in given[LINK]["parts"]),
    ]


def said(laid, given):
    """What was chosen, in the words of the tasks: part and choice."""
    for task, value in given.items():
        view = laid.view[task]
        for group in view["groups"]:
            names = {one["id"]: one["label"] for one in group["choices"]}
            for one in group["parts"]:
                chosen = value.get("parts", {}).get(one["id"], {}).get("choice")
                if not chosen or view["kind"] in ("link", "order"):
                    continue
                # Told by their number only, or by the levels that were given.
                if view["kind"] not in ("observe", "appraise", "pick"):
                    yield task, one.get("short") or one["text"]
                if view["kind"] != "pick":
                    yield task, names[chosen]
                else:
                    yield task, one["text"]


def plain(text):
    return re.sub(r"\s+", " ", text)


def download(page, button):
    with page.expect_download() as waiting:
        button.click()
    return waiting.value


def test_my_formulation_holds_all_that_was_answered_and_saves_it_whole(
    opened, answered, page
):
    laid, given = answered
    bench = opened(laid)
    bench.go(MINE)
    sheet = bench.root.locator(".cl-sheet")
    expect(sheet).to_be_visible()
    holds_all(sheet.evaluate("(node) => node.textContent"), laid, given)
    expect(sheet.locator("svg")).to_have_count(2)
    expect(sheet.locator("script, img, b[onmouseover]")).to_have_count(0)

    name = f"{PRACTICE}-{CASE}-formulation"
    html = download(page, bench.root.get_by_role("button", name=say("mine.saveHtml")))
    assert html.suggested_filename == f"{name}.html"
    expect(bench.root.locator(".cl-kept")).to_have_text(
        say("mine.kept", name=html.suggested_filename)
    )
    text = download(page, bench.root.get_by_role("button", name=say("mine.saveText")))
    assert text.suggested_filename == f"{name}.md"
    parsed_as_html(Path(html.path()).read_bytes().decode("utf-8"), laid, given)
    shown_by_a_browser(Path(html.path()).read_text("utf-8"), page.context.new_page())
    parsed_as_markdown(Path(text.path()).read_bytes().decode("utf-8"), laid, given)
    assert page.evaluate("window.ran ?? null") is None


def holds_all(text, laid, given):
    """All that was typed and chosen stands there, and nothing of the key."""
    seen = plain(text)
    assert [box[:40] for box in boxes(given) if plain(box) not in seen] == []
    assert [one for one in said(laid, given) if plain(one[1]) not in seen] == []
    assert [one for one in (4, 1) if say(f"sure.{one}") not in seen] == []
    # Not even of what is committed and explained.
    assert find_key(CASE).tasks["c001-update-1"].parts["h1"].why[:40] not in seen


def parsed_as_html(whole, laid, given):
    parsed = BeautifulSoup(whole, "html.parser")
    assert parsed.find_all(["script", "img", "link", "iframe", "object"]) == []
    active = ("src", "srcset", "srcdoc", "action", "formaction")
    assert [
        (tag.name, name)
        for tag in parsed.find_all(True)
        for name in tag.attrs
        if name.startswith("on") or name in active
    ] == []
    own = {one.get_text("\n") for one in parsed.select("[dir=auto]")}
    for box in boxes(given):
        longer = MORE_LINES if box == typed("c001-write-1") else ""
        assert box + longer in own, box[:40]
    assert PARAGRAPH.replace("\u2028", "\n") in own
    assert "<script" not in whole
    assert "&lt;script&gt;window.ran = 1&lt;/script&gt;" in whole
    assert len(parsed.find_all("svg")) == 2
    holds_all(parsed.get_text(), laid, given)


def shown_by_a_browser(whole, page):
    """Nothing in the file runs or is fetched, whoever opens it."""
    page.set_content(whole)
    shown = page.locator(".own").first.inner_text()
    assert shown.startswith(typed("c001-write-1")[:60])
    assert MORE_LINES.strip() in shown
    assert page.evaluate("window.ran ?? null") is None
    page.close()


def parsed_as_markdown(written, laid, given):
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    inline = [token for token in parser.parse(written) if token.type == "inline"]
    kinds = {child.type for token in inline for child in token.children}
    assert kinds <= {"text", "hardbreak", "strong_open", "strong_close", *EMPHASIS}
    holds_all("\n".join(map(words, inline)), laid, given)
    # In any editor, too, the words stand there as they were typed.
    for piece in (
        "\U0001f9e0\U0001f469\u200d\U0001f467 e\u0301",
        "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
        "window.ran = 1",
        "\"double\" 'single'",
    ):
        assert piece in written


EMPHASIS = ("em_open", "em_close", "softbreak")


def words(inline):
    """The text of one piece of Markdown as a reader sees it."""
    breaks = ("hardbreak", "softbreak")
    return "".join(
        "\n" if one.type in breaks else one.content for one in inline.children
    )


def test_where_the_answers_are_stored_is_one_click_away(opened):
    bench = opened(PRACTICE)
    bench.finish()
    where = bench.root.locator(".cl-place")
    expect(where).to_be_hidden()
    bench.root.get_by_text(say("finish.where"), exact=True).click()
    expect(where).to_be_visible()
    expect(where).to_have_text(str(bench.place.answers_path))


def test_starting_again_asks_keeps_a_copy_and_empties_everything(
    opened, answered, page
):
    laid, _ = answered
    before = laid.answers()
    bench = opened(laid)
    bench.finish()
    bench.press(say("finish.restart"))
    expect(bench.root.get_by_text(say("ask.restart"))).to_be_visible()
    bench.press(say("ask.keep"))
    expect(bench.root.get_by_text(say("ask.restart"))).to_have_count(0)
    assert laid.answers() == before

    bench.press(say("finish.restart"))
    question = bench.root.get_by_role("group").filter(has_text=say("ask.restart"))
    question.get_by_role("button", name=say("finish.restart")).click()
    notice = bench.root.locator(".cl-notice")
    expect(notice).to_be_visible()
    (kept,) = laid.folder.glob("answers.kept-*.json")
    expect(notice).to_contain_text(kept.name)
    assert json.loads(kept.read_text("utf-8"))["tasks"] == before["tasks"]
    until(page, lambda: laid.answers()["tasks"] == {}, "an empty sheet")
    # At the beginning, with everything blank and the later parts closed again.
    expect(
        bench.root.get_by_role("navigation").locator("li button").first
    ).to_have_attribute("aria-current", "step")
    for loaded in (False, True):
        if loaded:
            page.reload()
        bench.ready()
        steps = bench.root.locator(".cl-step")
        expect(steps.filter(has_text=say("progress.committed"))).to_have_count(0)
        expect(steps.filter(has_text=say("progress.answered"))).to_have_count(0)
        bench.go("c001-ask")
        view = laid.view["c001-ask"]
        expect(bench.root.get_by_label(view["own"])).to_have_value("")
        expect(bench.root.get_by_role("radio", checked=True)).to_have_count(0)
        bench.go(CBT)
        expect(bench.root.get_by_text(say("task.blocked"))).to_be_visible()
        bench.go(MINE)
        expect(bench.root.get_by_text(say("mine.empty"))).to_be_visible()
        expect(bench.root.get_by_text(like("mine.lead"))).to_have_count(0)
    assert laid.answers()["tasks"] == {}
