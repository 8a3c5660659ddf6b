import assert from "node:assert/strict";
import { test } from "node:test";
import { loadPage } from "./load.mjs";
import { fields, pick, taskContext, write } from "./tasks.mjs";

const { appraiseInteraction, TEXT_DELAY } = await loadPage();
const LEVELS = [
  { points: 0, label: "Not yet", text: "Nothing is tied to a sentence." },
  { points: 2, label: "Sound", text: "Most is." },
];
const CRITERIA = [
  { id: "grounded", name: "Grounded", question: "Can it be traced?", levels: LEVELS },
  { id: "fair", name: "Fair", levels: LEVELS },
];
const group = (text, { id, name }) => ({
  text_id: text,
  criterion: id,
  choices: LEVELS.map(({ points, label }) => ({ id: String(points), label })),
  parts: [{ id: `${text}-${id}`, text: `Text ${text.slice(1)}: ${name}` }],
});
const VIEW = {
  id: "c1-appraise",
  kind: "appraise",
  texts: [{ id: "t1", text: "One.\n\nTwo." }, { id: "t2", text: "Other." }],
  rubric: { criteria: CRITERIA },
  repair: "Mend the weaker.",
  groups: ["t1", "t2"].flatMap((text) => CRITERIA.map((one) => group(text, one))),
};

function open(more, view = VIEW) {
  const one = taskContext(view, more);
  return { ...one, root: one.draw(appraiseInteraction.draw(one.context)) };
}

test("each text stands above its own criteria, with the words of the levels", () => {
  const texts = open().root.querySelectorAll(".cl-appraised");
  assert.equal(texts.length, 2);
  assert.match(texts[0].textContent, /^Text 1One\.Two\.Grounded/);
  const [first] = fields(texts[1]);
  assert.equal(first.legend, "Grounded");
  assert.match(first.node.textContent, /Can it be traced\?/);
  assert.equal(first.labels[1].textContent, "Sound. Most is.");
});

test("a level is kept as text under its text and criterion, beside the repair", () => {
  const { root, kept } = open();
  write(root.querySelector("textarea"), "Better so.");
  pick(fields(root)[3].inputs[1]);
  assert.equal(kept.delays[0], TEXT_DELAY);
  assert.deepEqual(kept.values.at(-1), {
    parts: { "t2-fair": { choice: "2", evidence: [] } },
    repair: "Better so.",
  });
});

test("a chosen level is shown as chosen", () => {
  const { root } = open({ entry: { value: { parts: { "t1-fair": { choice: "0" } } } } });
  assert.deepEqual(fields(root)[1].inputs.map((input) => Boolean(input.checked)), [true, false]);
});

test("without the rubric the levels' names are there", () => {
  const { root } = open({}, { ...VIEW, rubric: null });
  assert.deepEqual(fields(root)[0].labels.map((one) => one.textContent), ["Not yet", "Sound"]);
});

test("what is blank is named by text and criterion, and so is an empty repair", () => {
  const value = { parts: { "t1-grounded": { choice: "0" }, "t2-fair": { choice: "2" } } };
  const blanks = ["Text 1: Fair", "Text 2: Grounded"];
  assert.deepEqual(appraiseInteraction.blanks(VIEW, value), [...blanks, "Mend it"]);
  assert.deepEqual(appraiseInteraction.blanks(VIEW, { ...value, repair: "Better." }), blanks);
  assert.deepEqual(appraiseInteraction.count(VIEW, value), { done: 2, of: 4 });
});

function after(model, value = null) {
  const feedback = model ? { model } : {};
  const one = taskContext(VIEW, { entry: { value }, context: { feedback } });
  return one.draw(appraiseInteraction.after(one.context));
}

test("afterwards the model repair stands beside one's own, its sentences linked", () => {
  const model = { text: "It rests on s4.", look_for: ["A rival, s5."] };
  const root = after(model, { repair: "Mine." });
  const [own, course] = root.querySelector(".cl-beside").children;
  assert.equal(own.textContent, "Your repairMine.");
  assert.match(course.textContent, /It rests on sentence 4\./);
  assert.match(root.querySelector(".cl-look").textContent, /A rival, sentence 5\./);
});

test("afterwards a blank repair is called blank, and no model is no comparison", () => {
  assert.match(after({ text: "So." }).textContent, /Nothing was written/);
  assert.equal(after(null).textContent, "");
});
