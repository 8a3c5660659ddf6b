import assert from "node:assert/strict";
import { test } from "node:test";
import { answers, drawingPage, linkTask, slotsTask } from "./drawings.mjs";
import { loadPage } from "./load.mjs";

const { arrowWords, collectElements, elementName, elementsIn, isAsked } = await loadPage();

const STATEMENTS = { a1: "She thinks it is over", a2: "She goes home.", a3: "She is a failure." };
const SLOTS = ["automatic_thought", "behaviour", "too_early"];
const CBT = slotsTask("t1", { lens: "cbt", slots: SLOTS, statements: STATEMENTS });
const LINK = linkTask("t2", { of: "t1", statements: STATEMENTS });
const LENS = {
  id: "t3",
  kind: "lens",
  case: "c1",
  title: "Two lenses",
  moves: [{ id: "m1", ask: "next", lens: "cbt", sentence: "s7" }, { id: "m2", ask: "decides" }],
  groups: [
    { choices: [{ id: "cbt" }, { id: "both", label: "Both" }], parts: [{ id: "l1", text: "One." }, { id: "l2", text: "Two." }] },
    { choices: [{ id: "o1", label: "Ask her." }], parts: [{ id: "m1" }] },
    { choices: [{ id: "o1", label: "Wait." }], parts: [{ id: "m2" }] },
  ],
};
const TRANSLATE = {
  id: "t4",
  kind: "translate",
  case: "c1",
  groups: [
    {
      choices: [{ id: "k1", label: "Her defence." }, { id: "none", label: "No counterpart" }],
      parts: [{ id: "c1", text: "She leaves." }, { id: "c2", text: "She counts." }],
    },
  ],
};
const ALL = [CBT, LINK, LENS, TRANSLATE];
const collect = (values, more = {}) => collectElements(drawingPage({ tasks: ALL, values, ...more }), "c1");

test("a placed statement becomes an element with its sentences in the case's order", () => {
  const { placed } = collect({ t1: answers({ a1: ["automatic_thought", "s11", "s3", "s11"] }) });
  assert.equal(placed.length, 1);
  const { id, lens, slot, ids, numbers } = placed[0];
  assert.deepEqual({ id, lens, slot, ids }, { id: "t1:a1", lens: "cbt", slot: "automatic_thought", ids: ["s11", "s3"] });
  assert.deepEqual(numbers, [3, 11]);
  assert.equal(elementName(placed[0]), "Automatic thought: She thinks it is over. Sentences 3, 11.");
});

test("what an answer names and the task does not know is left out", () => {
  const odd = answers({ a1: ["no_such_slot", "s3"], a2: ["behaviour", "s99", "<b>"], zz: ["behaviour"] });
  const { placed } = collect({ t1: odd });
  assert.deepEqual(placed.map(({ id, ids }) => [id, ids]), [["t1:a2", []]]);
  assert.equal(elementName(placed[0]), "Place behaviour: She goes home.");
});

test("an answer of any shape is read without falling over", () => {
  for (const value of [null, {}, { parts: null }, { parts: { a1: null, a2: { evidence: "s3" } } }]) {
    assert.deepEqual(collect({ t1: value, t2: value, t3: value, t4: value }).placed, []);
  }
  const bare = drawingPage({ tasks: ["slots", "link", "lens", "translate"].map((kind) => ({ id: kind, kind, case: "c1" })) });
  assert.deepEqual(collectElements(bare, "c1").placed, []);
  assert.deepEqual(collectElements(bare, "elsewhere").placed, []);
});

test("what is too early to say is held back from both lenses", () => {
  const elements = collect({ t1: answers({ a3: ["too_early", "s4"] }) });
  assert.equal(elements.placed[0].lens, "held");
  assert.deepEqual(elementsIn(elements, ["automatic_thought", "behaviour"]), []);
});

test("a menu says which places the case asks about", () => {
  const elements = collect({});
  assert.deepEqual(Object.keys(elements.menus.cbt), ["automatic_thought", "behaviour"]);
  assert.equal(isAsked(elements, "cbt"), true);
  assert.equal(isAsked(elements, "dynamic"), false);
  assert.deepEqual(elements.titles.cbt, ["Task t1"]);
});

test("an arrow has the statements at its ends, whether they are placed or not", () => {
  const values = {
    t1: answers({ a1: ["automatic_thought", "s3"] }),
    t2: answers({ "a1-a2": ["leads_to", "s5"], "a1-a9": ["leads_to"], "a2-a1": ["no_such"] }),
  };
  const { arrows } = collect(values);
  assert.equal(arrows.length, 1);
  assert.deepEqual([arrows[0].from.slot, arrows[0].to.slot], ["automatic_thought", null]);
  assert.equal(arrowWords(arrows[0]), "“She thinks it is over” leads to “She goes home”. Sentence 5.");
});

test("common ground is what was sorted as both, and pairs that are no “none”", () => {
  const elements = collect({
    t3: answers({ l1: ["both"], l2: ["cbt"], m1: ["o1"] }),
    t4: answers({ c1: ["k1"], c2: ["none"] }),
  });
  assert.deepEqual(elements.both.map(({ text }) => text), ["One."]);
  assert.deepEqual(elements.pairs.map((one) => [one.text, one.counterpart]), [["She leaves.", "Her defence."]]);
});

test("a move is known by what it asks, chosen or not", () => {
  const { moves } = collect({ t3: answers({ m1: ["o1"] }) });
  assert.deepEqual(moves.map(({ ask, lens, number, text }) => [ask, lens, number, text]), [
    ["next", "cbt", 7, "Ask her."],
    ["decides", null, null, null],
  ]);
});

test("the course is told only where it puts a statement elsewhere", () => {
  const parts = [
    { part: "a1", verdict: "unsupported", keyed: "Too early to say" },
    { part: "a2", verdict: "partly", keyed: "Behaviour" },
  ];
  const values = { t1: answers({ a1: ["automatic_thought"], a2: ["behaviour"] }) };
  const { placed } = collect(values, { feedback: { t1: { parts } } });
  assert.deepEqual(placed.map(({ course }) => course), ["Too early to say", null]);
  assert.match(elementName(placed[0]), /The course: Too early to say\.$/);
});
