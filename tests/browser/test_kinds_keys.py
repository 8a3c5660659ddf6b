"""Every way to answer without a mouse: Tab, arrows, Space, Enter, Escape, no more."""

import pytest
from playwright.sync_api import expect

from caselens.answers import model_values
from tests.browser import hands
from tests.browser.keys import Keys
from tests.browser.places import PRACTICE
from tests.browser.words import say

ASK, OBSERVE, PICK, UPDATE = "c001-ask", "c001-observe", "c001-pick", "c001-update-1"
FIRST, LENS, TRANSLATE = "c001-write-3", "c001-lens", "c001-translate"
ORDER, APPRAISE, LINK = "c001-order", "c001-appraise", "c001-link"
OWN = "What is different on a day when you do talk?"
BREAKS = "She stays when nobody sits down."


@pytest.fixture
def before(place):
    """Make the unit with everything before a task answered and committed."""

    def laid_before(task):
        laid = place(PRACTICE)
        done = list(laid.unit.points)
        done = tuple(done[: done.index(task)])
        model = model_values(laid.unit)
        return laid.give({one: model[one] for one in done}, commit=done)

    return laid_before


class Worker:
    """Somebody without a mouse at one open unit."""

    def __init__(self, bench):
        self.bench, self.keys = bench, Keys(bench.page)
        self.model = model_values(bench.place.unit)
        self.begin = bench.root.get_by_role("button", name=say("go.begin"), exact=True)
        self.here = bench.root.locator("[data-step][aria-current]")

    def start(self):
        """Leave the first step, which JupyterLab's own controls stand before."""
        self.keys.tab_to(self.begin)
        self.keys.press("Enter")
        expect(self.begin).to_have_count(0)

    def on_to(self, task):
        """Go on past what is committed already."""
        for _ in self.bench.tasks * 2:
            if self.here.get_attribute("data-step") == task:
                break
            self.keys.press("Control+Enter")
        expect(self.here).to_have_attribute("data-step", task)

    def type_into(self, label, text):
        self.keys.reach(self.bench.root.get_by_label(label))
        self.bench.page.keyboard.type(text)

    def choose(self, task, value):
        """Answer a task that asks for one choice in every part."""
        view = self.bench.place.view[task]
        rows = list(hands.answers(view, value))
        if view["kind"] == "observe":
            rows.sort(key=lambda row: self.bench.number(row[1]["sentence"]))
        for group, part, given in rows:
            radios = hands.field(self.bench, view, group, part).get_by_role("radio")
            choices = [one["id"] for one in group["choices"]]
            self.keys.pick(radios, choices.index(given["choice"]))
        self.bench.stored(task, value)

    def commit(self, task):
        """Commit with everything right, and find that said of every part."""
        self.keys.press("Control+Enter")
        expect(self.bench.root.locator(".cl-feedback")).to_be_visible()
        assert self.bench.place.answers()["tasks"][task]["committed"]
        verdicts = self.bench.root.locator(".cl-card .cl-verdict")
        right = [say("verdict.right")] * len(self.model[task]["parts"])
        expect(verdicts).to_have_text(right)

    def look_back(self, given):
        """After a reload every locked answer can be opened and read."""
        bench = self.bench
        bench.page.reload()
        bench.ready()
        # The page opens where it was left; JupyterLab's own controls stand before.
        self.keys.tab_to(bench.root.get_by_role("button"))
        for task, value in given.items():
            self.keys.steps_to(bench, task)
            bench.stored(task, value)
            self.keys.tab_to(bench.root.locator(".cl-yours > summary"), 150)
            self.keys.press("Enter")
            hands.shows(bench, bench.place.view[task], value)


def test_a_question_sentences_labels_and_accounts_by_keyboard(opened):
    bench = opened(PRACTICE)
    worker = Worker(bench)
    model, keys = worker.model, worker.keys
    worker.start()
    worker.choose(ASK, model[ASK])
    worker.type_into(bench.place.view[ASK]["own"], OWN)
    asked = model[ASK] | {"own": OWN}
    bench.stored(ASK, asked)
    worker.commit(ASK)
    expect(bench.root.locator(".cl-beside")).to_contain_text(OWN)

    worker.on_to(OBSERVE)
    worker.choose(OBSERVE, model[OBSERVE])
    worker.commit(OBSERVE)
    worker.on_to(FIRST)
    worker.type_into(say("write.label"), "She goes when talk stops.")
    keys.press("Control+Enter")
    expect(bench.root.locator(".cl-feedback")).to_be_visible()

    worker.on_to(PICK)
    worker.type_into(say("first.label"), "She tells the rule, and not how it was.")
    keys.press("Control+Enter")
    for part in bench.place.view[PICK]["groups"][0]["parts"]:
        if part["id"] in model[PICK]["parts"]:
            keys.press_on(hands.label_box(bench, part))
            button = hands.label_row(bench, part).locator(".cl-mark-button")
            keys.mark(bench, button, model[PICK]["parts"][part["id"]]["evidence"])
            expect(button).to_be_focused()
    bench.stored(PICK, model[PICK])
    worker.commit(PICK)

    worker.on_to(UPDATE)
    worker.choose(UPDATE, model[UPDATE])
    worker.commit(UPDATE)
    same = {task: model[task] for task in (OBSERVE, PICK, UPDATE)}
    worker.look_back({ASK: asked} | same)


def test_lenses_counterparts_and_levels_by_keyboard(opened, before):
    bench = opened(before(LENS))
    worker = Worker(bench)
    model = worker.model
    worker.start()
    worker.on_to(LENS)
    worker.choose(LENS, model[LENS])
    worker.commit(LENS)
    worker.on_to(TRANSLATE)
    worker.choose(TRANSLATE, model[TRANSLATE])
    worker.commit(TRANSLATE)
    worker.on_to(ORDER)
    place_by_keyboard(worker)
    worker.commit(ORDER)
    lines = bench.root.locator(".cl-orders .cl-order-text")
    ordered = hands.in_order(bench.place.view[ORDER], model[ORDER])
    expect(lines).to_have_text(ordered * 2)

    worker.on_to(APPRAISE)
    value = model[APPRAISE] | {"repair": "A rival is pain."}
    worker.choose(APPRAISE, value | {"repair": ""})
    worker.type_into(bench.place.view[APPRAISE]["repair"], value["repair"])
    bench.stored(APPRAISE, value)
    worker.commit(APPRAISE)
    expect(bench.root.locator(".cl-beside")).to_contain_text(value["repair"])
    same = {task: model[task] for task in (LENS, TRANSLATE, ORDER)}
    worker.look_back(same | {APPRAISE: value})


def place_by_keyboard(worker):
    """Put steps in order, move them up and down, take one out and put it back."""
    bench, keys = worker.bench, worker.keys
    view, value = bench.place.view[ORDER], worker.model[ORDER]
    one, two, three, *rest = hands.in_order(view, value)

    def button(name):
        return bench.root.get_by_role("button", name=name, exact=True)

    for text in (two, three, one):
        keys.press_on(button(text))
    up = button(say("order.up", text=one))
    keys.reach(up)
    for _ in range(3):  # once more than there are places above
        keys.press("Space")
        expect(up).to_be_focused()
    keys.press_on(button(say("order.down", text=two)))
    keys.press_on(button(say("order.out", text=two)))
    expect(button(two)).to_be_focused()
    for text in (*rest, two):
        keys.press_on(button(text))
    for _ in rest:
        keys.press_on(button(say("order.up", text=two)))
    keys.press_on(button(say("order.up", text=two)))
    bench.stored(ORDER, value)


def draw(worker, arrow, relation):
    """Press both statements, walk to the relation, and draw or change the arrow."""
    bench, keys = worker.bench, worker.keys
    view = bench.place.view[LINK]
    for end in arrow.split("-"):
        keys.reach(hands.statement(bench, view, end))
        keys.press("Enter")
    panel = bench.root.locator(".cl-link-panel")
    radios = panel.get_by_role("radio")
    order = [one["id"] for one in view["relations"]]
    focused = panel.locator("input:focus")
    expect(focused).to_have_count(1)
    if order.index(relation) == order.index(focused.get_attribute("value")):
        keys.press("Space")
    while order.index(relation) > order.index(focused.get_attribute("value")):
        keys.press("ArrowDown")
    while order.index(relation) < order.index(focused.get_attribute("value")):
        keys.press("ArrowUp")
    expect(radios.nth(order.index(relation))).to_be_checked()
    keys.tab_to(panel.locator("button.cl-go"))
    keys.press("Enter")
    expect(hands.statement(bench, view, arrow.split("-")[1])).to_be_focused()


def test_arrows_are_drawn_marked_changed_and_removed_by_keyboard(opened, before):
    bench = opened(before(LINK))
    worker = Worker(bench)
    keys, view, model = worker.keys, bench.place.view[LINK], worker.model[LINK]
    worker.start()
    worker.on_to(LINK)

    # What was begun can be given up.
    box = hands.statement(bench, view, "d2")
    keys.press_on(box)
    keys.press_on(bench.root.get_by_role("button", name=say("link.cancel")))
    expect(box).to_be_focused()

    value = {}
    (first, keyed), *others = model["parts"].items()
    draw(worker, first, "protects_from")
    keys.reach(bench.root.get_by_role("button", name=say("link.markAdded")))
    keys.press("Enter")
    keys.tick(bench, keyed["evidence"])
    card = hands.arrow_card(bench, view, first, "protects_from")
    expect(card.locator(".cl-mark-button")).to_be_focused()
    keys.reach(card.get_by_role("textbox"))
    bench.page.keyboard.type(BREAKS)
    value[first] = keyed | {"choice": "protects_from", "breaks": BREAKS}
    draw(worker, "d2-d8", "leads_to")
    value["d2-d8"] = {"choice": "leads_to"}
    bench.stored(LINK, {"parts": value})

    draw(worker, first, keyed["choice"])
    value[first] = keyed | {"breaks": BREAKS}
    gone = hands.arrow_card(bench, view, "d2-d8", "leads_to")
    keys.press_on(gone.locator(".cl-link-head button"))
    expect(gone).to_have_count(0)
    del value["d2-d8"]
    bench.stored(LINK, {"parts": value})
    for arrow, one in others:
        draw(worker, arrow, one["choice"])
        told = hands.arrow_card(bench, view, arrow, one["choice"])
        keys.mark(bench, told.locator(".cl-mark-button"), one["evidence"])
    value |= dict(others)
    bench.stored(LINK, {"parts": value})
    worker.commit(LINK)
    both = bench.root.locator(".cl-link-overlay .cl-arc.is-both")
    expect(both).to_have_count(len(value))

    bench.page.reload()
    bench.ready()
    bench.stored(LINK, {"parts": value})
    expect(both).to_have_count(len(value))
