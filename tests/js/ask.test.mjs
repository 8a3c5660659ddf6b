import assert from "node:assert/strict";
import { test } from "node:test";
import { loadPage } from "./load.mjs";
import { fields, pick, taskContext, write } from "./tasks.mjs";

const { askInteraction, TEXT_DELAY } = await loadPage();
const QUESTIONS = [
  { id: "q1", label: "What goes through your mind just before you close it again?" },
  { id: "q2", label: "Why?" },
];
const CHOICES = [{ id: "less", label: "Less likely" }, { id: "more", label: "More likely" }];
const accounts = (reply) => [
  { id: `${reply}-h1`, text: "She fears a no." },
  { id: `${reply}-h2`, text: "She fears a yes." },
];
const VIEW = {
  id: "c1-ask",
  kind: "ask",
  own: "Or your own:",
  groups: [
    { choices: QUESTIONS, parts: [{ id: "next", text: "Which would you ask?" }] },
    { title: "“I could.”", choices: CHOICES, parts: accounts("r1") },
    { title: "“Nobody does.”", choices: CHOICES, parts: accounts("r2") },
  ],
};

function open(more) {
  const one = taskContext(VIEW, more);
  return { ...one, root: one.draw(askInteraction.draw(one.context)) };
}

test("the accounts come first, then the questions, the own question, and the replies", () => {
  const text = open().root.textContent;
  const order = ["The two accounts", "Which would you ask?", "Or your own:", "“I could.”", "“Nobody does.”"];
  const places = order.map((one) => text.indexOf(one));
  assert.ok(places.every((one) => one >= 0));
  assert.deepEqual([...places].sort((a, b) => a - b), places);
});

test("a reply is a quotation, and each account moves on its own under each reply", () => {
  const { root, kept } = open();
  const quoted = root.querySelectorAll("blockquote").map((one) => one.textContent);
  assert.deepEqual(quoted, ["“I could.”", "“Nobody does.”"]);
  pick(fields(root)[3].inputs[1]);
  assert.deepEqual(Object.keys(kept.values[0].parts), ["r2-h1"]);
  assert.equal(kept.values[0].parts["r2-h1"].choice, "more");
});

test("one's own question and the picked one do not overwrite each other", () => {
  const { root, kept } = open();
  write(root.querySelector("textarea"), "What then?");
  pick(fields(root)[0].inputs[1]);
  assert.equal(kept.values[0].own, "What then?");
  assert.equal(kept.delays[0], TEXT_DELAY);
  assert.equal(kept.values[1].own, "What then?");
  assert.equal(kept.values[1].parts.next.choice, "q2");
});

test("an own question that was written is there again", () => {
  const { root } = open({ entry: { value: { own: "And if he said yes?", parts: {} } } });
  assert.equal(root.querySelector("textarea").value, "And if he said yes?");
});

test("what is blank is named by its reply; the own question is never missing", () => {
  const value = { parts: { "r1-h1": { choice: "less" }, "r2-h1": { choice: "more" } } };
  assert.deepEqual(askInteraction.blanks(VIEW, value), [
    "Which would you ask?",
    "Reply 1: She fears a yes.",
    "Reply 2: She fears a yes.",
  ]);
  assert.deepEqual(askInteraction.count(VIEW, value), { done: 2, of: 5 });
});

test("once explained, one's own question stands beside the course's", () => {
  const feedback = { parts: [{ part: "next", keyed: QUESTIONS[0].label }] };
  const after = (own) =>
    askInteraction.after({ view: VIEW, value: { own, parts: {} }, feedback });
  const sections = after(" And then? ").querySelectorAll("section");
  const texts = sections.map((one) => one.querySelector("p").textContent);
  assert.deepEqual(texts, ["And then?", QUESTIONS[0].label]);
  assert.equal(after("  "), null);
});
