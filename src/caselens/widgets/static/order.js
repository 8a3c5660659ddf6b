// Order: steps that wait, and steps in the trainee's order, moved by buttons.
import { partLabel, viewParts } from "./choices.js";
import { h, fill } from "./dom.js";
import { say } from "./strings.js";

/** The task kind `order`. */
export const orderInteraction = {
  fits: (view) => view.kind === "order",
  blanks: (view, value) => unplacedParts(view, value).map(partLabel),
  count: (view, value) => {
    const of = viewParts(view).length;
    return { done: of - unplacedParts(view, value).length, of };
  },
  draw: drawOrder,
  after: drawOrders,
};

/** The ids that have a place, first to last. */
export function orderedIds(view, value) {
  const placeOf = (id) => Number(value?.parts?.[id]?.choice) || 0;
  const ids = viewParts(view).map(({ id }) => id);
  return ids.filter(placeOf).sort((one, two) => placeOf(one) - placeOf(two));
}

/** The value that holds this order: places as text, from "1"; {} where there is none. */
export function orderValue(ids) {
  if (!ids.length) return {};
  const part = (id, index) => [id, { choice: String(index + 1), evidence: [] }];
  return { parts: Object.fromEntries(ids.map(part)) };
}

function unplacedParts(view, value) {
  const placed = orderedIds(view, value);
  return viewParts(view).filter(({ id }) => !placed.includes(id));
}

function drawOrder(context) {
  const { view } = context;
  const board = { context, ids: orderedIds(view, context.value) };
  board.waiting = h("ul", { class: "cl-order-waiting", role: "list" });
  board.placed = h("ol", { class: "cl-order", role: "list" });
  board.notes = [
    h("p", { class: "cl-help" }, say("order.allPlaced")),
    h("p", { class: "cl-help" }, say("order.nonePlaced")),
    h("p", { class: "cl-help" }, say("order.how")),
  ];
  board.steps = viewParts(view).map((part) => drawOrderStep(board, part));
  updateBoard(board);
  return h(
    "div",
    { class: "cl-ordering" },
    orderTitle(say("order.waiting")),
    board.notes[0],
    context.readOnly ? null : board.notes[2],
    board.waiting,
    orderTitle(say("order.yours")),
    board.notes[1],
    board.placed,
  );
}

function orderTitle(text) {
  return h("h4", { class: "cl-order-title" }, text);
}

// Each step is drawn twice, as a button that waits and as a line of the order.
function drawOrderStep(board, part) {
  const { readOnly } = board.context;
  const text = partLabel(part);
  const step = { id: part.id, text, number: h("span", { class: "cl-order-number" }) };
  step.place = h(
    "button",
    { type: "button", class: "cl-order-wait", disabled: readOnly },
    text,
  );
  step.place.addEventListener("click", () => appendStep(board, step));
  step.waiting = h("li", {}, step.place);
  step.up = moveButton("↑", say("order.up", { text }), () => moveStep(board, step, -1));
  step.down = moveButton("↓", say("order.down", { text }), () => moveStep(board, step, 1));
  step.out = moveButton("×", say("order.out", { text }), () => takeOut(board, step));
  const moves = readOnly ? null : [step.up, step.down, step.out];
  const line = h("span", { class: "cl-order-text" }, text);
  const tools = moves ? h("span", { class: "cl-order-moves" }, moves) : null;
  step.placed = h("li", {}, step.number, line, tools);
  return step;
}

function moveButton(sign, name, click) {
  const attributes = { type: "button", "aria-label": name, title: name, on: { click } };
  return h("button", attributes, h("span", { "aria-hidden": "true" }, sign));
}

function updateBoard(board) {
  const { ids, steps } = board;
  const placed = ids.map((id) => steps.find((step) => step.id === id));
  const waiting = steps.filter(({ id }) => !ids.includes(id));
  placed.forEach((step, index) => {
    fill(step.number, index + 1);
    // A button that went dead under the finger would lose the focus: it only says so.
    step.up.setAttribute("aria-disabled", String(index === 0));
    step.down.setAttribute("aria-disabled", String(index === placed.length - 1));
  });
  fill(board.waiting, waiting.map((step) => step.waiting));
  fill(board.placed, placed.map((step) => step.placed));
  board.notes[0].hidden = waiting.length > 0;
  board.notes[2].hidden = waiting.length === 0;
  board.notes[1].hidden = placed.length > 0;
}

function keepOrder(board, ids) {
  board.ids = ids;
  updateBoard(board);
  board.context.change(orderValue(ids), 0);
}

function sayPlace(board, step) {
  const values = { text: step.text, n: board.ids.indexOf(step.id) + 1 };
  board.context.announce(say("order.moved", { ...values, of: board.ids.length }));
}

// The next step that waits takes the focus, so that a whole order is a few presses.
function appendStep(board, step) {
  const waiting = board.steps.filter(({ id }) => !board.ids.includes(id));
  const next = waiting[waiting.indexOf(step) + 1] ?? waiting[waiting.indexOf(step) - 1];
  keepOrder(board, [...board.ids, step.id]);
  (next?.place ?? step.up).focus();
  sayPlace(board, step);
}

function moveStep(board, step, by) {
  const from = board.ids.indexOf(step.id);
  const to = from + by;
  if (to >= 0 && to < board.ids.length) {
    const ids = board.ids.filter((id) => id !== step.id);
    ids.splice(to, 0, step.id);
    keepOrder(board, ids);
    (by < 0 ? step.up : step.down).focus();
  }
  sayPlace(board, step);
}

function takeOut(board, step) {
  keepOrder(board, board.ids.filter((id) => id !== step.id));
  step.place.focus();
  board.context.announce(say("order.taken", { text: step.text }));
}

/** Steps by place, those with an equal place together: [{place, ids}]. */
export function placeLines(parts, field) {
  const lines = new Map();
  for (const part of parts) {
    const place = Number(part[field]) || 0;
    if (place) lines.set(place, [...(lines.get(place) ?? []), part.part]);
  }
  return [...lines]
    .sort(([one], [two]) => one - two)
    .map(([place, ids]) => ({ place, ids }));
}

function drawOrders({ view, feedback }) {
  const parts = feedback?.parts ?? [];
  const course = placeLines(parts, "answer");
  if (!course.length) return null;
  const texts = new Map(viewParts(view).map((part) => [part.id, partLabel(part)]));
  return h(
    "div",
    { class: "cl-beside cl-orders" },
    drawPlaces(say("order.yours"), placeLines(parts, "choice"), texts),
    drawPlaces(say("order.course"), course, texts),
  );
}

function drawPlaces(title, lines, texts) {
  const rows = lines.map(({ place, ids }) => {
    const words = ids.map((id) => h("p", {}, texts.get(id) ?? id));
    const either = ids.length > 1 ? h("p", { class: "cl-help" }, say("order.either")) : null;
    const number = h("span", { class: "cl-order-number" }, place);
    return h("li", {}, number, h("div", { class: "cl-order-text" }, words, either));
  });
  const body = rows.length
    ? h("ol", { class: "cl-order", role: "list" }, rows)
    : h("p", { class: "cl-help" }, say("order.nothing"));
  return h("section", {}, h("h4", {}, title), body);
}
