import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeClock, fakeStorage, installPage } from "./fakes.mjs";
import { loadPage } from "./load.mjs";
import { pick } from "./tasks.mjs";

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

const forward = (shown) => shown.press("PageDown", { altKey: true });
const walk = (shown) => Array.from({ length: 16 }).forEach(() => forward(shown));

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
  const button = shown.root.all().find((one) => one.textContent === "Hand in" && one.tag === "button");
  button.click();
  assert.match(shown.root.textContent, /Once handed in/);
});

test("committing with blanks asks first", () => {
  const shown = show();
  shown.press("PageDown", { altKey: true });
  shown.press("Enter", { ctrlKey: true });
  assert.match(shown.root.textContent, /2 parts are still blank\..*\.FirstSecond/);
  assert.equal(shown.sent.length, 0);
  shown.press("Escape");
  assert.doesNotMatch(shown.root.textContent, /still blank/);
});

test("an answer takes away the question about what was blank", () => {
  const shown = show();
  forward(shown);
  shown.press("Enter", { ctrlKey: true });
  assert.match(shown.root.textContent, /still blank/);
  pick(shown.root.querySelectorAll("input").find((one) => one.getAttribute("type") === "radio"));
  assert.doesNotMatch(shown.root.textContent, /still blank/);
});

test("of many blank parts the first are named, and how many more there are", () => {
  const parts = ["A", "B", "C", "D", "E", "F"].map((text) => ({ id: text, text: `Part ${text}` }));
  const tasks = [{ id: "t", kind: "goals", case: "c1", groups: [{ choices: CHOICES, parts }] }];
  const shown = show({ unit: { tasks } });
  forward(shown);
  shown.press("Enter", { ctrlKey: true });
  const [names] = shown.root.querySelectorAll(".cl-question-names");
  assert.equal(names.textContent, "Part APart BPart Cand 3 more");
});

test("a step says what it is and how far, without a full stop after a question", () => {
  const tasks = [{ ...VIEWS[0], title: "What has moved?" }];
  const names = show({ unit: { tasks } }).root.querySelectorAll(".cl-step");
  const titles = names.map((one) => one.getAttribute("title"));
  assert.equal(titles[0], "Step 1: Read");
  assert.equal(titles[1], "Step 2: What has moved? (Not begun)");
});

test("how sure one was stands beside how it went", () => {
  const tasks = { "t-goals": { committed: true, confidence: 4 } };
  const feedback = { "t-goals": { summary: "1 of 2 points." } };
  const shown = show({ state: { tasks }, feedback });
  forward(shown);
  assert.match(shown.root.textContent, /1 of 2 points\.How sure you were: Fairly sure\./);
});

test("a part says what it lacks, or that the key is silent on it", () => {
  const parts = [
    { part: "p1", verdict: "partly", sentences: { missed: ["s1"] } },
    { part: "p2", verdict: "open" },
  ];
  const state = { tasks: { "t-goals": { committed: true } } };
  const shown = show({ state, feedback: { "t-goals": { parts } } });
  forward(shown);
  assert.match(shown.root.textContent, /Missing: the sentence that it rests on: 1/);
  assert.match(shown.root.textContent, /The course’s key says nothing about it/);
});

test("the last step leads back to what is open, and tells tasks of one name apart", () => {
  const tasks = [1, 2].map((stage) => ({ ...VIEWS[0], id: `t${stage}`, title: "Moved?", stage }));
  const stages = [...CASE.stages, { title: "Later", sentences: [] }];
  const shown = show({ unit: { tasks, cases: [{ ...CASE, stages }] } });
  walk(shown);
  assert.match(shown.root.textContent, /Moved\? \(Intake\).*Moved\? \(Later\)/);
  buttonOf(shown, "Go to what is still open").click();
  assert.equal(shown.root.querySelectorAll(".cl-heading")[0].textContent, "Moved?");
});

const TASKS = [{ ...VIEWS[0], stage: 1 }, { ...VIEWS[1], stage: 2 }];
const LATER = { title: "Later", sentences: [{ id: "s2", text: "A secret." }] };
const STAGED = { ...CASE, stages: [...CASE.stages, LATER] };
const buttonOf = (shown, name) =>
  shown.root.all().find((one) => one.tag === "button" && one.textContent.startsWith(name));

for (const kind of ["practice", "graded"]) {
  test(`a later stage stays closed until the earlier answers are committed: ${kind}`, () => {
    const shown = show({ unit: { kind, tasks: TASKS, cases: [STAGED] } });
    assert.doesNotMatch(shown.root.textContent, /A secret/);
    forward(shown);
    forward(shown);
    assert.match(shown.root.textContent, /Before you read on: Later/);
    forward(shown);
    assert.match(shown.root.textContent, /Commit the earlier answers first/);
    assert.doesNotMatch(shown.root.textContent, /A secret/);
    shown.press("PageUp", { altKey: true });
    buttonOf(shown, "Commit and read on").click();
    assert.match(shown.root.textContent, /One task is not fully answered: “t-goals”/);
    assert.equal(shown.sent.length, 0);
    shown.press("Escape");
    shown.store.receive({ type: "committed", tasks: { "t-goals": "2030-01-01" } });
    assert.match(shown.root.textContent, /A secret/);
    assert.match(shown.root.textContent, /sentences 2 to 2/);
  });
}

const NOTED = { ...CASE, content_notes: ["loneliness"] };

test("a case lies behind its content note, with another case one click away", () => {
  const unit = { cases: [NOTED], tasks: TASKS.slice(0, 1), alternative: "m09_other" };
  const shown = show({ unit });
  assert.match(shown.root.textContent, /Content note: loneliness/);
  assert.ok(buttonOf(shown, "Take another case instead"));
  forward(shown);
  assert.match(shown.root.textContent, /Content note: loneliness/);
  shown.press("PageUp", { altKey: true });
  buttonOf(shown, "Open the case").click();
  assert.doesNotMatch(shown.root.textContent, /Take another case instead/);
});

test("a case of practice may be left out, and one that is marked may not", () => {
  const second = { ...NOTED, id: "c999", title: "Second" };
  const views = [TASKS[0], { ...TASKS[0], id: "c999-goals", case: "c999" }];
  const unit = { kind: "practice", cases: [NOTED, second], tasks: views };
  const shown = show({ unit });
  assert.match(shown.root.textContent, /leave it out/);
  buttonOf(shown, "Leave this case out").click();
  assert.match(shown.root.textContent, /Second/);
  const marked = show({ unit: { ...unit, kind: "graded" } });
  assert.doesNotMatch(marked.root.textContent, /leave it out/i);
});

test("tasks of one name in two cases are told apart at the end by their cases", () => {
  const [one, second] = [{ ...CASE, title: "The hush" }, { ...CASE, id: "c999", title: "Second" }];
  const first = { ...TASKS[0], title: "Seven goals" };
  const views = [first, { ...first, id: "c999-goals", case: "c999" }];
  const shown = show({ unit: { kind: "practice", cases: [one, second], tasks: views } });
  walk(shown);
  assert.match(shown.root.textContent, /\(The hush\)/);
  assert.match(shown.root.textContent, /\(Second\)/);
});

test("a marked set of cases has other cases one click away", () => {
  const second = { ...NOTED, id: "c999", title: "Second" };
  const unit = { kind: "graded", cases: [NOTED, second], tasks: TASKS.slice(0, 1), alternative: "m09_other" };
  assert.ok(buttonOf(show({ unit }), "Take other cases instead"));
});

test("a case on which work was begun is open", () => {
  const tasks = { "t-goals": { value: { parts: {} } } };
  const shown = show({ unit: { cases: [NOTED], tasks: TASKS.slice(0, 1) }, state: { tasks } });
  assert.doesNotMatch(shown.root.textContent, /Content note/);
});

const FIRST = { ...VIEWS[0], first: "What keeps it going?", confidence: true };

test("a task that begins with writing shows its choices after the writing", () => {
  const shown = show({ unit: { tasks: [FIRST] } });
  forward(shown);
  assert.match(shown.root.textContent, /What keeps it going/);
  assert.doesNotMatch(shown.root.textContent, /How sure are you/);
  shown.press("Enter", { ctrlKey: true });
  assert.match(shown.root.textContent, /You have not written anything yet/);
  shown.press("Escape");
  shown.store.writeFirst("t-goals", "It may be the hush.", 0);
  shown.press("Enter", { ctrlKey: true });
  assert.match(shown.root.textContent, /What you wrote first/);
  assert.match(shown.root.textContent, /It may be the hush/);
  assert.match(shown.root.textContent, /How sure are you/);
});

test("what was written first stands beside one way to write it afterwards", () => {
  const tasks = { "t-goals": { committed: true, first_text: "The hush.", first_done: true } };
  const feedback = { "t-goals": { first: "One way." } };
  const shown = show({ unit: { tasks: [FIRST] }, state: { tasks }, feedback });
  forward(shown);
  assert.match(shown.root.textContent, /The hush\..*One way\..*never scored/s);
});

test("a first formulation comes back beside the box in which it is written anew", () => {
  const again = { ...VIEWS[2], id: "t-again", rewrites: "t-write" };
  const tasks = { "t-write": { value: { text: "My first guess." }, committed: true } };
  const shown = show({ unit: { tasks: [VIEWS[2], again] }, state: { tasks } });
  forward(shown);
  forward(shown);
  assert.match(shown.root.textContent, /Your first text.*My first guess/s);
  buttonOf(shown, "Begin from my first text").click();
  assert.equal(shown.store.entry("t-again").value.text, "My first guess.");
});

test("where the first formulation is not asked for, the last one has the page to itself", () => {
  const shown = show({ unit: { tasks: [{ ...VIEWS[2], id: "t-again", rewrites: "t-write" }] } });
  forward(shown);
  assert.doesNotMatch(shown.root.textContent, /Your first text/);
});

test("a way out of the unit that nobody takes up is told in words", () => {
  const shown = show();
  walk(shown);
  buttonOf(shown, "Back to the start page").click();
  assert.match(shown.root.textContent, /The start page is not open here/);
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
