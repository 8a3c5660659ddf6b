import assert from "node:assert/strict";
import { test } from "node:test";
import { CASE, answers, drawingPage, fire, linkTask, slotsTask } from "./drawings.mjs";
import { installPage } from "./fakes.mjs";
import { loadPage } from "./load.mjs";

const { createVignette, drawLenses } = await loadPage();
const STATEMENTS = { a1: "She thinks it is over.", a2: "She goes home.", a3: "It may be a rule." };
const CBT = slotsTask("t1", {
  lens: "cbt",
  slots: ["automatic_thought", "behaviour", "too_early"],
  statements: STATEMENTS,
});
const LINK = linkTask("t2", { of: "t1", statements: STATEMENTS });
const LENS = {
  id: "t3",
  kind: "lens",
  case: "c1",
  title: "Sorting",
  groups: [{ choices: [{ id: "both", label: "Both" }], parts: [{ id: "l1", text: "Said by either." }] }],
};
const VALUES = {
  t1: answers({ a1: ["automatic_thought", "s11"], a2: ["behaviour", "s11", "s4"], a3: ["too_early"] }),
  t2: { parts: { "a1-a2": { choice: "leads_to", evidence: ["s5"], breaks: "A day without it." } } },
  t3: answers({ l1: ["both"] }),
};

function show(values, tasks = [CBT, LINK, LENS]) {
  installPage();
  const page = drawingPage({ tasks, values });
  const drawn = drawLenses({ page, caseId: "c1" });
  page.afterDraw.forEach((fn) => fn());
  const named = (start) =>
    drawn.left.all().find(({ attributes }) => attributes["aria-label"]?.startsWith(start));
  return { page, ...drawn, named, links: page.calls.link.at(-1) };
}

test("without an answer the view says what to do first", () => {
  const { left, right, below, links } = show({});
  assert.match(left.textContent, /Nothing is placed here yet\. First do “Task t1”/);
  assert.match(right.textContent, /No task of this case asks about this lens/);
  assert.match(below.textContent, /Nothing here yet\. It comes from “Sorting”/);
  assert.equal(links, null);
});

test("once something is placed nobody is told to begin", () => {
  assert.doesNotMatch(show(VALUES).left.textContent, /First do/);
});

test("an element is reached with the keyboard and lights its sentences", () => {
  const { page, named } = show(VALUES);
  const thought = named("Automatic thought:");
  assert.equal(thought.attributes["aria-label"], "Automatic thought: She thinks it is over. Sentence 11.");
  assert.equal(thought.attributes.tabindex, "0");
  fire(thought, "focus");
  assert.deepEqual(page.calls.highlight.at(-1), ["s11"]);
  assert.ok(thought.classList.contains("is-lit"));
  fire(thought, "blur");
  assert.deepEqual(page.calls.highlight.at(-1), []);
  assert.ok(!thought.classList.contains("is-lit"));
});

test("pressing an element goes to its first sentence, other keys are left alone", () => {
  const { page, named } = show(VALUES);
  const behaviour = named("Place behaviour:");
  fire(behaviour, "keydown", { key: "Enter" });
  assert.deepEqual(page.calls.reveal, ["s11"]);
  fire(behaviour, "keydown", { key: "Enter", ctrlKey: true });
  fire(behaviour, "keydown", { key: "PageDown", altKey: true });
  assert.equal(page.calls.reveal.length, 1);
});

test("an arrow lights its sentence and the statements at its ends", () => {
  const { page, named } = show(VALUES);
  const arrow = named("“She thinks it is over” leads to");
  fire(arrow, "mouseenter");
  assert.deepEqual(page.calls.highlight.at(-1), ["s5"]);
  assert.ok(named("Automatic thought:").classList.contains("is-lit"));
  assert.ok(named("Place behaviour:").classList.contains("is-lit"));
});

test("a sentence in use knows what rests on it, says so, and lights it", () => {
  const { links, named, page } = show(VALUES);
  assert.deepEqual([...links.keys()].sort(), ["s11", "s4", "s5"]);
  const { label, on, off } = links.get("s11");
  assert.match(label, /^Sentence 11\. Resting on it: Automatic thought: .* Place behaviour: /);
  on();
  assert.ok(named("Automatic thought:").classList.contains("is-lit"));
  assert.deepEqual(page.calls.highlight.at(-1), ["s11"]);
  off();
  assert.ok(!named("Place behaviour:").classList.contains("is-lit"));
});

test("under the drawings stand common ground, arrows, what was held back, and the words", () => {
  const text = show(VALUES).below.textContent;
  assert.match(text, /Common ground.*Said by either\./);
  assert.match(text, /Your own arrows.*leads to.*What would break it: A day without it\./);
  assert.match(text, /What you held back.*Too early to say: It may be a rule\./);
  assert.match(text, /The same in words: CBT.*A cycle, told clockwise/);
  assert.doesNotMatch(text, /The same in words: dynamic/);
});

test("an arrow that stands in no drawing is told so in the list", () => {
  const t2 = answers({ "a1-a3": ["leads_to"] });
  const text = show({ ...VALUES, t2 }).below.textContent;
  assert.match(text, /leads to “It may be a rule”\. It stands in neither drawing/);
});

test("markup in a statement stays text", () => {
  const task = slotsTask("t1", { lens: "cbt", slots: ["behaviour"], statements: { a1: "<img src=x>" } });
  const { left } = show({ t1: answers({ a1: ["behaviour"] }) }, [task]);
  assert.ok(left.textContent.includes("<img src=x>"));
  assert.equal(left.all().filter(({ tag }) => tag === "img").length, 0);
});

function numbersOf(vignette) {
  return vignette.element.querySelectorAll(".cl-number");
}

function shownCase() {
  installPage();
  const vignette = createVignette(() => {});
  vignette.show(CASE, 1);
  const lit = [];
  const link = { label: "Sentence 4. Resting on it: x", on: () => lit.push("on"), off: () => lit.push("off") };
  vignette.link(new Map([["s4", link]]));
  return { vignette, lit };
}

test("in the case the number of a sentence in use becomes a button", () => {
  const { vignette, lit } = shownCase();
  const buttons = numbersOf(vignette).filter(({ tag }) => tag === "button");
  assert.equal(buttons.length, 1);
  assert.equal(buttons[0].textContent, "4");
  assert.equal(buttons[0].attributes["aria-label"], "Sentence 4. Resting on it: x");
  for (const type of ["mouseenter", "focus", "mouseleave", "blur"]) fire(buttons[0], type);
  assert.deepEqual(lit, ["on", "on", "off", "off"]);
});

test("the buttons survive marking, and are no buttons while sentences are marked", () => {
  const { vignette } = shownCase();
  const buttons = () => numbersOf(vignette).filter(({ tag }) => tag === "button").length;
  vignette.mark({ label: "x", ids: [], change() {}, done() {} });
  assert.equal(buttons(), 0);
  vignette.mark(null);
  assert.equal(buttons(), 1);
});

test("the buttons go when they are taken away, and with the case", () => {
  const one = shownCase().vignette;
  one.link(null);
  assert.equal(numbersOf(one).filter(({ tag }) => tag === "button").length, 0);
  const other = shownCase().vignette;
  other.show({ ...CASE, id: "c2" }, 1);
  assert.equal(numbersOf(other).filter(({ tag }) => tag === "button").length, 0);
});
