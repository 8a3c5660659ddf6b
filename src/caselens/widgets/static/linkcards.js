// The cards of the arrows: what each says, its sentences, and what would break it.
import { h, fill, nextId } from "./dom.js";
import { markButton } from "./evidence.js";
import { drawLinkWords, linkWords } from "./linkwords.js";
import { say } from "./strings.js";
import { TEXT_DELAY } from "./writing.js";

/**
 * The list of cards: {element, show(arrows), light(key), focus(key), mark(key), keys()},
 * where `mark` begins marking sentences. `keep(key, partial, delay)` takes what changed in
 * one, `remove(key)` the wish to take it away, `over(key)` which card is pointed at.
 */
export function createLinkCards(context, { keep, remove, over }) {
  const list = { context, keep, remove, over, cards: new Map() };
  list.element = h("ul", { class: "cl-link-cards", role: "list" });
  list.privacy = h("p", { class: "cl-help", id: nextId("rule") }, say("write.privacy"));
  return {
    element: h("div", {}, list.privacy, list.element),
    show: (arrows) => showLinkCards(list, arrows),
    light: (key) =>
      list.cards.forEach((card, own) => card.element.classList.toggle("is-lit", own === key)),
    focus: (key) => list.cards.get(key)?.mark.focus(),
    mark: (key) => list.cards.get(key)?.mark.click(),
    keys: () => [...list.cards.keys()],
  };
}

function showLinkCards(list, arrows) {
  const before = list.cards;
  const cardOf = (arrow) => {
    const card = before.get(arrow.key);
    return card?.choice === arrow.choice ? card : drawLinkCard(list, arrow);
  };
  list.cards = new Map(arrows.map((arrow) => [arrow.key, cardOf(arrow)]));
  fill(list.element, [...list.cards.values()].map((card) => card.element));
  list.privacy.hidden = !arrows.length || Boolean(list.context.readOnly);
}

function drawLinkCard(list, arrow) {
  const { context, keep, over } = list;
  const { key, choice } = arrow;
  const attributes = { class: "cl-link-words", id: nextId("arrow") };
  const words = h("p", attributes, drawLinkWords(context.view, arrow));
  const label = linkWords(context.view, arrow);
  const change = (evidence) => keep(key, { evidence }, 0);
  const mark = markButton(context, { key, label, ids: arrow.evidence, change });
  const remove = context.readOnly ? null : drawLinkRemove(list, key, label);
  const element = h(
    "li",
    { class: "cl-link-card" },
    h("div", { class: "cl-link-head" }, words, remove),
    h("div", { class: "cl-part-foot" }, mark),
    drawLinkBreaks(list, arrow, words.id),
  );
  const [on, off] = [() => over(key), () => over(null)];
  const listeners = { mouseenter: on, focusin: on, mouseleave: off, focusout: off };
  Object.entries(listeners).forEach(([type, fn]) => element.addEventListener(type, fn));
  return { element, choice, mark };
}

function drawLinkRemove(list, key, label) {
  const attributes = { type: "button", class: "cl-quiet" };
  const name = say("link.removeFor", { arrow: label });
  const on = { click: () => list.remove(key) };
  return h("button", { ...attributes, "aria-label": name, on }, say("link.remove"));
}

function drawLinkBreaks({ context, keep, privacy }, { key, breaks }, words) {
  const id = nextId("breaks");
  const area = h("textarea", {
    id,
    rows: 2,
    value: breaks ?? "",
    disabled: context.readOnly,
    spellcheck: "true",
    "aria-describedby": `${words} ${privacy.id}`,
  });
  area.addEventListener("input", () => keep(key, { breaks: area.value }, TEXT_DELAY));
  return h("div", { class: "cl-link-own" }, h("label", { for: id }, say("link.breaks")), area);
}
