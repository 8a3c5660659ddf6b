import assert from "node:assert/strict";
import { test } from "node:test";
import { loadPage } from "./load.mjs";

const { countWords, splitReferences, formatTime, formatPoints, listNumbers } =
  await loadPage();
const numberOf = (id) => ({ s3: 3, s4: 4, s14: 14 })[id] ?? null;
const plain = (text) => splitReferences(text, numberOf).map((one) => one.text).join("");
const ids = (text) =>
  splitReferences(text, numberOf).filter((one) => one.id).map((one) => one.id);

test("words are counted as a person would", () => {
  assert.equal(countWords(""), 0);
  assert.equal(countWords(null), 0);
  assert.equal(countWords("  one  \n two "), 2);
  assert.equal(countWords("She doesn't say so: well-known, and – yes."), 7);
  assert.equal(countWords("Ça va? Übung 34"), 4);
});

test("a sentence id becomes a link that reads as words", () => {
  assert.deepEqual(splitReferences("He says so (s14).", numberOf), [
    { text: "He says so (" },
    { id: "s14", text: "sentence 14" },
    { text: ")." },
  ]);
});

test("several ids in a row share one word", () => {
  assert.equal(plain("See s3, s4 and s14 here"), "See sentences 3, 4 and 14 here");
  assert.deepEqual(ids("See s3, s4 and s14 here"), ["s3", "s4", "s14"]);
});

test("an id at the start of a sentence takes a capital", () => {
  assert.equal(plain("s3 shows it. s4 too."), "Sentence 3 shows it. Sentence 4 too.");
});

test("an author who wrote the word does not get it twice", () => {
  assert.equal(plain("in sentences s3 and s4"), "in sentences 3 and 4");
});

test("what is no sentence of this case stays as it is", () => {
  assert.equal(plain("The s99 bus, NHS5 and less5."), "The s99 bus, NHS5 and less5.");
  assert.deepEqual(ids("s99"), []);
});

test("nothing to split gives nothing", () => {
  assert.deepEqual(splitReferences(undefined, numberOf), []);
});

test("numbers and points are written plainly", () => {
  assert.equal(listNumbers([12, 3]), "3, 12");
  assert.equal(formatPoints(5.25), "5.3");
  assert.equal(formatPoints(8), "8");
  assert.equal(formatPoints(undefined), "0");
});

test("a time that is none is not shown", () => {
  assert.equal(formatTime(null), "");
  assert.equal(formatTime("yesterday"), "");
  assert.match(formatTime("2030-01-01T10:04:00Z"), /\d\d:\d\d/);
});
