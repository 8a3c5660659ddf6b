// What a real parser makes of it is tested in test_asmarkdown.py.
import assert from "node:assert/strict";
import { test } from "node:test";
import { KEY_WORDS, answeredPage } from "./answered.mjs";
import { loadPage } from "./load.mjs";

const { documentOf, escapeMarkdown, markdownOf } = await loadPage();
const whole = markdownOf(documentOf(answeredPage(), "c1"));

// Every sign that Markdown may read, letters, spaces and what stands beyond them.
const SIGNS = "abw19 .)(-+*#>_`~|[]<>&;:!\\=$^@/%{}'\"é…ש\t\u00a0😀";

function* oddTexts(count) {
  let seed = 20300101;
  const next = (below) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
  const signs = [...SIGNS];
  for (let round = 0; round < count; round += 1) {
    yield Array.from({ length: 1 + next(30) }, () => signs[next(signs.length)]).join("");
  }
}

const unescape = (text) => text.replace(/\\([!-/:-@[-`{-~])/g, "$1");
const plain = (text) => text.replace(/\t/g, "    ").replace(/\u00a0/g, " ").trimEnd();

test("whoever takes the backslashes away again has the text that was typed", () => {
  for (const text of oddTexts(5000)) {
    const tabless = text.replace(/\t/g, " ");
    assert.equal(plain(unescape(escapeMarkdown(tabless))), plain(tabless), JSON.stringify(text));
  }
});

test("no sign that marks anything up is left to itself", () => {
  for (const text of oddTexts(5000)) {
    const escaped = escapeMarkdown(text);
    const rest = escaped.replace(/\\./g, " ");
    assert.doesNotMatch(rest, /[`*_[\]<~|$^]|:\/\/|==|&#?\w+;/, JSON.stringify(text));
    assert.doesNotMatch(escaped, /^([ \t]|[#>+=:%-]|\d+[.)])/, JSON.stringify(text));
  }
});

test("plain words stay as plain as they were", () => {
  const text = "She waits (s4), he's late; at 9.30 – “why?” – 3 of 4, A & B, it's 100% so!";
  assert.equal(escapeMarkdown(text), text);
});

test("a line that looks like the start of something is kept from starting it", () => {
  assert.equal(escapeMarkdown("- a"), "\\- a");
  assert.equal(escapeMarkdown("12. a"), "12\\. a");
  assert.equal(escapeMarkdown("# a"), "\\# a");
  assert.equal(escapeMarkdown("    a"), "\u00a0\u00a0\u00a0\u00a0a");
  assert.equal(escapeMarkdown("a\n\n# b"), "a # b");
});

test("the lines of a typed text are kept apart", () => {
  assert.match(whole, /^Rosa, may I say {2}\nhow it looks\?$/m);
  assert.match(whole, /^She waits \(s5\)\.\n\nThen she goes\.$/m);
  assert.match(whole, /^ {2}- \*\*What would break it\?\*\* If she {2}\n {4}stayed\.$/m);
});

test("answers stand in lists, with the sentences that they rest on", () => {
  assert.match(whole, /^- \*\*Clarity:\*\* Asked \(sentences 1, 4\)$/m);
  assert.match(whole, /^1\. First this\.\n2\. Then this\.$/m);
  assert.match(whole, /^- \*\*3\*\* Fact number 3\.$/m);
});

test("both drawings are told in words", () => {
  for (const name of ["CBT drawing in words", "Dynamic drawing in words"]) {
    assert.match(whole, new RegExp(`^\\*\\*${name}\\*\\*\\n\\n- `, "m"));
  }
});

test("it begins with its title and ends with what it is", () => {
  assert.match(whole, /^# My formulation\n\n\*\*The kettle\*\* {2}\nRosa, 52/);
  assert.match(whole, /\n---\n\nAn invented case, written for training\.\n$/);
});

test("nothing of a key, and nothing that is missing, comes into it", () => {
  assert.doesNotMatch(whole, new RegExp(`${KEY_WORDS}|undefined|null|NaN|\\[object`));
});
