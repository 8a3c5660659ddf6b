import assert from "node:assert/strict";
import { test } from "node:test";
import { installPage } from "./fakes.mjs";
import { loadPage } from "./load.mjs";

const { roundedPath, shape, textWidth, wrapText, wrapWithNumbers } = await loadPage();
installPage();

const TEXT = "In the van outside the customer’s house she lets the hour go by, and nobody hears the bell.";

test("a text is wrapped into lines that fit, and nothing is lost", () => {
  for (const width of [80, 150, 340]) {
    const lines = wrapText(TEXT, width, 13);
    assert.equal(lines.join(" "), TEXT);
    for (const line of lines) assert.ok(textWidth(line, 13) <= width, line);
  }
  assert.ok(wrapText(TEXT, 80, 13).length > wrapText(TEXT, 340, 13).length);
});

test("a word that is longer than the line is cut, not left sticking out", () => {
  const word = "Donaudampfschifffahrtsgesellschaft".repeat(3);
  const lines = wrapText(`a ${word} b`, 120, 13);
  assert.equal(lines.join("").replaceAll(" ", ""), `a${word}b`);
  for (const line of lines) assert.ok(textWidth(line, 13) <= 120);
});

test("no text makes no line", () => {
  assert.deepEqual(wrapText("", 100, 13), []);
  assert.deepEqual(wrapText(undefined, 100, 13), []);
});

test("bold letters and capitals are counted as wider", () => {
  assert.ok(textWidth("wish", 12, true) > textWidth("wish", 12));
  assert.ok(textWidth("WISH", 12) > textWidth("wish", 12));
  assert.ok(textWidth("愛愛", 12) > textWidth("aa", 12));
});

test("the small numbers stay beside the last word, within the line", () => {
  for (let width = 84; width < 220; width += 7) {
    const lines = wrapWithNumbers(TEXT, [3, 11, 24], width, 13);
    const last = lines.at(-1);
    assert.equal(last.raised, "3, 11, 24");
    assert.match(last.text, /bell\.$/);
    assert.ok(textWidth(last.text, 13) + textWidth(last.raised, 10.5) <= width, `${width}`);
    assert.equal(lines.map(({ text }) => text).join(" "), TEXT);
  }
});

test("very many numbers take lines of their own", () => {
  const numbers = Array.from({ length: 30 }, (_, index) => index + 10);
  const lines = wrapWithNumbers("Short.", numbers, 100, 13);
  assert.ok(lines.length > 2);
  assert.equal(lines.map(({ raised }) => raised).filter(Boolean).join(" "), numbers.join(", "));
});

test("without numbers nothing is raised", () => {
  assert.deepEqual(wrapWithNumbers("She goes.", [], 200, 13), [{ text: "She goes." }]);
});

test("a rounded way begins and ends where it should", () => {
  const path = roundedPath([[0, 0], [0, 50], [80, 50]], 14);
  assert.equal(path, "M 0 0 L 0 36 Q 0 50 14 50 L 80 50");
  assert.match(roundedPath([[0, 0], [0, 4], [80, 4]], 14), /^M 0 0 L 0 2 Q/);
});

test("a shape leaves out what is empty and rounds its numbers", () => {
  const { attributes } = shape("rect", { x: 1 / 3, y: 0, rx: null, class: undefined });
  assert.deepEqual(attributes, { x: "0.33", y: "0" });
});
