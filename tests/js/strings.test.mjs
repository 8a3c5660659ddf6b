import assert from "node:assert/strict";
import { test } from "node:test";
import { loadPage, moduleNames, moduleText } from "./load.mjs";

const { STRINGS, say } = await loadPage();
const others = moduleNames().filter((name) => name !== "strings.js");
const source = others.map(moduleText).join("\n");

// Keys that are put together from a part that varies.
const FAMILIES = {
  "closing.": ["bridge", "cbt", "dynamic", "graded", "practice"],
  "step.": ["closing", "compare", "finish", "lenses", "mine", "read"],
  "sure.": ["1", "2", "3", "4", "5"],
  "progress.": ["answered", "begun", "committed", "handedIn", "new"],
  "save.": ["idle", "late", "saved", "saving", "working"],
  "supervisor.": ["cbt", "dynamic"],
  "verdict.": ["blank", "missed", "partly", "right", "unsupported", "open"],
};

test("every text that a module asks for exists", () => {
  const literal = [...source.matchAll(/"([a-z]+\.[a-zA-Z]+)"/g)].map((match) => match[1]);
  const families = Object.entries(FAMILIES).flatMap(([start, ends]) =>
    ends.map((end) => start + end),
  );
  const prefixes = new Set(Object.keys(STRINGS).map((key) => key.split(".")[0]));
  const asked = literal.filter((key) => prefixes.has(key.split(".")[0]));
  for (const key of [...asked, ...families]) assert.ok(key in STRINGS, key);
});

test("every text is used", () => {
  const families = Object.keys(FAMILIES);
  for (const key of Object.keys(STRINGS)) {
    const base = key.replace(/\.one$/, "");
    const composed = families.some((start) => base.startsWith(start));
    assert.ok(composed || source.includes(`"${base}"`), `${key} is never used`);
  }
});

test("a singular has its plural", () => {
  const singular = Object.keys(STRINGS).filter((key) => key.endsWith(".one"));
  for (const key of singular) assert.ok(key.replace(/\.one$/, "") in STRINGS, key);
});

test("names are filled in, and one is not many", () => {
  assert.equal(say("marking.count", { count: 1 }), "One sentence marked");
  assert.equal(say("marking.count", { count: 3 }), "3 sentences marked");
  assert.equal(say("step.announce", { n: 3, of: 9, title: "Goals" }), "Step 3 of 9: Goals");
});

test("the words are plain: no exclamation marks, no words of the trade", () => {
  for (const [key, text] of Object.entries(STRINGS)) {
    assert.doesNotMatch(text, /!|kernel|JSON|notebook|\bcell\b|widget|server/i, key);
  }
});

test("no module has words of its own for the trainee", () => {
  for (const name of others) {
    const code = moduleText(name).replace(/^\s*(\/\/|\*|\/\*).*$/gm, "");
    const sentences = [...code.matchAll(/"([A-Z][a-z]+ [a-z]+[^"]*)"/g)];
    assert.deepEqual(sentences.map((match) => match[1]), [], name);
  }
});
