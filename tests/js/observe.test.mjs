import assert from "node:assert/strict";
import { test } from "node:test";
import { loadPage } from "./load.mjs";
import { fields, fire, pick, taskContext } from "./tasks.mjs";

const { observeInteraction } = await loadPage();
const SOURCES = [{ id: "report", label: "Report", help: "Told." }, { id: "inference", label: "Inference" }];
const CONTENTS = [{ id: "thought", label: "Thought", help: "In words." }, { id: "body", label: "Body" }];
const part = (id, ask) => ({ id: `${id}-${ask}`, sentence: id, text: `${id}. Words`, evidence: false });
const VIEW = {
  id: "c1-observe",
  kind: "observe",
  groups: [
    { choices: SOURCES, parts: [part("s3", "source"), part("s8", "source")] },
    { choices: CONTENTS, parts: [part("s3", "content"), part("s8", "content")] },
  ],
};

function open(more) {
  const one = taskContext(VIEW, more);
  return { ...one, root: one.draw(observeInteraction.draw(one.context)) };
}

test("each sentence has one card with its text and both questions", () => {
  const cards = open().root.querySelectorAll(".cl-sorting");
  assert.equal(cards.length, 2);
  assert.match(cards[0].textContent, /Text of s3\./);
  assert.deepEqual(fields(cards[1]).map((one) => one.legend), [
    "How do we know it? Sentence 8.",
    "What is it about? Sentence 8.",
  ]);
});

test("what the words mean is said once, question by question", () => {
  const { root } = open();
  const titles = root.querySelectorAll(".cl-meanings-of").map((one) => one.textContent);
  assert.deepEqual(titles, ["How do we know it?", "What is it about?"]);
  const lists = root.querySelectorAll(".cl-meanings");
  assert.deepEqual(lists.map((one) => one.textContent), ["ReportTold.", "ThoughtIn words."]);
});

test("a choice in one row leaves the other rows alone", () => {
  const entry = { value: { parts: { "s8-source": { choice: "report", evidence: [] } } } };
  const { root, kept } = open({ entry });
  pick(fields(root)[1].inputs[1]);
  assert.deepEqual(kept.values.at(-1).parts, {
    "s8-source": { choice: "report", evidence: [] },
    "s3-content": { choice: "body", evidence: [] },
  });
  assert.equal(kept.delays[0], 0);
});

test("the sentence lights up while its card is pointed at or holds the focus", () => {
  const { root, kept } = open();
  const [, card] = root.querySelectorAll(".cl-sorting");
  for (const type of ["mouseenter", "mouseleave", "focusin", "focusout"]) fire(card, type);
  assert.deepEqual(kept.lit, [["s8"], [], ["s8"], []]);
});

test("the number of a sentence shows it in the case", () => {
  const { root, kept } = open();
  const button = root.querySelector(".cl-sorting").querySelector(".cl-link");
  assert.equal(button.getAttribute("aria-label"), "Show sentence 3");
  button.click();
  assert.deepEqual(kept.revealed, ["s3"]);
});

test("what is blank is named by its sentence and question", () => {
  const value = { parts: { "s3-source": { choice: "report" }, "s8-content": { choice: null } } };
  assert.deepEqual(observeInteraction.blanks(VIEW, value), [
    "Sentence 8 (how we know it)",
    "Sentence 3 (what it is about)",
    "Sentence 8 (what it is about)",
  ]);
  assert.deepEqual(observeInteraction.count(VIEW, value), { done: 1, of: 4 });
});

test("locked answers can be read and not changed", () => {
  const { root } = open({ context: { readOnly: true } });
  const inputs = root.querySelectorAll("input");
  assert.ok(inputs.length === 8 && inputs.every((input) => input.disabled));
  assert.equal(root.querySelector(".cl-clear"), null);
});
