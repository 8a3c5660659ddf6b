// The trainee's own statements, each with the slot it was given, and arcs beside them.
import { createArcs } from "./arcs.js";
import { h } from "./dom.js";
import { say } from "./strings.js";

const ASIDE_SLOTS = new Set(["not_supported", "too_early"]);

/**
 * The statements with their slots, {id, text, slot, aside}: those that were placed come
 * first, in the order of the menu; those set aside or not placed come last.
 */
export function slottedStatements(view, slotsView, slotsValue) {
  const choices = slotsView?.groups?.[0]?.choices ?? [];
  const rows = (view.elements ?? []).map(({ id, text }) => {
    const choice = slotsValue?.parts?.[id]?.choice;
    const place = choices.findIndex((one) => one.id === choice);
    const slot = choices[place]?.label ?? null;
    return { id, text, slot, aside: !slot || ASIDE_SLOTS.has(choice), place };
  });
  const used = rows.filter(({ aside }) => !aside).sort((one, two) => one.place - two.place);
  return [...used, ...rows.filter(({ aside }) => aside)];
}

/**
 * The column of statements with arcs beside it: {element, arcs, boxes, under(id, node)},
 * where `under` puts a node below a statement. With `press(id)` each statement is a button,
 * and `touch(id)` is told which one is pointed at; `over(key)` is told which arc is, and
 * `pick(key)` which arc was pressed.
 */
export function createLinkDiagram(context, { press, touch, over, pick }) {
  const { view } = context;
  const slots = [context.viewOf(view.of), context.valueOf(view.of)];
  const rows = slottedStatements(view, ...slots);
  const boxes = new Map(rows.map((row) => [row.id, drawSlotted(row, press, touch)]));
  const items = new Map(rows.map(({ id }) => [id, h("li", {}, boxes.get(id))]));
  const list = (aside) => listSlotted(rows.filter((row) => row.aside === aside), items);
  const aside = rows.some((row) => row.aside);
  const title = aside ? h("h4", { class: "cl-link-aside" }, say("link.aside")) : null;
  const column = h("div", { class: "cl-link-column" }, list(false), title, list(true));
  const frame = h("div", { class: "cl-link-diagram" }, column);
  const arcs = createArcs({ frame, column, boxes, over, pick });
  frame.append(arcs.element);
  context.afterDraw(arcs.watch);
  return { element: frame, arcs, boxes, under: (id, node) => items.get(id).append(node) };
}

function listSlotted(rows, items) {
  if (!rows.length) return null;
  return h("ul", { role: "list" }, rows.map(({ id }) => items.get(id)));
}

function drawSlotted({ id, text, slot, aside }, press, touch) {
  const words = [
    h("span", { class: "cl-link-slot" }, slot ?? say("link.unplaced")),
    h("span", {}, text),
  ];
  const attributes = { class: aside ? "cl-link-box is-aside" : "cl-link-box" };
  if (!press) return h("div", attributes, words);
  const on = {
    click: () => press(id),
    mouseenter: () => touch(id),
    focus: () => touch(id),
    mouseleave: () => touch(null),
    blur: () => touch(null),
  };
  const state = { type: "button", "aria-pressed": "false", on };
  return h("button", { ...attributes, ...state }, words);
}
