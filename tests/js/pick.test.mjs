import assert from "node:assert/strict";
import { test } from "node:test";
import { loadPage } from "./load.mjs";
import { fire, taskContext } from "./tasks.mjs";

const { pickInteraction } = await loadPage();
const PARTS = [
  { id: "denial", text: "Denial", help: "Not seeing.", source: "Perry, 2021", evidence: true },
  { id: "humor", text: "Humor", help: "Seeing what is funny.", evidence: true },
  { id: "altruism", text: "Altruism", evidence: false },
];
const view = (several) => ({
  id: "t-pick",
  kind: "pick",
  title: "Name it",
  several,
  groups: [{ choices: [{ id: "fits", label: "It fits" }], parts: PARTS }],
});
const ONE = { choice: "fits", evidence: ["s3"] };

function show(several, value = null, more = {}) {
  const made = taskContext(view(several), { entry: { value }, context: more });
  const root = made.draw(pickInteraction.draw(made.context));
  const rows = root.querySelectorAll(".cl-pick-row").map((node) => ({
    node,
    box: node.querySelector("input"),
    foot: node.querySelector(".cl-part-foot"),
    mark: node.querySelector(".cl-mark-button"),
  }));
  const set = (index, on) => {
    rows[index].box.checked = on;
    fire(rows[index].box, "change");
  };
  return { ...made, root, rows, set, last: () => made.kept.values.at(-1)?.parts };
}

const types = ({ rows }) => rows.map(({ box }) => box.getAttribute("type"));

test("several labels are boxes, one label of many is a radio button", () => {
  assert.deepEqual(types(show(true)), ["checkbox", "checkbox", "checkbox"]);
  assert.deepEqual(types(show(false)), ["radio", "radio", "radio"]);
});

test("the list says that sentences are to be marked where labels ask for them", () => {
  const legend = (shown) => shown.root.querySelector("legend").textContent;
  assert.match(legend(show(true)), /^Tick every one that fits, and mark the sentence/);
  assert.match(legend(show(false)), /^Choose the one that fits best, and mark the sentence/);
});

test("only the labels that are ticked are kept, in the order of the list", () => {
  const shown = show(true);
  shown.set(1, true);
  shown.set(0, true);
  assert.deepEqual(Object.keys(shown.last()), ["denial", "humor"]);
  assert.deepEqual(shown.last().humor, { choice: "fits", evidence: [] });
  shown.set(1, false);
  assert.deepEqual(Object.keys(shown.last()), ["denial"]);
  assert.deepEqual(shown.kept.delays, [0, 0, 0]);
});

test("where one fits, another choice takes its place", () => {
  const shown = show(false, { parts: { denial: ONE } });
  shown.set(1, true);
  assert.deepEqual(Object.keys(shown.last()), ["humor"]);
  assert.equal(shown.rows[0].box.checked, false);
});

test("a single choice can be taken back, and the focus stays", () => {
  const shown = show(false, { parts: { humor: ONE } });
  shown.root.querySelector(".cl-clear").click();
  assert.deepEqual(shown.last(), {});
  assert.equal(document.activeElement, shown.rows[1].box);
  assert.equal(show(true).root.querySelector(".cl-clear"), null);
});

test("sentences are asked for beside a label that is picked, and only where wanted", () => {
  const shown = show(true);
  assert.equal(shown.rows[0].foot.hidden, true);
  shown.set(0, true);
  assert.equal(shown.rows[0].foot.hidden, false);
  assert.equal(shown.rows[1].foot.hidden, true);
  assert.equal(shown.rows[2].foot, null);
});

test("marked sentences are kept with the label, and come back with it", () => {
  let asked = null;
  const marking = { key: () => asked?.key ?? null, start: (given) => (asked = given), stop() {} };
  const shown = show(true, { parts: { denial: ONE } }, { marking });
  assert.match(shown.rows[0].mark.textContent, /3/);
  shown.rows[0].mark.click();
  assert.equal(asked.key, "denial");
  asked.change(["s3", "s5"]);
  assert.deepEqual(shown.last().denial.evidence, ["s3", "s5"]);
  shown.set(0, false);
  assert.deepEqual(shown.last(), {});
  shown.set(0, true);
  assert.deepEqual(shown.last().denial.evidence, ["s3", "s5"]);
});

test("picking another label ends marking for the one before", () => {
  let stopped = 0;
  const marking = { key: () => "denial", start() {}, stop: () => (stopped += 1) };
  const shown = show(true, { parts: { denial: ONE } }, { marking });
  shown.set(1, true);
  assert.equal(stopped, 1);
});

test("what a label means is shown on demand, with its source", () => {
  const { root, rows } = show(true);
  const [first] = rows;
  const button = first.node.querySelector(".cl-quiet");
  const panel = first.node.querySelector(".cl-pick-meaning");
  assert.equal(panel.hidden, true);
  assert.equal(button.textContent, "What is this? Denial");
  button.click();
  assert.equal(panel.hidden, false);
  assert.equal(button.getAttribute("aria-expanded"), "true");
  assert.match(panel.textContent, /Not seeing\..*Perry, 2021/);
  assert.equal(root.querySelectorAll(".cl-pick-meaning").length, 2);
});

test("a locked answer can be read and not changed", () => {
  const { root, rows } = show(false, { parts: { denial: ONE } }, { readOnly: true });
  assert.ok(rows.every(({ box }) => box.disabled));
  assert.equal(rows[0].box.checked, true);
  assert.equal(rows[0].mark.disabled, true);
  assert.equal(root.querySelector(".cl-clear"), null);
});

test("nothing picked is blank as a whole", () => {
  const { blanks, count } = pickInteraction;
  const given = { parts: { denial: ONE, gone: ONE } };
  assert.deepEqual(blanks(view(true), null), ["Name it"]);
  assert.deepEqual(blanks(view(true), { parts: { gone: ONE } }), ["Name it"]);
  assert.deepEqual(blanks(view(true), given), []);
  assert.deepEqual(count(view(true), given), { done: 1, of: 1 });
});
