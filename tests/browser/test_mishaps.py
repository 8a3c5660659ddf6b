import json
import os
import re
import shutil
import subprocess

import psutil
import pytest
from playwright.sync_api import expect

from caselens.answers import model_values
from caselens.tasks.kind import MAX_TEXT
from tests.browser.bench import until
from tests.browser.places import GRADED, PRACTICE, released
from tests.browser.prepared import WILD, choices, committing, saving, tell
from tests.browser.words import like, say

CASE, ASK, OBSERVE = "c001", "c001-ask", "c001-observe"
CBT, DYNAMIC, LINK = "c001-slots-1", "c001-slots-2", "c001-link"
SAFETY, REPAIR = "c001-safety", "c001-appraise"
DOUBLE = 120
FIRST = "She reads the hush as she read it then, "


def own_box(bench):
    return bench.root.get_by_label(bench.place.view[ASK]["own"])


def own_question(place):
    return (place.value(ASK) or {}).get("own")


def current(bench, step):
    button = bench.root.locator(f"[data-step='{step}']")
    expect(button).to_have_attribute("aria-current", "step")


class Sent:
    """What one page asks of the course, by the type of the message."""

    def __init__(self, page):
        self.frames = []
        page.on("websocket", lambda one: one.on("framesent", self._keep))

    def _keep(self, payload):
        self.frames.append(payload.encode() if isinstance(payload, str) else payload)

    def count(self, kind):
        mark = f'"type":"{kind}"'.encode()
        return sum(mark in one.replace(b": ", b":") for one in self.frames)


def test_what_is_typed_while_the_connection_is_gone_is_kept_and_saved(opened, page):
    bench = opened(PRACTICE)
    bench.go(ASK)
    box = own_box(bench)
    box.click()
    page.keyboard.type("Is it the hush ")
    bench.saved()
    page.context.set_offline(True)
    page.keyboard.type("when they all ")
    expect(bench.save).to_have_text(say("save.late"))
    # Jupyter notices, too, and must not take the words out of one's mouth.
    line = page.locator(".caselens-line")
    expect(line).to_contain_text("connection")
    page.keyboard.type("stop, or is it the hurt in her hands?")
    text = "Is it the hush when they all stop, or is it the hurt in her hands?"
    expect(box).to_have_value(text)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert own_question(bench.place) == "Is it the hush "
    # Other steps can be read meanwhile, and nothing is committed into the void.
    bench.go(f"read-{CASE}-2")
    expect(bench.root.get_by_text(say("gate.why"))).to_be_visible()
    bench.go(ASK)
    expect(box).to_have_value(text)
    page.context.set_offline(False)
    bench.saved()
    until(page, lambda: own_question(bench.place) == text, "the text, saved")
    expect(line).to_have_count(0)
    page.reload()
    bench.ready()
    expect(box).to_have_value(text)


def test_a_first_text_survives_the_death_of_its_kernel(opened, place, page):
    laid = tell(place(PRACTICE), committing(CASE, 2))
    bench = opened(laid)
    bench.go(CBT)
    box = bench.root.get_by_label(say("first.label"))
    box.click()
    page.keyboard.type(FIRST)
    bench.saved()
    kernel = laid.kernel_process()
    kernel.kill()
    page.keyboard.type("and so she goes.")
    line = page.locator(".caselens-line.caselens-problem")
    expect(line).to_be_visible()
    expect(bench.save).to_have_text(say("save.late"))
    text = f"{FIRST}and so she goes."
    expect(box).to_have_value(text)
    expect(bench.root.get_by_role("combobox")).to_have_count(0)

    line.get_by_role("button", name="Reconnect").click()
    first = lambda: laid.answers()["tasks"][CBT]["first_text"]  # noqa: E731
    until(page, lambda: first() == text, "the first text, saved")
    expect(line).to_have_count(0)
    bench.ready()
    expect(box).to_have_value(text)
    bench.press(say("first.done"))
    expect(bench.root.get_by_role("combobox").first).to_be_visible()
    bench.saved()
    stored = laid.answers()["tasks"][CBT]
    assert (stored["first_text"], stored["first_done"]) == (text, True)


def test_two_tabs_on_different_tasks_keep_each_others_answers(opened, place, page):
    laid = tell(place(PRACTICE), committing(CASE, 1))
    one = opened(laid)
    two = opened(laid, page.context.new_page())
    one.go("c001-write-3")
    two.go("c001-update-1")
    for index, choice in enumerate(("less", "equally", "more")):
        box = one.root.get_by_label(say("write.label"))
        box.press_sequentially(f"Word {index}. ")
        account = laid.view["c001-update-1"]["groups"][0]["parts"][index]
        part = two.root.get_by_role("group", name=account["text"])
        part.locator(f"[data-choice='{choice}'] input").check()
    one.saved()
    two.saved()
    assert laid.value("c001-write-3") == {"text": "Word 0. Word 1. Word 2. "}
    given = laid.value("c001-update-1")["parts"].values()
    assert sorted(part["choice"] or "" for part in given) == [
        "",
        "equally",
        "less",
        "more",
    ]
    for bench in (one, two):
        bench.page.reload()
        bench.ready().go("c001-write-3")
        box = bench.root.get_by_label(say("write.label"))
        expect(box).to_have_value("Word 0. Word 1. Word 2. ")


def test_a_tab_left_behind_by_a_committed_part_is_told_and_loses_nothing(
    opened, place, page
):
    laid = place(PRACTICE)
    one = opened(laid)
    two = opened(laid, page.context.new_page())
    two.go(ASK)
    own_box(two).fill("Before.")
    two.saved()
    one.open_stage(2)
    late = "After it was committed."
    own_box(two).fill(late)
    told = two.root.locator(".cl-notice")
    expect(told).to_contain_text(re.compile("committed.*another.*kept beside"))
    assert own_question(laid) == "Before."

    # It shows what was committed, the later words are kept beside it, and the part
    # that the other tab opened is open here.
    held = lambda: [  # noqa: E731
        lost["value"]["own"] for lost in laid.answers()["tasks"][ASK]["history"]
    ]
    until(page, lambda: late in held(), "the later words, kept")
    expect(two.root.locator(".cl-feedback")).to_be_visible()
    two.root.get_by_text(say("task.yours")).click()
    expect(own_box(two)).to_be_disabled()
    expect(own_box(two)).to_have_value("Before.")
    assert own_question(laid) == "Before."
    two.go(OBSERVE)
    two.root.get_by_role("radio").first.check()
    two.saved()
    # Nor does the other tab lose what it has not seen.
    one.go("c001-write-3")
    one.root.get_by_label(say("write.label")).fill("A first thought.")
    one.saved()
    assert laid.value(OBSERVE)["parts"]
    assert late in held()


def double(page, locator):
    """Press as a hand does it that always double-clicks."""
    locator.scroll_into_view_if_needed()
    box = locator.bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.dblclick(*middle, delay=DOUBLE)


def button(bench, name):
    return bench.root.get_by_role("button", name=name, exact=True)


def test_a_double_click_on_commit_commits_once_and_skips_nothing(opened, place, page):
    sent = Sent(page)
    laid = place(PRACTICE)
    tell(laid, saving(ASK, model_values(laid.unit)[ASK]))
    bench = opened(laid)
    bench.go(ASK)
    before = laid.answers()["revision"]
    double(page, button(bench, say("go.commit")))
    expect(bench.root.locator(".cl-feedback")).to_be_visible()
    current(bench, ASK)
    assert (sent.count("commit"), laid.answers()["revision"]) == (1, before + 1)

    # Where it asks first, the second click is no answer to the question.
    bench.open_stage(2)
    bench.go(OBSERVE)
    double(page, button(bench, say("go.commit")))
    expect(button(bench, say("ask.commit"))).to_be_visible()
    assert not (laid.answers()["tasks"].get(OBSERVE) or {}).get("committed")
    double(page, button(bench, say("ask.commit")))
    expect(bench.root.locator(".cl-feedback")).to_be_visible()
    current(bench, OBSERVE)
    assert sent.count("commit") == 2

    bench.go(f"read-{CASE}-3")
    double(page, button(bench, say("gate.commit")))
    expect(button(bench, say("ask.commit"))).to_be_visible()
    assert sent.count("commit-stage") == 0
    double(page, button(bench, say("ask.commit")))
    expect(bench.root.get_by_text(like("read.new"))).to_be_visible()
    current(bench, f"read-{CASE}-3")
    assert sent.count("commit-stage") == 1


def test_a_double_click_on_hand_in_hands_in_once_and_marks_nothing(opened, place, page):
    sent = Sent(page)
    laid = place(GRADED)
    bench = opened(laid)
    bench.finish()
    double(page, button(bench, say("finish.handIn")))
    expect(button(bench, say("ask.handInYes"))).to_be_visible()
    assert sent.count("hand-in") == 0
    double(page, button(bench, say("ask.handInYes")))
    expect(bench.root.get_by_role("heading", name=say("receipt.title"))).to_be_visible()
    current(bench, "finish")
    assert (sent.count("hand-in"), sent.count("mark")) == (1, 0)
    receipt = laid.answers()["receipt"]
    assert "marked_at" not in receipt
    double(page, button(bench, say("finish.mark")))
    expect(bench.root.locator(".cl-points").first).to_be_visible()
    current(bench, "finish")
    assert sent.count("mark") == 1
    after = laid.answers()["receipt"]
    assert {name: after[name] for name in receipt} == receipt


def test_a_double_click_on_start_again_starts_again_once(opened, place, page):
    sent = Sent(page)
    laid = tell(place(PRACTICE), saving(ASK, choices(next="q2")))
    bench = opened(laid)
    bench.finish()
    double(page, button(bench, say("finish.restart")))
    question = bench.root.get_by_role("group").filter(has_text=say("ask.restart"))
    expect(question).to_be_visible()
    assert sent.count("restart") == 0
    double(page, question.get_by_role("button", name=say("finish.restart")))
    expect(bench.root.locator(".cl-notice")).to_be_visible()
    assert sent.count("restart") == 1
    (kept,) = laid.folder.glob("answers.kept-*.json")
    assert json.loads(kept.read_text("utf-8"))["tasks"][ASK]["value"]
    assert laid.answers()["tasks"] == {}


LONG = 100_000


def long_text(name):
    """Wild text of exactly this length, with a name so that no two are alike."""
    piece = f"{WILD}\n\U0001f469\u200d\U0001f467 \u05e9\u05dc\u05d5\u05dd "
    text = f"{name} {piece}" + piece * (LONG // len(piece))
    return text[: LONG - 1] + "."


PASTE = """([text, html]) => navigator.clipboard.write([new ClipboardItem({
  "text/plain": new Blob([text], { type: "text/plain" }),
  "text/html": new Blob([html], { type: "text/html" }),
})])"""


UNFOLD = (
    "(node) => node.querySelectorAll('details').forEach((one) => (one.open = true))"
)


def paste(page, box, text):
    """Paste as from a web page: formatted, with the same words as plain text."""
    html = f"<h1 onclick='window.ran = 5'>{'<b>pasted</b>' * 20}</h1>"
    box.click()
    page.evaluate(PASTE, [text, html])
    page.keyboard.press("Control+V")
    expect(box).to_have_value(text)


def test_a_hundred_thousand_wild_characters_are_text_in_every_box(opened, place, page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    said = []
    page.on("dialog", lambda one: (said.append(one.message), one.dismiss()))
    arrow = {"parts": {"d3-d8": {"choice": "leads_to", "evidence": ["s18"]}}}
    placed = choices(d3="wish", d8="response_of_self")
    laid = tell(
        place(PRACTICE), saving(DYNAMIC, placed, first_done=True), saving(LINK, arrow)
    )
    bench = opened(laid)
    texts = {name: long_text(name) for name in (ASK, CBT, LINK, REPAIR)}
    assert {len(text) for text in texts.values()} == {LONG}
    bench.go(ASK)
    paste(page, own_box(bench), texts[ASK])
    bench.saved()
    bench.open_stage(2)
    bench.open_stage(3)
    labels = {
        CBT: say("first.label"),
        LINK: say("link.breaks"),
        REPAIR: laid.view[REPAIR]["repair"],
    }
    for task, label in labels.items():
        bench.go(task)
        paste(page, bench.root.get_by_label(label), texts[task])
    bench.saved()
    assert stored_texts(laid) == texts

    for task in (REPAIR, LINK, CBT):
        bench.go(task)
        if task == CBT:
            bench.press(say("first.done"))
        commit(bench)
    page.reload()
    bench.ready()
    for step in (ASK, CBT, LINK, REPAIR, f"lenses-{CASE}", f"mine-{CASE}"):
        bench.go(step)
        is_only_text(bench, texts.get(step))
    assert page.evaluate("window.ran ?? null") is None
    assert said == []
    assert stored_texts(laid) == texts


def stored_texts(laid):
    return {
        ASK: own_question(laid),
        CBT: laid.answers()["tasks"][CBT]["first_text"],
        LINK: laid.value(LINK)["parts"]["d3-d8"]["breaks"],
        REPAIR: laid.value(REPAIR)["repair"],
    }


def commit(bench):
    """Commit the task in view, blanks or not."""
    bench.press(say("go.commit"))
    anyway = button(bench, say("ask.commit"))
    explained = bench.root.locator(".cl-feedback")
    expect(anyway.or_(explained)).to_be_visible()
    if anyway.is_visible():
        anyway.click()
    expect(explained).to_be_visible()


def is_only_text(bench, text):
    """The screen shows the words of a text, and nothing of it has become markup."""
    inside = bench.root.locator(".cl-screen")
    expect(inside).to_be_visible()
    inside.evaluate(UNFOLD)
    typed = [one.input_value() for one in inside.locator("textarea").all()]
    seen = "\n".join([inside.evaluate("(node) => node.textContent"), *typed])
    for line in (text or "").splitlines():
        assert line.strip() in seen
    strange = "script, img, b[onmouseover], h1, a[href^=javascript]"
    expect(bench.root.locator(strange)).to_have_count(0)


@pytest.mark.parametrize("over", [0, 7])
def test_a_text_is_kept_whole_up_to_the_courses_limit(place, over):
    laid = place(PRACTICE)
    text = (WILD * (MAX_TEXT // len(WILD) + 2))[: MAX_TEXT + over]
    given = {"parts": {}, "own": text}
    tell(laid, saving(ASK, given), saving(CBT, None, first_text=text))
    assert own_question(laid) == text[:MAX_TEXT]
    assert laid.answers()["tasks"][CBT]["first_text"] == text[:MAX_TEXT]


class Disk:
    """A tiny disk of its own under the unit's folder."""

    def __init__(self, laid):
        self.folder = laid.folder
        options = ["-t", "tmpfs", "-o", "size=2m", "tmpfs", str(self.folder)]
        subprocess.run(["mount", *options], check=True)
        for name in (laid.notebook.name, "unit.json"):
            shutil.copyfile(released(laid.unit_id) / name, self.folder / name)
        self.filler = self.folder / "filler"

    def fill(self, bench):
        with self.filler.open("wb", buffering=0) as stream:
            try:
                while stream.write(b"x" * 4096):
                    pass
            except OSError:
                return

    def room(self, bench):
        self.filler.unlink()

    def gone(self):
        subprocess.run(["umount", "-l", str(self.folder)], check=True)


class Limit:
    """No file that the page's kernel writes may grow beyond nothing."""

    def __init__(self, laid):
        self.before = None

    def fill(self, bench):
        kernel = bench.place.kernel_process()
        self.before = kernel.rlimit(psutil.RLIMIT_FSIZE)
        kernel.rlimit(psutil.RLIMIT_FSIZE, (0, self.before[1]))

    def room(self, bench):
        bench.place.kernel_process().rlimit(psutil.RLIMIT_FSIZE, self.before)

    def gone(self):
        """Nothing to take away: the limit ends with its process."""


def can_mount(folder):
    if os.geteuid() != 0 or not shutil.which("mount"):
        return False
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if done.returncode == 0:
        subprocess.run(["umount", str(folder)], check=True)
    return done.returncode == 0


@pytest.fixture(params=[Limit, Disk], ids=["limit", "disk"])
def full(request, place, course, tmp_path):
    laid = place(PRACTICE)
    # Where nothing may be mounted, the limit has to do for both.
    kind = request.param if can_mount(tmp_path) else Limit
    disk = kind(laid)
    yield laid, disk
    course.quiet()
    disk.gone()


def test_a_full_disk_is_told_with_what_to_do_and_saved_once_there_is_room(
    opened, full, page
):
    laid, disk = full
    bench = opened(laid)
    bench.go(ASK)
    own_box(bench).fill("Before the disk was full.")
    bench.saved()
    kept = laid.answers_path.read_bytes()
    disk.fill(bench)
    own_box(bench).fill("While it was full.")
    problem = bench.root.locator(".cl-problem")
    expect(problem).to_contain_text(str(laid.folder))
    expect(problem).to_contain_text(re.compile("Free some space"))
    expect(bench.save).to_have_text(say("save.late"))
    assert laid.answers_path.read_bytes() == kept

    bench.go(f"read-{CASE}-2")
    bench.press(say("gate.commit"))
    bench.press(say("ask.commit"))
    expect(problem.filter(has_text=say("problem.saveFirst"))).to_be_visible()
    assert laid.answers_path.read_bytes() == kept
    names = {path.name for path in laid.folder.iterdir()}
    assert [name for name in names if name.startswith(".answers-")] == []

    disk.room(bench)
    bench.saved()
    assert own_question(laid) == "While it was full."
    bench.go(ASK)
    expect(own_box(bench)).to_have_value("While it was full.")
    expect(own_box(bench)).to_be_enabled()


def first_release(laid):
    """An answer sheet as the first release wrote it, with half of the work done."""
    model = model_values(laid.unit)

    def answer(value, revision, committed=False):
        moment = f"2029-05-01T09:0{revision}:00Z"
        return {
            "value": value,
            "confidence": None,
            "first_text": None,
            "committed": committed,
            "revision": revision,
            "saved": moment,
            "committed_at": moment if committed else None,
        }

    text = {"text": "She goes before she can be left; so I would ask her."}
    return {
        "format": 1,
        "unit": laid.unit_id,
        "begun": "2029-05-01T09:00:00Z",
        "revision": 7,
        "cases": {CASE: "0" * 64},
        "tasks": {
            SAFETY: answer(model[SAFETY], 2, committed=True),
            CBT: answer(choices(a3="situation", a5="behaviour"), 3),
            "c001-write-1": answer(text, 1),
        },
        "receipt": None,
    }


def test_answers_of_the_first_release_are_there_and_can_be_gone_on_with(
    opened, place, page
):
    laid = place(PRACTICE)
    old = first_release(laid)
    laid.answers_path.write_text(json.dumps(old), encoding="utf-8")
    bench = opened(laid)
    expect(bench.root.locator(".cl-notice, .cl-problem")).to_have_count(0)
    bench.go(SAFETY)
    expect(bench.root.locator(".cl-feedback")).to_be_visible()
    bench.root.get_by_text(say("task.yours")).click()
    for radio in bench.root.get_by_role("radio").all():
        expect(radio).to_be_disabled()
    assert json.loads(laid.answers_path.read_text("utf-8")) == old

    bench.open_stage(2)
    bench.open_stage(3)
    # Choices that are there are shown; nobody is asked to write before them.
    bench.go(CBT)
    menus = bench.root.get_by_role("combobox")
    chosen = [one.input_value() for one in menus.all()]
    assert sorted(one for one in chosen if one) == ["behaviour", "situation"]
    bench.go("c001-write-1")
    box = bench.root.get_by_label(say("write.label"))
    expect(box).to_have_value(old["tasks"]["c001-write-1"]["value"]["text"])
    box.press("End")
    box.press_sequentially(" And listen.")
    bench.saved()
    new = laid.answers()
    kept = new["tasks"][SAFETY]
    assert {name: kept[name] for name in old["tasks"][SAFETY]} == old["tasks"][SAFETY]
    assert new["begun"] == old["begun"]
    assert new["revision"] > old["revision"]
    text = new["tasks"]["c001-write-1"]
    assert text["value"]["text"].endswith("I would ask her. And listen.")
    assert (text["first_done"], text["ratings"], text["history"]) == (False, {}, [])
