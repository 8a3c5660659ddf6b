import assert from "node:assert/strict";
import { test } from "node:test";
import { KEY_WORDS, answeredPage } from "./answered.mjs";
import { loadPage } from "./load.mjs";

const { documentOf, escapeHtml, htmlOf } = await loadPage();
const drawings = { cbt: "<svg>one</svg>", dynamic: "<svg>two</svg>" };
const htmlWith = (more) => htmlOf(documentOf(answeredPage(more), "c1"), drawings);
const whole = htmlWith();

const BAD = `</p></main><script>alert(1)</script><img src=x onerror='a' title="b"> & &lt; {{x}}`;

test("what was typed is never markup", () => {
  const values = {
    "c1-write-1": { text: BAD },
    "c1-write-2": { text: `one\n${BAD}` },
    "c1-ask": { parts: {}, own: BAD },
    "c1-goals": { agenda: [], offer: BAD },
    "c1-link": { parts: { "d1-d2": { choice: "leads_to", breaks: BAD } } },
    "c1-appraise": { repair: BAD },
  };
  const html = htmlWith({ values, entries: { "c1-slots-1": { firstText: BAD } } });
  assert.equal(html.split(escapeHtml(BAD)).length - 1, 7);
  assert.doesNotMatch(html, /<script|<img|onerror='|\{\{x\}\}(?=<\/script)/);
});

test("no words of the course are markup either", () => {
  const page = answeredPage();
  const bad = (text) => (typeof text === "string" ? `${text}<x y="z">` : text);
  const deep = (value, key) => {
    if (Array.isArray(value)) return value.map((one) => deep(one, key));
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, deep(one, name)]));
    }
    return ["text", "title", "label", "claim", "first", "name", "context"].includes(key) ? bad(value) : value;
  };
  page.tasks = deep(page.tasks);
  page.store.unit = deep(page.store.unit);
  const html = htmlOf(documentOf(page, "c1"), drawings);
  assert.doesNotMatch(html, /<x/);
  assert.match(html, /&lt;x y=&quot;z&quot;&gt;/);
});

test("every sign of markup is written so that it is only read", () => {
  assert.equal(escapeHtml(`<a href="b">'&'</a>`), "&lt;a href=&quot;b&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
  assert.equal(escapeHtml(null), "");
});

test("tags are opened and closed in order", () => {
  const open = [];
  const inner = whole.replace(/<style>[^]*?<\/style>/, "").replace(/<!doctype html>/, "");
  for (const [, close, name] of inner.matchAll(/<(\/?)([a-z0-9]+)[^>]*>/g)) {
    if (["meta", "br"].includes(name)) continue;
    if (close) assert.equal(open.pop(), name);
    else open.push(name);
  }
  assert.deepEqual(open, []);
});

test("it says its language and its letters, and asks for nothing from elsewhere", () => {
  assert.match(whole, /^<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">/);
  assert.doesNotMatch(whole, /<script|<link|<img|<iframe|@import|url\(|https?:|src=/);
  assert.match(whole, /Content-Security-Policy" content="default-src 'none'/);
});

test("a dark screen is served, and paper is always light", () => {
  assert.match(whole, /@media screen and \(prefers-color-scheme: dark\)/);
  assert.doesNotMatch(whole, /@media \(prefers-color-scheme/);
  assert.match(whole, /@media print/);
});

test("each drawing stands in its chapter, with its words beside it", () => {
  const [, cbt, dynamic] = whole.split("<figure>");
  assert.match(cbt, /^<figcaption>CBT drawing<\/figcaption><svg>one<\/svg><\/figure><details>/);
  assert.match(cbt, /<summary>CBT drawing in words<\/summary><ul><li>/);
  assert.match(dynamic, /<svg>two<\/svg>/);
});

test("lines and paragraphs of a typed text are kept", () => {
  assert.match(whole, /<p dir="auto">Rosa, may I say<br>how it looks\?<\/p>/);
  assert.match(whole, /<p dir="auto">She waits \(s5\)\.<\/p><p dir="auto">Then she goes\.<\/p>/);
});

test("a cited sentence leads to its place in the list", () => {
  const ids = new Set([...whole.matchAll(/ id="(s\d+)"/g)].map((match) => match[1]));
  const cited = [...whole.matchAll(/href="#(s\d+)"/g)].map((match) => match[1]);
  assert.ok(cited.length > 5);
  for (const id of cited) assert.ok(ids.has(id), id);
  assert.equal(ids.size, documentOf(answeredPage(), "c1").sentences.length);
});

test("nothing of a key, and nothing that is missing, comes into it", () => {
  assert.doesNotMatch(whole, new RegExp(`${KEY_WORDS}|undefined|null|NaN|\\[object`));
  assert.match(whole, /<footer><p>An invented case, written for training\.<\/p><\/footer>/);
});
