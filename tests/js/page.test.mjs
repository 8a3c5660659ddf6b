import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeClock, fakeStorage, installPage } from "./fakes.mjs";
import { loadPage } from "./load.mjs";

const page = await loadPage();
const CASE = {
  id: "c1",
  title: "A case",
  stages: [{ title: "Intake", sentences: [{ id: "s1", number: 1, text: "She waits." }] }],
};
const CHOICES = [{ id: "a", label: "Yes" }, { id: "b", label: "No" }];
const PARTS = [{ id: "p1", text: "First" }, { id: "p2", text: "Second", evidence: true }];
const VIEWS = [
  { id: "t-goals", kind: "goals", case: "c1", groups: [{ choices: CHOICES, parts: PARTS }], agenda: {} },
  { id: "t-evidence", kind: "evidence", case: "c1", claim: "She hopes." },
  { id: "t-write", kind: "write", case: "c1", words: [2, 4], rubric: { criteria: [{ levels: ["a"] }] } },
  { id: "t-odd", kind: "not yet invented", case: "c9" },
  { id: "t-bare", kind: "slots" },
];

function show({ unit = {}, state = {}, feedback = {} } = {}) {
  const root = installPage();
  const sent = [];
  const whole = { id: "u", title: "Unit", kind: "practice", cases: [CASE], tasks: VIEWS, ...unit };
  const store = page.createStore({
    unit: whole,
    state,
    feedback,
    send: (message) => sent.push(message),
    storage: fakeStorage(),
    clock: fakeClock(),
  });
  const { key } = page.createPage(root, store);
  const press = (name, more = {}) => key({ key: name, preventDefault() {}, ...more });
  return { root, sent, store, press };
}

const walk = (shown) => VIEWS.forEach(() => shown.press("PageDown", { altKey: true }));

test("every step can be shown with next to nothing given", () => {
  const shown = show();
  walk(shown);
  shown.press("PageDown", { altKey: true });
  assert.match(shown.root.textContent, /Try again|Finish/);
});

test("an empty unit is shown too", () => {
  const shown = show({ unit: { cases: undefined, tasks: undefined, title: undefined } });
  shown.press("PageDown", { altKey: true });
  assert.ok(shown.root.textContent);
});

test("committed tasks show feedback that lacks optional fields", () => {
  const tasks = Object.fromEntries(VIEWS.map(({ id }) => [id, { committed: true }]));
  const odd = { verdict: "new", sentences: { good: ["s1", "s77"], wrong: ["s1"] } };
  const feedback = Object.fromEntries(
    VIEWS.map(({ id }) => [id, { parts: [odd, {}], model: {}, agenda: {}, supervisors: {} }]),
  );
  const shown = show({ state: { tasks }, feedback });
  walk(shown);
  assert.ok(shown.root.textContent);
});

test("a graded unit is handed in on its last step", () => {
  const shown = show({ unit: { kind: "graded" } });
  walk(shown);
  shown.press("PageDown", { altKey: true });
  const button = shown.root.all().find((one) => one.textContent === "Hand in" && one.tag === "button");
  button.click();
  assert.match(shown.root.textContent, /Once handed in/);
});

test("committing with blanks asks first", () => {
  const shown = show();
  shown.press("PageDown", { altKey: true });
  shown.press("Enter", { ctrlKey: true });
  assert.match(shown.root.textContent, /2 parts are still blank: First; Second/);
  assert.equal(shown.sent.length, 0);
  shown.press("Escape");
  assert.doesNotMatch(shown.root.textContent, /still blank/);
});

test("a later stage stays closed until the earlier answers are committed", () => {
  const tasks = [{ ...VIEWS[0], stage: 1 }, { ...VIEWS[1], stage: 2 }];
  const stages = [...CASE.stages, { title: "Later", sentences: [{ id: "s2", text: "A secret." }] }];
  const shown = show({ unit: { tasks, cases: [{ ...CASE, stages }] } });
  assert.doesNotMatch(shown.root.textContent, /A secret/);
  shown.press("PageDown", { altKey: true });
  shown.press("PageDown", { altKey: true });
  assert.match(shown.root.textContent, /Commit the earlier answers first/);
  assert.doesNotMatch(shown.root.textContent, /A secret/);
  shown.store.receive({ type: "committed", tasks: { "t-goals": "2030-01-01" } });
  shown.press("PageUp", { altKey: true });
  shown.press("PageDown", { altKey: true });
  assert.match(shown.root.textContent, /A secret/);
});

test("menus are for many choices, lists for long ones, pills for the rest", () => {
  const many = Array.from({ length: 8 }, (_, index) => ({ id: String(index), label: "x" }));
  assert.equal(page.groupStyle(CHOICES), "pills");
  assert.equal(page.groupStyle(many), "menu");
  assert.equal(page.groupStyle([{ id: "q", label: "word ".repeat(12) }]), "list");
});

test("a rubric is read whatever its levels look like", () => {
  const levels = { low: "Nothing yet.", high: { label: "Strong", text: "All." } };
  const criteria = [{ id: "a", name: "A", question: "Why?", levels }, { levels: [{ points: 2 }] }];
  const [first, second] = page.rubricCriteria({ criteria });
  assert.deepEqual(first.levels.map(({ id }) => id), ["low", "high"]);
  assert.equal(first.text, "Why?");
  assert.equal(second.levels[0].id, 2);
});
