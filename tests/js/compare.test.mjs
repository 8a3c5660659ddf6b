import assert from "node:assert/strict";
import { test } from "node:test";
import { answers, drawingPage, slotsTask } from "./drawings.mjs";
import { installPage } from "./fakes.mjs";
import { loadPage } from "./load.mjs";

const { collectElements, comparisonRows, drawComparison } = await loadPage();
const CBT = slotsTask("t1", {
  lens: "cbt",
  slots: ["situation", "automatic_thought", "behaviour", "maintaining"],
  statements: { a1: "The key.", a2: "It is over.", a3: "She stays away." },
});
const DYNAMIC = slotsTask("t2", { lens: "dynamic", slots: ["defence"], statements: { d1: "The rule." } });
const move = (id, label) => ({ choices: [{ id: "o1", label }], parts: [{ id }] });
const LENS = {
  id: "t3",
  kind: "lens",
  case: "c1",
  title: "Sorting",
  moves: [
    { id: "m1", ask: "next", lens: "cbt", sentence: "s7" },
    { id: "m2", ask: "misses", lens: "dynamic", sentence: "s8" },
    { id: "m3", ask: "decides", sentence: "s9" },
  ],
  groups: [
    { choices: [{ id: "both", label: "Both" }], parts: [{ id: "l1", text: "Said by either." }] },
    move("m1", "Plan the hour."),
    move("m2", "The hands."),
    move("m3", "Three ordinary meals."),
  ],
};
const VALUES = {
  t1: answers({ a1: ["situation", "s2"], a2: ["automatic_thought"], a3: ["maintaining", "s3"] }),
  t2: answers({ d1: ["defence", "s5"] }),
  t3: answers({ l1: ["both"], m1: ["o1"], m2: ["o1"], m3: ["o1"] }),
};
const FRAME = [
  { id: "unit", name: "Unit of thought", cbt: "A moment.", dynamic: "A scene.", shared: "Both.", source: "Beck, 2021" },
  { id: "aim", name: "Aim", cbt: "Change.", dynamic: "Insight.", shared: "Relief.", source: "Eells, 2022" },
];
const CLOSING = { comparison: { unit: { cbt: "The van (s2).", dynamic: "The kitchen.", shared: "One evening." } } };

function setting(values = VALUES, more = {}) {
  installPage();
  return drawingPage({ tasks: [CBT, DYNAMIC, LENS], values, frame: FRAME, ...more });
}

function rowsFor(values, closing) {
  const elements = collectElements(setting(values), "c1");
  const rows = comparisonRows(elements, { frame: FRAME, closing });
  const cell = (id, column) =>
    rows.find((row) => row.id === id).cells.find((one) => one.column === column);
  return { rows, cell };
}

const drawn = (page) => {
  const nodes = drawComparison({ page, caseId: "c1" }).filter(Boolean);
  const all = nodes.flatMap((node) => [node, ...node.all()]);
  return { all, text: nodes.map((node) => node.textContent).join("\n") };
};

test("each row takes its own statements, and each lens its own column", () => {
  const { rows, cell } = rowsFor(VALUES, null);
  const own = (id, column) => cell(id, column).own?.map(({ text }) => text);
  assert.deepEqual(rows.map(({ name }) => name), [
    "Unit of thought",
    "What keeps it going",
    "What it would do first",
    "What it may miss",
  ]);
  assert.deepEqual(own("unit", "cbt"), ["The key.", "It is over."]);
  assert.deepEqual(own("maintains", "cbt"), ["She stays away."]);
  assert.deepEqual(own("maintains", "dynamic"), ["The rule."]);
  assert.deepEqual(own("first", "cbt"), ["Plan the hour."]);
  assert.deepEqual(own("misses", "dynamic"), ["The hands."]);
});

test("a layer that nothing asked for is left out, one that waits says so", () => {
  const { cell } = rowsFor({}, null);
  assert.equal(cell("unit", "dynamic").own, null);
  assert.equal(cell("first", "dynamic").own, null);
  assert.deepEqual(cell("unit", "cbt").own, []);
  assert.match(drawn(setting({})).text, /YoursNothing here yet\./);
});

test("what holds for this case stands only once it is told", () => {
  assert.equal(rowsFor(VALUES, null).cell("unit", "cbt").here, null);
  assert.equal(rowsFor(VALUES, CLOSING.comparison).cell("unit", "cbt").here, "The van (s2).");
  assert.doesNotMatch(drawn(setting()).text, /For this case/);
  assert.match(drawn(setting(VALUES, { closing: CLOSING })).text, /For this caseThe van \(sentence 2\)\./);
});

test("it is a real table: every head says what it is the head of", () => {
  const { all } = drawn(setting());
  const heads = all.filter(({ tag }) => tag === "th");
  assert.ok(heads.length > 7);
  assert.ok(heads.every(({ attributes }) => ["row", "col"].includes(attributes.scope)));
  const cells = all.filter(({ tag }) => ["td", "th", "tr", "table"].includes(tag));
  assert.ok(cells.every(({ attributes }) => attributes.role));
});

test("statements given to both are told once", () => {
  const { text } = drawn(setting());
  assert.equal(text.split("Said by either.").length, 2);
});

test("below stand what would decide and the whole frame", () => {
  const { text } = drawn(setting());
  assert.match(text, /What would decide between them.*Three ordinary meals\./);
  assert.match(text, /Aim.*Insight\..*Eells, 2022/);
});

test("without a frame, without closing and without tasks there is still a page", () => {
  const page = setting({}, { frame: undefined });
  page.tasks = [];
  delete page.store.unit.frame;
  delete page.store.closing;
  assert.match(drawn(page).text, /What it looks at/);
});
