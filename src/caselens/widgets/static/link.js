// Link: arrows between the statements of the trainee's own formulation.
import { h } from "./dom.js";
import { builderLines, createLinkBuilder } from "./linkbuilder.js";
import { createLinkCards } from "./linkcards.js";
import { createLinkDiagram } from "./linkdiagram.js";
import { drawLinkOverlay } from "./linkoverlay.js";
import { drawnLinks, linkArcs, linkWords } from "./linkwords.js";
import { say } from "./strings.js";

/** The task kind `link`. */
export const linkInteraction = {
  fits: (view) => Boolean(view.elements && view.relations),
  blanks: (view, value) => (drawnLinks(view, value).length ? [] : [view.title]),
  count: (view, value) => ({ done: drawnLinks(view, value).length ? 1 : 0, of: 1 }),
  draw: drawLink,
  after: drawLinkOverlay,
};

const NO_ARROW = { from: null, to: null, added: null };

function drawLink(context) {
  const desk = { context, value: { ...context.value }, ...NO_ARROW };
  const over = (key) => lightArrow(desk, key);
  desk.diagram = createLinkDiagram(context, {
    press: context.readOnly ? null : (id) => pressStatement(desk, id),
    touch: (id) => touchStatement(desk, id),
    over,
    pick: (key) => desk.cards.focus(key),
  });
  desk.cards = createLinkCards(context, {
    keep: (key, partial, delay) => keepArrow(desk, key, partial, delay),
    remove: (key) => removeArrow(desk, key),
    over,
  });
  desk.builder = createLinkBuilder(context.view, {
    add: (choice) => addArrow(desk, choice),
    cancel: () => cancelArrow(desk),
    mark: (key) => desk.cards.mark(key),
    announce: context.announce,
  });
  desk.title = h("h4", { class: "cl-link-title", tabindex: "-1" });
  showArrows(desk);
  const bar = context.readOnly ? null : desk.builder.bar;
  return [h("div", {}, bar, desk.diagram.element), desk.title, desk.cards.element];
}

function arrowsOf(desk) {
  return drawnLinks(desk.context.view, desk.value);
}

function isDeskFull(desk) {
  return arrowsOf(desk).length >= (desk.context.view.most ?? Infinity);
}

function arrowThere(desk) {
  return arrowsOf(desk).find(({ from, to }) => from === desk.from && to === desk.to);
}

/** Show the arrows everywhere, after one was drawn, changed or taken away. */
function showArrows(desk) {
  const { most } = desk.context.view;
  const count = arrowsOf(desk).length;
  desk.cards.show(arrowsOf(desk));
  desk.title.textContent = say(most ? "link.countOf" : "link.count", { count, most });
  showDesk(desk);
}

/** Show how far the arrow in hand has come. */
function showDesk(desk) {
  const { from, to, context, diagram, builder } = desk;
  const there = arrowThere(desk);
  builder.show(stateOf(desk));
  if (to) diagram.under(to, builder.panel);
  const draft = to && !there ? [{ key: "", from, to, tone: "draft" }] : [];
  diagram.arcs.show([...linkArcs(context.view, arrowsOf(desk)), ...draft]);
  if (context.readOnly) return;
  diagram.boxes.forEach((button, id) => {
    button.setAttribute("aria-pressed", String(id === from || id === to));
  });
}

function stateOf(desk) {
  const { from, to, added } = desk;
  return { from, to, added, there: arrowThere(desk), full: isDeskFull(desk) };
}

/** Say aloud what the bar says. */
function sayDesk(desk) {
  desk.context.announce(builderLines(desk.context.view, stateOf(desk)).join(" "));
}

/** An arc, its card and its sentences light up together. */
function lightArrow(desk, key) {
  const { evidence } = arrowsOf(desk).find((arrow) => arrow.key === key) ?? {};
  desk.diagram.arcs.light(key ? [key] : []);
  desk.cards.light(key);
  desk.context.vignette.highlight(evidence ?? []);
}

function touchStatement(desk, id) {
  const touching = arrowsOf(desk).filter(({ from, to }) => from === id || to === id);
  desk.diagram.arcs.light(touching.map(({ key }) => key));
}

function pressStatement(desk, id) {
  desk.context.marking.stop({ silent: true });
  if (id === desk.from) return cancelArrow(desk);
  return desk.from ? chooseTo(desk, id) : chooseFrom(desk, id);
}

function chooseFrom(desk, id) {
  Object.assign(desk, NO_ARROW, { from: id });
  showDesk(desk);
  sayDesk(desk);
}

function chooseTo(desk, id) {
  desk.to = id;
  // The number of arrows is limited; changing one that is there is always possible.
  const refused = isDeskFull(desk) && !arrowThere(desk);
  if (refused) Object.assign(desk, NO_ARROW);
  showDesk(desk);
  return refused ? sayDesk(desk) : desk.builder.focus();
}

function cancelArrow(desk) {
  const button = desk.diagram.boxes.get(desk.from);
  Object.assign(desk, NO_ARROW);
  showDesk(desk);
  button.focus();
  desk.context.announce(say("link.cancelled"));
}

// Arrows often follow on one another: the focus waits where this one leads.
function addArrow(desk, choice) {
  const { from, to } = desk;
  const key = `${from}-${to}`;
  Object.assign(desk, NO_ARROW, { added: { key, from, to, choice } });
  keepArrow(desk, key, { choice }, 0);
  showArrows(desk);
  desk.diagram.boxes.get(to).focus();
  const arrow = linkWords(desk.context.view, desk.added);
  desk.context.announce(say("link.drawn", { arrow }));
}

function keepArrow(desk, key, partial, delay) {
  const { parts } = desk.value;
  const blank = { choice: null, evidence: [], breaks: "" };
  const part = { ...blank, ...parts?.[key], ...partial };
  desk.value = { ...desk.value, parts: { ...parts, [key]: part } };
  desk.context.change(desk.value, delay);
}

function removeArrow(desk, key) {
  const { context, cards } = desk;
  const keys = cards.keys();
  const next = keys[keys.indexOf(key) + 1] ?? keys[keys.indexOf(key) - 1];
  const arrow = linkWords(context.view, arrowsOf(desk).find((one) => one.key === key));
  const { [key]: removed, ...parts } = desk.value.parts;
  if (context.marking.key() === key) context.marking.stop({ silent: true });
  Object.assign(desk, NO_ARROW, { value: { ...desk.value, parts } });
  context.change(desk.value, 0);
  showArrows(desk);
  lightArrow(desk, null);
  if (next) cards.focus(next);
  else desk.title.focus();
  context.announce(say("link.removed", { arrow }));
}
