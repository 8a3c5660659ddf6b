import assert from "node:assert/strict";
import { test } from "node:test";
import { loadPage } from "./load.mjs";
import { taskContext } from "./tasks.mjs";

const { orderInteraction, orderValue, orderedIds, placeLines } = await loadPage();
const PARTS = [
  { id: "f1", text: "Listen" },
  { id: "f2", text: "Ask" },
  { id: "f3", text: "Wait" },
];
const VIEW = { id: "t-order", kind: "order", groups: [{ choices: [], parts: PARTS }] };
const value = (...ids) => orderValue(ids);

function show(given, more = {}) {
  const made = taskContext(VIEW, { entry: { value: given }, context: more });
  const root = made.draw(orderInteraction.draw(made.context));
  const texts = (list, name) =>
    root.querySelector(list).children.map((row) => row.querySelector(name).textContent);
  const named = (name) => root.all().find((node) => node.getAttribute("aria-label") === name);
  return {
    ...made,
    root,
    named,
    waiting: () => texts(".cl-order-waiting", "button"),
    placed: () => texts(".cl-order", ".cl-order-text"),
    place: (text) =>
      root.querySelectorAll(".cl-order-wait").find((one) => one.textContent === text),
    focused: () => document.activeElement.getAttribute("aria-label"),
  };
}

test("places are kept as text from one on, and no order is an empty value", () => {
  assert.deepEqual(value("f3", "f1").parts, {
    f3: { choice: "1", evidence: [] },
    f1: { choice: "2", evidence: [] },
  });
  assert.deepEqual(value(), {});
});

test("an order is read by its places, whatever else the answer holds", () => {
  const parts = { f1: { choice: "2" }, f2: { choice: null }, f3: { choice: "1" }, x: { choice: "3" } };
  assert.deepEqual(orderedIds(VIEW, { parts }), ["f3", "f1"]);
  assert.deepEqual(orderedIds(VIEW, null), []);
});

test("what has no place yet is blank", () => {
  assert.deepEqual(orderInteraction.blanks(VIEW, value("f2")), ["Listen", "Wait"]);
  assert.deepEqual(orderInteraction.count(VIEW, value("f2")), { done: 1, of: 3 });
});

test("how to place a step is said for as long as one waits", () => {
  const shown = show();
  const said = () =>
    shown.root.all().find(({ textContent }) => /^Press a step/.test(textContent)).hidden;
  assert.equal(said(), false);
  ["Listen", "Ask", "Wait"].forEach((text) => shown.place(text).click());
  assert.equal(said(), true);
});

test("a step that is pressed goes to the end, and the next that waits has the focus", () => {
  const shown = show(value("f3"));
  shown.place("Listen").click();
  assert.deepEqual(shown.placed(), ["Wait", "Listen"]);
  assert.deepEqual(shown.waiting(), ["Ask"]);
  assert.deepEqual(shown.kept.values, [value("f3", "f1")]);
  assert.equal(document.activeElement.textContent, "Ask");
  assert.deepEqual(shown.kept.said, ["Place 2 of 2: Listen"]);
});

test("the last step that is placed takes the focus along", () => {
  const shown = show(value("f3", "f1"));
  shown.place("Ask").click();
  assert.equal(shown.focused(), "Move up: Ask");
});

test("a step moves by its buttons, is announced, and keeps the focus", () => {
  const shown = show(value("f1", "f2", "f3"));
  shown.named("Move up: Wait").click();
  assert.deepEqual(shown.placed(), ["Listen", "Wait", "Ask"]);
  assert.equal(shown.focused(), "Move up: Wait");
  shown.named("Move down: Listen").click();
  assert.deepEqual(shown.placed(), ["Wait", "Listen", "Ask"]);
  assert.equal(shown.focused(), "Move down: Listen");
  assert.deepEqual(shown.kept.said, ["Place 2 of 3: Wait", "Place 2 of 3: Listen"]);
  assert.deepEqual(shown.kept.values.at(-1), value("f3", "f1", "f2"));
});

test("a step that cannot move further only says where it is", () => {
  const shown = show(value("f1", "f2"));
  assert.equal(shown.named("Move up: Listen").getAttribute("aria-disabled"), "true");
  shown.named("Move up: Listen").click();
  assert.deepEqual(shown.kept.values, []);
  assert.deepEqual(shown.kept.said, ["Place 1 of 2: Listen"]);
});

test("a step that is taken out waits again, with the focus on it", () => {
  const shown = show(value("f2"));
  shown.named("Take out: Ask").click();
  assert.deepEqual(shown.waiting(), ["Listen", "Ask", "Wait"]);
  assert.deepEqual(shown.kept.values, [{}]);
  assert.equal(document.activeElement.textContent, "Ask");
});

test("a locked order has no buttons to move it", () => {
  const shown = show(value("f2", "f1"), { readOnly: true });
  assert.deepEqual(shown.placed(), ["Ask", "Listen"]);
  assert.equal(shown.root.querySelector(".cl-order-moves"), null);
  assert.equal(shown.place("Wait").disabled, true);
});

const FEEDBACK = {
  parts: [
    { part: "f1", choice: "1", answer: "2" },
    { part: "f2", choice: null, answer: "1" },
    { part: "f3", choice: "2", answer: "2" },
  ],
};

test("steps with an equal place stand on one line", () => {
  assert.deepEqual(placeLines(FEEDBACK.parts, "answer"), [
    { place: 1, ids: ["f2"] },
    { place: 2, ids: ["f1", "f3"] },
  ]);
});

test("afterwards one's own order stands beside the course's", () => {
  const { context, draw } = taskContext(VIEW, { context: { feedback: FEEDBACK } });
  const root = draw(orderInteraction.after(context));
  const [own, course] = root.querySelectorAll("section");
  const words = (node) => node.querySelectorAll("li").map((row) => row.textContent);
  assert.deepEqual(words(own), ["1Listen", "2Wait"]);
  assert.deepEqual(words(course), ["1Ask", "2ListenWaitEither order is right."]);
});

test("without the course's order there is nothing to compare", () => {
  const { context } = taskContext(VIEW);
  assert.equal(orderInteraction.after(context), null);
});
