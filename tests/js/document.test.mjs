import assert from "node:assert/strict";
import { test } from "node:test";
import { BLANK, KEY_WORDS, allWith, answeredPage } from "./answered.mjs";
import { loadPage } from "./load.mjs";

const { documentOf, mentionedNumbers, paragraphsOf } = await loadPage();

const sheetOf = (more) => documentOf(answeredPage(more), "c1");
const chapter = (sheet, title) => sheet.chapters.find((one) => one.title === title);
const blocksOf = ({ parts }) => parts.flatMap((part) => part.blocks);
const itemsOf = (found) => blocksOf(found).flatMap((block) => block.items ?? []);
const written = (item) => [item.name, item.lines.join("/"), item.numbers.join(",")];

test("the chapters stand in their order", () => {
  assert.deepEqual(
    sheetOf().chapters.map(({ title }) => title),
    [
      "My texts",
      "Goals",
      "Safety",
      "What the case says",
      "The CBT lens",
      "The dynamic lens",
      "Arrows",
      "Labels that fit",
      "Rival accounts",
      "What each lens would do, and what it may miss",
      "The two lenses compared",
      "In order",
      "What others wrote, rated and mended",
      "More answers",
      "Written before the choices were shown",
      "How sure I was",
    ],
  );
});

test("the last formulation comes first, then the first, then what is said to the client", () => {
  const { parts } = chapter(sheetOf(), "My texts");
  assert.deepEqual(
    parts.map(({ title }) => title),
    ["Two lenses in a text", "First formulation", "To the client"],
  );
  assert.deepEqual(parts[0].blocks[0].paragraphs, [["She waits (s5)."], ["Then she goes."]]);
  assert.deepEqual(parts[2].blocks[0].paragraphs, [["Rosa, may I say", "how it looks?"]]);
});

test("one's own rating is told, and that of the examples is not", () => {
  const [, rated] = chapter(sheetOf(), "My texts").parts[0].blocks;
  assert.deepEqual(rated.items.map(written), [["Grounded", "Sound", ""]]);
});

test("a goal stands with its answer and with sentences that the case has", () => {
  const items = itemsOf(chapter(sheetOf(), "Goals"));
  assert.deepEqual(items.map(written), [
    ["Clarity", "Asked", "1,4"],
    ["On the agenda", "Clarity; Growth", ""],
    ["How it would be offered", "Shall we look at that?", ""],
  ]);
});

test("statements stand under their slot, after the drawing in words", () => {
  const [drawing, ...slots] = blocksOf(chapter(sheetOf(), "The CBT lens"));
  assert.equal(drawing.lens, "cbt");
  assert.ok(drawing.words.some((line) => line.includes("The phone rings.")));
  assert.deepEqual(
    slots.map(({ title, items }) => [title, ...items.map(written)]),
    [
      ["Situation", [null, "The phone rings.", "1"]],
      ["Automatic thought", [null, "He is angry.", ""]],
    ],
  );
});

test("an arrow stands with its sentences and with what would break it", () => {
  const [arrow] = itemsOf(chapter(sheetOf(), "Arrows"));
  assert.deepEqual(written(arrow), [null, "“To be met” leads to “To be alone”", "3"]);
  assert.deepEqual(arrow.notes[0].lines, ["If she", "stayed."]);
});

test("each account is told once, with how every part of the case moved it", () => {
  const moved = chapter(sheetOf(), "Rival accounts").parts.at(-1);
  assert.deepEqual(
    moved.blocks[0].items.map(({ lines, notes }) => [lines[0], ...notes.map((one) => `${one.name} ${one.lines}`)]),
    [
      ["She is tired.", "Referral More", "Later Less"],
      ["She is afraid.", "Referral Less"],
    ],
  );
});

test("question, moves, comparison, order, appraisal and what is new are all told", () => {
  const sheet = sheetOf();
  const told = (title) => itemsOf(chapter(sheet, title)).map(written).map((one) => one.join("|"));
  assert.deepEqual(told("Rival accounts").slice(0, 3), [
    "Which would you ask?|Why now?|",
    "My own question|And then?|",
    "More|She is tired.|",
  ]);
  assert.deepEqual(told("What each lens would do, and what it may miss"), [
    "What next with sentence 4?|Ask for the thought.|",
  ]);
  assert.deepEqual(told("The two lenses compared"), [
    "|Weigh it.|",
    "|Listen.|",
    "|A thought.|",
    "|A deed.|",
  ]);
  assert.deepEqual(told("In order"), ["|First this.|", "|Then this.|"]);
  assert.deepEqual(told("What others wrote, rated and mended"), ["Grounded|Sound|"]);
  assert.deepEqual(told("What the case says"), ["|She hopes.|3", "Sentence 6|Report|"]);
  assert.deepEqual(told("Labels that fit"), ["|Humour|4"]);
  assert.deepEqual(told("More answers"), ["Is it so?|Yes|"]);
  assert.deepEqual(told("How sure I was"), ["What has moved? (Later)|Fairly sure|"]);
});

test("what was written before a menu stands with what was asked", () => {
  const [block] = blocksOf(chapter(sheetOf(), "Written before the choices were shown"));
  assert.deepEqual(block.paragraphs, [["First the phone."]]);
  assert.equal(block.asked, "What happened?");
});

test("nothing answered gives a document without a chapter", () => {
  assert.deepEqual(documentOf(answeredPage({ tasks: BLANK }), "c1").chapters, []);
});

test("a blank task leaves no heading behind", () => {
  const values = { "c1-goals": null, "c1-link": { parts: {} }, "c1-write-2": { text: " \n " } };
  const sheet = sheetOf({ values });
  assert.equal(chapter(sheet, "Goals"), undefined);
  assert.equal(chapter(sheet, "Arrows"), undefined);
  assert.equal(chapter(sheet, "My texts").parts.length, 2);
});

test("a lens without a placed statement has no drawing", () => {
  const values = { "c1-slots-1": { parts: { a1: { choice: "too_early" } } } };
  const kinds = blocksOf(chapter(sheetOf({ values }), "The CBT lens")).map(({ kind }) => kind);
  assert.deepEqual(kinds, ["list"]);
});

test("nothing of a key comes in, not even into the words of a drawing", () => {
  assert.doesNotMatch(JSON.stringify(sheetOf()), new RegExp(KEY_WORDS));
});

test("an answer that is not what it should be is passed over", () => {
  const odd = [{}, { parts: null }, { parts: { a1: null, p1: "yes" } }, { text: 7, marked: "s1", agenda: 4 }, "text", 5];
  for (const value of odd) {
    const values = Object.fromEntries(BLANK.map(([{ id }]) => [id, value]));
    const sheet = documentOf(answeredPage({ values }), "c1");
    assert.equal(chapter(sheet, "Goals"), undefined, JSON.stringify(value));
  }
});

test("the sentences that are used are listed once, in the order of the case", () => {
  const { sentences } = sheetOf();
  assert.deepEqual(sentences.map(({ number }) => number), [1, 2, 3, 4, 5, 6]);
  assert.equal(sentences[0].text, "Fact number 1.");
});

test("a sentence of a part that is not open yet is not listed, whoever names it", () => {
  const text = "It will be sentence 8, I think.";
  const now = answeredPage({ tasks: BLANK, values: { "c1-write-3": { text } } });
  assert.deepEqual(documentOf(now, "c1").sentences, []);
  const later = answeredPage({
    tasks: BLANK,
    values: { "c1-write-3": { text }, "c1-write-2": { text: "Later." } },
  });
  assert.deepEqual(documentOf(later, "c1").sentences.map(({ number }) => number), [8]);
});

test("the document says what is committed, and marks what is not only where some is", () => {
  const mixed = sheetOf();
  assert.match(mixed.about.at(-1), /Some of this is committed/);
  assert.equal(chapter(mixed, "Goals").note, "Not committed yet");
  assert.deepEqual(
    chapter(mixed, "My texts").parts.map(({ note }) => note),
    ["Not committed yet", null, "Not committed yet"],
  );
  assert.equal(chapter(mixed, "Rival accounts").parts.at(-1).note, "Not all of this is committed yet");
  assert.equal(chapter(mixed, "How sure I was").note, null);
  const all = documentOf(allWith({ committed: true }), "c1");
  assert.equal(all.about.at(-1), "Every answer here is committed.");
  const none = documentOf(allWith({ committed: false }), "c1");
  assert.match(none.about.at(-1), /Nothing here is committed yet/);
  for (const sheet of [all, none]) assert.doesNotMatch(JSON.stringify(sheet.chapters), /committed/);
});

test("work that was handed in says so, and when it was last saved", () => {
  const state = { receipt: { at: "2030-01-02T10:00:00Z" } };
  const { about } = documentOf(allWith({ committed: true, saved: "2030-01-01T10:00:00Z" }, { state }), "c1");
  assert.equal(about[0], "A unit");
  assert.match(about[1], /^Answers as saved on .*2030/);
  assert.match(about[2], /^Handed in .*2030/);
});

test("the client's line and the last line are there", () => {
  const sheet = sheetOf();
  assert.deepEqual(sheet.people, ["Rosa, 52, she/her. Baker"]);
  assert.equal(sheet.end, "An invented case, written for training.");
});

test("numbers of sentences are found as people write them", () => {
  const found = (text) => mentionedNumbers(text);
  assert.deepEqual(found("He waits (s4), and sentence 7 too."), [4, 7]);
  assert.deepEqual(found("Sentences 16 to 18 and 20"), [16, 17, 18, 20]);
  assert.deepEqual(found("s10–s12, s14 or s15"), [10, 11, 12, 14, 15]);
  assert.deepEqual(found("She is 52 and has 3 sons, less5."), []);
  assert.deepEqual(found("sentences 9 to 2030"), [9, 2030]);
});

test("paragraphs keep their lines, whatever ends a line", () => {
  assert.deepEqual(paragraphsOf(" one\r\ntwo\u2028three \n \t\nfour\v\u0000five"), [
    [" one", "two", "three"],
    ["four", "five"],
  ]);
  assert.deepEqual(paragraphsOf(" \n\n "), []);
  assert.deepEqual(paragraphsOf(null), []);
  assert.deepEqual(paragraphsOf({}), []);
});
