import assert from "node:assert/strict";
import { test } from "node:test";
import { loadPage } from "./load.mjs";
import { fire, taskContext, write } from "./tasks.mjs";

const page = await loadPage();
const { linkInteraction, TEXT_DELAY } = page;
const VIEW = {
  id: "t-link",
  kind: "link",
  title: "Draw the arrows",
  of: "t-slots",
  most: 3,
  elements: [
    { id: "a1", text: "She hates him." },
    { id: "a2", text: "Dread." },
    { id: "a3", text: "The phone rings." },
    { id: "a4", text: "She goes out." },
  ],
  relations: [
    { id: "leads_to", label: "leads to", help: "The first brings the second about." },
    { id: "keeps_going", label: "keeps going" },
    { id: "protects_from", label: "protects from" },
  ],
};
const CHOICES = [
  { id: "situation", label: "Situation" },
  { id: "emotion", label: "Emotion" },
  { id: "not_supported", label: "Not supported" },
];
const SLOTS = { id: "t-slots", kind: "slots", groups: [{ choices: CHOICES, parts: [] }] };
const PLACED = {
  parts: {
    a1: { choice: "not_supported" },
    a2: { choice: "emotion" },
    a3: { choice: "situation" },
    a4: { choice: null },
  },
};
const arrow = (choice, more = {}) => ({ choice, evidence: [], breaks: "", ...more });
const COURSE = {
  parts: [
    { part: "a3-a2", answer: "leads_to", breaks: "If the dread came first." },
    { part: "a2-a4", answer: "keeps_going", sentences: { good: ["s1"], missed: ["s2"] } },
    { part: "a1-a2", answer: "no" },
    { part: "a9-a2", answer: "leads_to" },
  ],
};

function show(parts = {}, more = {}) {
  const viewOf = (id) => (id === "t-slots" ? SLOTS : null);
  const valueOf = (id) => (id === "t-slots" ? PLACED : null);
  const context = { viewOf, valueOf, ...more };
  const made = taskContext(VIEW, { entry: { value: { parts } }, context });
  const drawn = context.feedback ? linkInteraction.after(made.context) : linkInteraction.draw(made.context);
  const root = made.draw(drawn);
  const buttons = () => root.querySelectorAll("button");
  return {
    ...made,
    root,
    boxes: root.querySelectorAll(".cl-link-box"),
    box: (text) => root.querySelectorAll(".cl-link-box").find((one) => one.textContent.includes(text)),
    button: (name) =>
      buttons().find((one) => (one.getAttribute("aria-label") ?? one.textContent) === name),
    radios: () => root.querySelectorAll("input"),
    bar: () => root.querySelector(".cl-link-bar").textContent,
    title: () => root.querySelector(".cl-link-title").textContent,
    cards: () => root.querySelectorAll(".cl-link-card"),
    last: () => made.kept.values.at(-1)?.parts,
  };
}

function drawOne(shown, from, to, relation) {
  shown.box(from).click();
  shown.box(to).click();
  shown.radios().forEach((one) => (one.checked = one.value === relation));
  (shown.button("Draw the arrow") ?? shown.button("Change the arrow")).click();
}

test("statements stand in the order of the slots, those set aside or not placed last", () => {
  const rows = page.slottedStatements(VIEW, SLOTS, PLACED);
  assert.deepEqual(rows.map(({ id, slot, aside }) => [id, slot, aside]), [
    ["a3", "Situation", false],
    ["a2", "Emotion", false],
    ["a1", "Not supported", true],
    ["a4", null, true],
  ]);
});

test("statements that were never placed can all be used", () => {
  const rows = page.slottedStatements(VIEW, null, null);
  assert.deepEqual(rows.map(({ id, aside }) => [id, aside]), [
    ["a1", true],
    ["a2", true],
    ["a3", true],
    ["a4", true],
  ]);
});

test("each statement says the slot that it was given", () => {
  const { boxes, root } = show();
  assert.deepEqual(boxes.map((one) => one.textContent), [
    "SituationThe phone rings.",
    "EmotionDread.",
    "Not supportedShe hates him.",
    "Not placedShe goes out.",
  ]);
  assert.equal(root.querySelectorAll(".cl-link-aside").length, 1);
});

test("an arrow is drawn by from, to and what the one does to the other", () => {
  const shown = show();
  shown.box("phone").click();
  assert.equal(shown.box("phone").getAttribute("aria-pressed"), "true");
  assert.deepEqual(shown.kept.said, ["From: “The phone rings”. Now choose where it leads."]);
  shown.box("Dread").click();
  assert.equal(document.activeElement, shown.radios()[0]);
  shown.radios()[1].checked = true;
  shown.button("Draw the arrow").click();
  assert.deepEqual(shown.last(), { "a3-a2": arrow("keeps_going") });
  assert.deepEqual(shown.kept.delays, [0]);
  assert.match(shown.kept.said.at(-1), /^Drawn: “The phone rings” keeps going “Dread”\./);
  assert.equal(document.activeElement, shown.box("Dread"));
  assert.equal(shown.box("phone").getAttribute("aria-pressed"), "false");
  assert.equal(shown.title(), "Your arrows: 1, of 3 at most");
});

test("without a relation nothing is drawn, and the reason is said", () => {
  const shown = show();
  shown.box("phone").click();
  shown.box("Dread").click();
  shown.button("Draw the arrow").click();
  assert.deepEqual(shown.kept.values, []);
  assert.equal(shown.kept.said.at(-1), "First choose what it does.");
  assert.equal(shown.root.querySelector(".cl-link-need").hidden, false);
  assert.equal(document.activeElement, shown.radios()[0]);
});

test("an arrow can be given up by its button or by pressing where it began", () => {
  for (const giveUp of [(one) => one.button("Cancel this arrow"), (one) => one.box("phone")]) {
    const shown = show();
    shown.box("phone").click();
    giveUp(shown).click();
    assert.match(shown.kept.said.at(-1), /^No arrow was drawn/);
    assert.equal(document.activeElement, shown.box("phone"));
    assert.match(shown.bar(), /^Draw an arrow/);
    shown.box("Dread").click();
    assert.match(shown.bar(), /^From: “Dread”/);
  }
});

test("the end of an arrow may be chosen again", () => {
  const shown = show();
  shown.box("phone").click();
  shown.box("Dread").click();
  shown.box("goes out").click();
  assert.equal(shown.box("Dread").getAttribute("aria-pressed"), "false");
  shown.radios()[0].checked = true;
  shown.button("Draw the arrow").click();
  assert.deepEqual(Object.keys(shown.last()), ["a3-a4"]);
});

test("the same two statements again change the arrow and keep what is in it", () => {
  const kept = { evidence: ["s1"], breaks: "A calm day." };
  const shown = show({ "a3-a2": arrow("leads_to", kept) });
  shown.box("phone").click();
  shown.box("Dread").click();
  assert.equal(shown.radios()[0].checked, true);
  shown.radios()[0].checked = false;
  shown.radios()[2].checked = true;
  assert.equal(document.activeElement, shown.radios()[0]);
  shown.button("Change the arrow").click();
  assert.deepEqual(shown.last(), { "a3-a2": arrow("protects_from", kept) });
  assert.equal(shown.cards().length, 1);
  assert.match(shown.cards()[0].textContent, /protects from/);
  assert.equal(shown.cards()[0].querySelector("textarea").value, "A calm day.");
});

test("there are no more arrows than the task allows, and the page says so", () => {
  const parts = { "a1-a2": arrow("leads_to"), "a2-a3": arrow("leads_to"), "a3-a4": arrow("leads_to") };
  const shown = show(parts);
  assert.match(shown.bar(), /3 are the most here/);
  shown.box("phone").click();
  shown.box("Dread").click();
  assert.deepEqual(shown.radios(), []);
  assert.match(shown.kept.said.at(-1), /3 are the most here/);
  drawOne(shown, "phone", "goes out", "keeps_going");
  assert.equal(shown.last()["a3-a4"].choice, "keeps_going");
  assert.equal(Object.keys(shown.last()).length, 3);
});

test("every arrow stands in words, with its sentences and what would break it", () => {
  let asked = null;
  const marking = { key: () => asked?.key ?? null, start: (given) => (asked = given), stop() {} };
  const shown = show({ "a3-a2": arrow("leads_to") }, { marking });
  const [card] = shown.cards();
  assert.equal(card.querySelector(".cl-link-words").textContent, "L“The phone rings” leads to “Dread”");
  card.querySelector(".cl-mark-button").click();
  assert.equal(asked.key, "a3-a2");
  assert.equal(asked.label, "“The phone rings” leads to “Dread”");
  asked.change(["s4"]);
  write(card.querySelector("textarea"), "A day without it.");
  assert.deepEqual(shown.last(), {
    "a3-a2": arrow("leads_to", { evidence: ["s4"], breaks: "A day without it." }),
  });
  assert.deepEqual(shown.kept.delays, [0, TEXT_DELAY]);
});

test("after drawing, the new arrow's sentences are one press away", () => {
  let asked = null;
  const marking = { key: () => null, start: (given) => (asked = given), stop() {} };
  const shown = show({}, { marking });
  drawOne(shown, "phone", "Dread", "leads_to");
  shown.button("Mark its sentences").click();
  assert.equal(asked.key, "a3-a2");
});

test("a removed arrow is gone, and the focus goes to the next", () => {
  const shown = show({ "a3-a2": arrow("leads_to"), "a2-a4": arrow("leads_to") });
  shown.button("Remove: “The phone rings” leads to “Dread”").click();
  assert.deepEqual(Object.keys(shown.last()), ["a2-a4"]);
  assert.match(document.activeElement.getAttribute("aria-label"), /“Dread” leads to/);
  shown.button("Remove: “Dread” leads to “She goes out”").click();
  assert.deepEqual(shown.last(), {});
  assert.equal(document.activeElement.textContent, "Your arrows: 0, of 3 at most");
  assert.equal(shown.kept.said.at(-1), "Removed: “Dread” leads to “She goes out”.");
});

test("the line about real clients is shown once, and only beside a box to write in", () => {
  const privacy = (shown) =>
    shown.root.all().filter((one) => one.tag === "p" && /real client/.test(one.textContent));
  const hidden = (shown) => privacy(shown).map((one) => Boolean(one.hidden));
  assert.deepEqual(hidden(show()), [true]);
  assert.deepEqual(hidden(show({ "a3-a2": arrow("leads_to"), "a2-a4": arrow("leads_to") })), [false]);
});

test("a card that is pointed at lights up its sentences, and itself", () => {
  const shown = show({ "a3-a2": arrow("leads_to", { evidence: ["s1", "s2"] }) });
  const [card] = shown.cards();
  fire(card, "focusin");
  assert.deepEqual(shown.kept.lit.at(-1), ["s1", "s2"]);
  assert.ok(card.hasClass("is-lit"));
  fire(card, "focusout");
  assert.deepEqual(shown.kept.lit.at(-1), []);
  assert.ok(!card.hasClass("is-lit"));
});

test("a locked answer can be read and not changed", () => {
  const shown = show({ "a3-a2": arrow("leads_to", { breaks: "A calm day." }) }, { readOnly: true });
  assert.deepEqual(shown.boxes.map(({ tag }) => tag), ["div", "div", "div", "div"]);
  assert.equal(shown.root.querySelector(".cl-link-bar"), null);
  assert.equal(shown.cards()[0].querySelector("textarea").disabled, true);
  assert.equal(shown.button("Remove: “The phone rings” leads to “Dread”"), undefined);
});

test("what an answer holds beyond this task is kept and not shown", () => {
  const odd = { "a3-a9": arrow("leads_to"), "a3-a3": arrow("leads_to"), "a2-a1": arrow("new") };
  const shown = show({ ...odd, "a3-a2": arrow("leads_to") });
  assert.equal(shown.cards().length, 1);
  drawOne(shown, "Dread", "goes out", "leads_to");
  assert.deepEqual(Object.keys(shown.last()), [...Object.keys(odd), "a3-a2", "a2-a4"]);
});

test("the ends of an arrow are read whatever the ids look like", () => {
  const elements = [{ id: "a-1" }, { id: "a" }, { id: "1-b" }, { id: "b" }];
  assert.deepEqual(page.linkEnds({ elements }, "a-1-b"), { key: "a-1-b", from: "a-1", to: "b" });
  assert.equal(page.linkEnds({ elements }, "a-zz"), null);
});

test("every relation has a letter of its own", () => {
  const relations = [{ id: "x", label: "leads to" }, { id: "y", label: "Lends" }, { id: "z", label: "LE" }];
  assert.deepEqual([...page.relationLetters({ relations }).values()], ["L", "E", "L"]);
});

test("no arrow is blank as a whole", () => {
  const { blanks, count } = linkInteraction;
  assert.deepEqual(blanks(VIEW, { parts: {} }), ["Draw the arrows"]);
  assert.deepEqual(blanks(VIEW, { parts: { "a3-a2": arrow("leads_to") } }), []);
  assert.deepEqual(count(VIEW, { parts: { "a3-a2": arrow("leads_to") } }), { done: 1, of: 1 });
});

test("afterwards each arrow says whose it is", () => {
  const own = { "a3-a2": arrow("leads_to"), "a2-a4": arrow("leads_to"), "a4-a1": arrow("leads_to") };
  const shown = show(own, { feedback: COURSE, readOnly: true });
  const rows = shown.cards().map((one) => one.textContent);
  assert.equal(rows.length, 4);
  assert.match(rows[0], /leads to “Dread”Yours and the course’sWhat would break it\? If the dread/);
  assert.match(rows[1], /keeps going “She goes out”The course’s\. Yours: leads to$/);
  assert.match(rows[2], /leads to “She goes out”Yours$/);
  assert.match(rows[3], /“She goes out” leads to “She hates him”Yours$/);
});

test("afterwards an arrow that is pointed at lights up the sentences that carry it", () => {
  const shown = show({}, { feedback: COURSE, readOnly: true });
  fire(shown.cards()[1], "mouseenter");
  assert.deepEqual(shown.kept.lit.at(-1), ["s1", "s2"]);
  assert.ok(shown.cards()[1].hasClass("is-lit"));
});

test("where the course draws nothing there is nothing to lay over", () => {
  const { context } = taskContext(VIEW, { context: { feedback: { parts: [COURSE.parts[2]] } } });
  assert.equal(linkInteraction.after(context), null);
});
