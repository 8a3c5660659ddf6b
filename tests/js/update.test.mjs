import assert from "node:assert/strict";
import { test } from "node:test";
import { installPage } from "./fakes.mjs";
import { loadPage } from "./load.mjs";
import { fields, pick, taskContext } from "./tasks.mjs";

const { drawMoved, updateInteraction } = await loadPage();
const CHOICES = [
  { id: "less", label: "Less likely" },
  { id: "equally", label: "As likely as before" },
  { id: "more", label: "More likely" },
];
const PARTS = [{ id: "h1", text: "She fears a no." }, { id: "h2", text: "She fears a yes." }];
const view = (id, stage, more = {}) => ({
  id,
  kind: "update",
  case: "c1",
  stage,
  groups: [{ choices: CHOICES, parts: PARTS }],
  ...more,
});
const answered = (h1, h2, committed = true) => ({
  committed,
  value: { parts: { h1: { choice: h1 }, h2: { choice: h2 } } },
});

test("every direction is a word, with a sign that is for the eye only", () => {
  const { context, draw } = taskContext(view("u", 2));
  const [first] = fields(draw(updateInteraction.draw(context)));
  assert.deepEqual(first.labels.map((one) => one.textContent), [
    "↓\u00a0Less likely",
    "→\u00a0As likely as before",
    "↑\u00a0More likely",
  ]);
  const signs = first.node.querySelectorAll(".cl-sign");
  assert.ok(signs.every((one) => one.getAttribute("aria-hidden") === "true"));
});

test("a choice keeps what was chosen for the other accounts", () => {
  const entry = { value: { parts: { h1: { choice: "less", evidence: [] } } } };
  const { context, kept, draw } = taskContext(view("u", 2), { entry });
  pick(fields(draw(updateInteraction.draw(context)))[1].inputs[2]);
  assert.equal(kept.values[0].parts.h1.choice, "less");
  assert.equal(kept.values[0].parts.h2.choice, "more");
});

function moved({ entries, feedback = {}, ...more }) {
  installPage();
  const views = [view("u3", 3), view("u2", 2), view("other", 2, { case: "c2" })];
  return drawMoved({
    views: [...views, { id: "g", kind: "goals", case: "c1", groups: [] }],
    entryOf: (id) => entries[id] ?? { committed: id === "g" || id === "other" },
    feedbackOf: (id) => feedback[id] ?? null,
    caseId: "c1",
    ...more,
  });
}

const cells = (drawn) => drawn.querySelectorAll("td").map((one) => one.textContent);
const heads = (drawn) =>
  drawn.querySelectorAll("th").filter((one) => one.getAttribute("scope") === "col").map((one) => one.textContent);

test("nothing is shown of how accounts moved before an answer is committed", () => {
  assert.equal(moved({ entries: { u2: answered("less", "more", false) } }), null);
});

test("the stages stand in their order, the answers as sign and word", () => {
  const drawn = moved({ entries: { u2: answered("less", "more"), u3: answered("more", null) } });
  assert.deepEqual(heads(drawn), ["Account", "Part 2", "Part 3"]);
  assert.deepEqual(cells(drawn), [
    "↓\u00a0Less likely",
    "↑\u00a0More likely",
    "↑\u00a0More likely",
    "Not answered",
  ]);
});

test("a stage that is not committed has no column", () => {
  const entries = { u2: answered("less", "more"), u3: answered("more", "more", false) };
  assert.deepEqual(heads(moved({ entries })), ["Account", "Part 2"]);
});

test("the course's answer stands beside one's own only where it differs", () => {
  const parts = [{ part: "h1", answer: "less" }, { part: "h2", answer: "equally" }];
  const drawn = moved({ entries: { u2: answered("less", "more") }, feedback: { u2: { parts } } });
  assert.deepEqual(cells(drawn), [
    "↓\u00a0Less likely",
    "↑\u00a0More likelyThe course: →\u00a0As likely as before",
  ]);
});

test("a stage takes the name that the page gives it", () => {
  const drawn = moved({ entries: { u2: answered("less", "more") }, stageName: (n) => `Session ${n}` });
  assert.deepEqual(heads(drawn), ["Account", "Session 2"]);
});
