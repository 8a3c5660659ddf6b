"""An answer on the page, kind by kind: to give it by mouse, and to see it there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Locator, expect

from tests.browser.words import say

if TYPE_CHECKING:
    from tests.browser.bench import Bench

Json = dict[str, Any]
# Short texts beside the choices: where the value keeps them.
BOXES = ("own", "repair", "offer")


def give(bench: Bench, view: Json, value: Json) -> None:
    """Give a value by mouse on a screen on which nothing is answered yet."""
    GIVE.get(view["kind"], give_choices)(bench, view, value)
    for label, text in boxes(view, value):
        bench.write(label, text)


def shows(bench: Bench, view: Json, value: Json) -> None:
    """Wait until the screen of a task shows a value, whether it is open or locked."""
    SHOWS.get(view["kind"], shows_choices)(bench, view, value)
    for label, text in boxes(view, value):
        expect(bench.root.get_by_label(label)).to_have_value(text)


def boxes(view: Json, value: Json) -> Iterator[tuple[str, str]]:
    labels = view | {"offer": (view.get("agenda") or {}).get("offer")}
    return ((labels[name], value[name]) for name in BOXES if value.get(name))


def answers(view: Json, value: Json) -> Iterator[tuple[Json, Json, Json]]:
    """Every answered part with the group that holds it."""
    for group in view["groups"]:
        for part in group["parts"]:
            given = value["parts"].get(part["id"]) or {}
            if given.get("choice") or given.get("evidence"):
                yield group, part, given


def field(bench: Bench, view: Json, group: Json, part: Json) -> Locator:
    """Where one part is answered: its group of choices, or a statement's menu."""
    kind, within = view["kind"], bench.root.get_by_role
    if kind == "observe":
        card = within("group", name=bench.text(part["sentence"]), exact=True)
        return card.get_by_role("group", name=begins(group["title"]))
    if kind == "appraise":
        text, _, criterion = part["text"].partition(": ")
        card = within("group", name=text, exact=True)
        return card.get_by_role("group", name=criterion, exact=True)
    if kind == "ask" and group.get("title"):
        reply = within("group", name=group["title"])
        return reply.get_by_role("group", name=part["text"], exact=True)
    return bench.part(part["text"])


def radio(view: Json, place: Locator, choice: Json) -> Locator:
    name = choice["label"]
    if choice.get("letter"):
        name = begins(choice["letter"] + r"\b", plain=False)
    if view["kind"] == "appraise":
        name = f"{choice['label']}. {choice['help']}"
    return place.get_by_role("radio", name=name, exact=True)


def begins(text: str, *, plain: bool = True) -> re.Pattern[str]:
    return re.compile("^" + (re.escape(text) if plain else text))


def by_id(rows: list[Json]) -> dict[str, Json]:
    return {row["id"]: row for row in rows}


def give_choices(bench: Bench, view: Json, value: Json) -> None:
    for group, part, given in answers(view, value):
        place = field(bench, view, group, part)
        if given.get("choice"):
            choice = by_id(group["choices"])[given["choice"]]
            menu = place.get_by_role("combobox")
            if menu.count():
                menu.select_option(label=choice["label"])
            else:
                radio(view, place, choice).check()
        if given.get("evidence"):
            bench.mark_at(place.locator(".cl-mark-button"), given["evidence"])
    if view.get("agenda"):
        agenda = bench.root.get_by_role("group", name=view["agenda"]["prompt"])
        names = by_id(view["groups"][0]["parts"])
        for goal in value.get("agenda", []):
            agenda.get_by_label(names[goal]["text"], exact=True).check()


def shows_choices(bench: Bench, view: Json, value: Json) -> None:
    for group, part, given in answers(view, value):
        place = field(bench, view, group, part)
        if given.get("choice"):
            choice = by_id(group["choices"])[given["choice"]]
            menu = place.get_by_role("combobox")
            if menu.count():
                expect(menu).to_have_value(choice["id"])
            else:
                expect(radio(view, place, choice)).to_be_checked()
        bench.shows_marked(place.locator(".cl-mark-button"), given.get("evidence"))
    chosen = sum(bool(given.get("choice")) for _, _, given in answers(view, value))
    shown = ".cl-group input:checked, .cl-group option:not([value='']):checked"
    expect(bench.root.locator(shown)).to_have_count(chosen)


def give_claim(bench: Bench, view: Json, value: Json) -> None:
    for one in value["marked"]:
        bench.tick(one)


def shows_claim(bench: Bench, view: Json, value: Json) -> None:
    picked = bench.root.locator(".cl-picked").get_by_role("listitem")
    numbers = sorted(bench.number(one) for one in value["marked"])
    expect(picked).to_have_text([begins(f"{one}") for one in numbers])


def give_text(bench: Bench, view: Json, value: Json) -> None:
    bench.write(say("write.label"), value["text"])


def shows_text(bench: Bench, view: Json, value: Json) -> None:
    expect(bench.root.get_by_label(say("write.label"))).to_have_value(value["text"])


def label_row(bench: Bench, part: Json) -> Locator:
    """The row of a label that may be picked."""
    name = bench.page.get_by_text(part["text"], exact=True)
    return bench.root.locator(".cl-pick-row").filter(has=name)


def label_box(bench: Bench, part: Json) -> Locator:
    row = label_row(bench, part)
    name = part["text"]
    box = row.get_by_role("checkbox", name=name, exact=True)
    return box.or_(row.get_by_role("radio", name=name, exact=True))


def give_picked(bench: Bench, view: Json, value: Json) -> None:
    parts = by_id(view["groups"][0]["parts"])
    for label, given in value["parts"].items():
        label_box(bench, parts[label]).check()
        if given.get("evidence"):
            button = label_row(bench, parts[label]).locator(".cl-mark-button")
            bench.mark_at(button, given["evidence"])


def shows_picked(bench: Bench, view: Json, value: Json) -> None:
    for part in view["groups"][0]["parts"]:
        given = value["parts"].get(part["id"])
        expect(label_box(bench, part)).to_be_checked(checked=bool(given))
        button = label_row(bench, part).locator(".cl-mark-button")
        bench.shows_marked(button, (given or {}).get("evidence"))


def statement(bench: Bench, view: Json, element: str) -> Locator:
    """The button of a statement, from which arrows go."""
    text = by_id(view["elements"])[element]["text"]
    buttons = bench.root.locator(".cl-link-diagram").get_by_role("button")
    return buttons.filter(has=bench.page.get_by_text(text, exact=True))


def arrow_card(bench: Bench, view: Json, arrow: str, relation: str) -> Locator:
    """What is said about one arrow, below the drawing or in the overlay."""
    texts = {one["id"]: one["text"] for one in view["elements"]}
    one, two = (texts[end].removesuffix(".") for end in arrow.split("-"))
    label = by_id(view["relations"])[relation]["label"]
    cards = bench.root.locator(".cl-link-cards:visible").get_by_role("listitem")
    return cards.filter(has_text=f"“{one}” {label} “{two}”")


def draw_arrow(bench: Bench, view: Json, arrow: str, relation: str) -> None:
    """Draw an arrow, or say anew what one does."""
    for end in arrow.split("-"):
        statement(bench, view, end).click()
    panel = bench.root.locator(".cl-link-panel")
    label = by_id(view["relations"])[relation]["label"]
    panel.get_by_role("radio", name=begins(label)).check()
    draw = panel.get_by_role("button", name=say("link.add"), exact=True)
    change = panel.get_by_role("button", name=say("link.change"), exact=True)
    draw.or_(change).click()


def give_arrows(bench: Bench, view: Json, value: Json) -> None:
    for arrow, given in value["parts"].items():
        draw_arrow(bench, view, arrow, given["choice"])
        card = arrow_card(bench, view, arrow, given["choice"])
        if given.get("evidence"):
            bench.mark_at(card.locator(".cl-mark-button"), given["evidence"])
        if given.get("breaks"):
            card.get_by_role("textbox").fill(given["breaks"])


def shows_arrows(bench: Bench, view: Json, value: Json) -> None:
    for arrow, given in value["parts"].items():
        card = arrow_card(bench, view, arrow, given["choice"])
        expect(card.get_by_role("textbox")).to_have_value(given.get("breaks") or "")
        bench.shows_marked(card.locator(".cl-mark-button"), given.get("evidence"))
        arc = bench.root.locator(f".cl-arc[data-key='{arrow}']")
        expect(arc).to_have_count(1)
    expect(bench.root.locator(".cl-arc")).to_have_count(len(value["parts"]))


def in_order(view: Json, value: Json) -> list[str]:
    """The texts of the steps that have a place, first to last."""
    texts = {one["id"]: one["text"] for one in view["groups"][0]["parts"]}
    places = sorted(value["parts"], key=lambda one: int(value["parts"][one]["choice"]))
    return [texts[one] for one in places]


def give_order(bench: Bench, view: Json, value: Json) -> None:
    for text in in_order(view, value):
        bench.press(text)


def shows_order(bench: Bench, view: Json, value: Json) -> None:
    lines = bench.root.locator(".cl-ordering .cl-order .cl-order-text")
    expect(lines).to_have_text(in_order(view, value))


GIVE = {
    "evidence": give_claim,
    "write": give_text,
    "pick": give_picked,
    "link": give_arrows,
    "order": give_order,
}
SHOWS = {
    "evidence": shows_claim,
    "write": shows_text,
    "pick": shows_picked,
    "link": shows_arrows,
    "order": shows_order,
}
