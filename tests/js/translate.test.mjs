import assert from "node:assert/strict";
import { test } from "node:test";
import { loadPage } from "./load.mjs";
import { fields, fire, pick, taskContext } from "./tasks.mjs";

const { translateInteraction } = await loadPage();
const CHOICES = [
  { id: "k1", letter: "A", label: "She expects to be a burden." },
  { id: "k2", letter: "B", label: "She is angry." },
  { id: "none", letter: "", label: "No counterpart" },
];
const PARTS = [{ id: "a1", text: "“He will see.”" }, { id: "a2", text: "She checks." }];
const VIEW = { id: "c1-translate", kind: "translate", groups: [{ choices: CHOICES, parts: PARTS }] };

function open(more) {
  const one = taskContext(VIEW, more);
  const root = one.draw(translateInteraction.draw(one.context));
  const lines = root.querySelector(".cl-counterparts").children;
  return { ...one, root, lines, lit: () => lines.map((line) => line.hasClass("is-lit")) };
}

test("the lettered list holds the counterparts, and not that there is none", () => {
  const { lines } = open();
  assert.deepEqual(lines.map((line) => line.textContent), [
    "AShe expects to be a burden.",
    "BShe is angry.",
  ]);
});

test("a letter is read out with the whole counterpart", () => {
  const [first] = fields(open().root);
  assert.deepEqual(first.labels.map((label) => label.textContent), [
    "A: She expects to be a burden.",
    "B: She is angry.",
    "No counterpart",
  ]);
});

test("a letter lights its counterpart while it is pointed at or holds the focus", () => {
  const { root, lit } = open();
  const { labels } = fields(root)[1];
  fire(labels[1], "mouseenter");
  assert.deepEqual(lit(), [false, true]);
  fire(labels[1], "mouseleave");
  assert.deepEqual(lit(), [false, false]);
  fire(labels[0], "focusin");
  assert.deepEqual(lit(), [true, false]);
  fire(labels[2], "focusin");
  assert.deepEqual(lit(), [false, false]);
});

test("a choice is kept, and its counterpart is said under the letters", () => {
  const { root, kept } = open();
  const [first, second] = fields(root);
  pick(first.inputs[1]);
  pick(second.inputs[2]);
  assert.deepEqual(kept.values.at(-1).parts, {
    a1: { choice: "k2", evidence: [] },
    a2: { choice: "none", evidence: [] },
  });
  assert.equal(first.node.querySelector(".cl-echo").textContent, "B: She is angry.");
  assert.equal(second.node.querySelector(".cl-echo").textContent, "");
  first.node.querySelector(".cl-clear").click();
  assert.equal(kept.values.at(-1).parts.a1.choice, null);
  assert.equal(first.node.querySelector(".cl-echo").textContent, "");
});

test("locked answers show what was chosen", () => {
  const entry = { value: { parts: { a1: { choice: "k1" } } } };
  const { root } = open({ entry, context: { readOnly: true } });
  const [first] = fields(root);
  assert.deepEqual(first.inputs.map((input) => Boolean(input.checked)), [true, false, false]);
  assert.ok(first.inputs.every((input) => input.disabled));
  assert.equal(first.node.querySelector(".cl-echo").textContent, "A: She expects to be a burden.");
});
