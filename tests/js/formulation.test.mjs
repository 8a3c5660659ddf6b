import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { BLANK, KEY_WORDS, answeredPage } from "./answered.mjs";
import { installPage } from "./fakes.mjs";
import { loadPage } from "./load.mjs";

const page = await loadPage();
const { PRINTER, drawMine, fileName } = page;
const STEP = { kind: "mine", case: "c1" };
const ordinary = PRINTER.print;
let files;
let frames;
let later;

// As much of a browser as a download and a print-out touch.
beforeEach(() => {
  installPage();
  files = [];
  frames = [];
  later = [];
  const body = document.createElement("body");
  body.append = (node) => {
    if (node.tag === "iframe") frames.push(node);
    if (node.tag === "a") node.click = () => files.push({ name: node.getAttribute("download"), blob: blobs.get(node.getAttribute("href")) });
    node.remove = () => (frames = frames.filter((one) => one !== node));
  };
  Object.assign(document, { body, querySelectorAll: () => frames });
  const blobs = new Map();
  URL.createObjectURL = (blob) => {
    blobs.set(`blob:${blobs.size}`, blob);
    return `blob:${blobs.size - 1}`;
  };
  URL.revokeObjectURL = () => {};
  globalThis.setTimeout = (fn, wait) => (wait ? later.push(fn) : fn());
  globalThis.XMLSerializer = class {
    serializeToString(node) {
      const inner = node.children.map((child) => (child.nodeType ? this.serializeToString(child) : page.escapeHtml(child)));
      return `<${node.tag}>${inner.join("")}</${node.tag}>`;
    }
  };
});

const realLater = setTimeout;
afterEach(() => {
  PRINTER.print = ordinary;
  globalThis.setTimeout = realLater;
});

function show(more) {
  const shown = answeredPage(more);
  const screen = drawMine(shown, STEP);
  const root = document.createElement("div");
  page.fill(root, screen.nodes);
  const press = (name) => root.querySelectorAll("button").find((one) => one.textContent === name).click();
  return { ...screen, root, press, said: shown.said };
}

test("the screen shows the document in the same words as the files", () => {
  const { title, wide, root } = show();
  assert.equal(title, "My formulation");
  assert.equal(wide, true);
  const sheet = page.documentOf(answeredPage(), "c1");
  const shown = root.textContent;
  for (const chapter of sheet.chapters) assert.ok(shown.includes(chapter.title), chapter.title);
  assert.match(shown, /Clarity: Asked \(sentences 1, 4\)/);
  assert.match(shown, /An invented case, written for training\./);
  assert.equal(root.querySelectorAll("svg").length, 2);
  assert.doesNotMatch(shown, new RegExp(`${KEY_WORDS}|undefined|NaN|\\[object`));
});

test("headings go down one step at a time", () => {
  const levels = show().root.all().map(({ tag }) => /^h([1-6])$/.exec(tag)?.[1]).filter(Boolean).map(Number);
  let before = 3;
  for (const level of levels) {
    assert.ok(level <= before + 1 && level >= 4, levels.join(" "));
    before = level;
  }
});

test("where nothing is answered yet, a note says what will stand here", () => {
  const { root } = show({ tasks: BLANK });
  assert.match(root.textContent, /Nothing is answered on this case yet/);
  assert.equal(root.querySelectorAll("button").length, 0);
});

test("it says that a file leaves this computer only if it is sent", () => {
  assert.match(show().root.textContent, /leaves this computer only if you send it/);
});

test("saving as a web page gives one file with both drawings", async () => {
  const { press, said, root } = show();
  press("Save as a web page");
  assert.equal(files[0].name, "m01_u01-c1-formulation.html");
  assert.equal(files[0].blob.type, "text/html;charset=utf-8");
  const html = await files[0].blob.text();
  assert.equal(html.split("<svg>").length, 3);
  assert.match(html, /<svg>.*The phone rings\./s);
  assert.doesNotMatch(html, new RegExp(KEY_WORDS));
  assert.deepEqual(said, ["Saved as m01_u01-c1-formulation.html."]);
  assert.equal(root.querySelector(".cl-kept").textContent, said[0]);
});

test("saving as text gives Markdown", async () => {
  const { press, said } = show();
  press("Save as text");
  assert.equal(files[0].name, "m01_u01-c1-formulation.md");
  assert.equal(files[0].blob.type, "text/markdown;charset=utf-8");
  assert.match(await files[0].blob.text(), /^# My formulation\n/);
  assert.deepEqual(said, ["Saved as m01_u01-c1-formulation.md."]);
});

test("printing prints the same page from a frame of its own, which then goes", () => {
  const printed = [];
  PRINTER.print = (view) => printed.push(view);
  const { press, said } = show();
  press("Print");
  const [frame] = frames;
  assert.match(frame.getAttribute("srcdoc"), /^<!doctype html>/);
  assert.equal(frame.getAttribute("aria-hidden"), "true");
  assert.equal(printed.length, 0);
  const leave = [];
  frame.contentWindow = { addEventListener: (type, fn) => type === "afterprint" && leave.push(fn) };
  frame.listeners.load.forEach((fn) => fn());
  assert.deepEqual(printed, [frame.contentWindow]);
  assert.equal(frames.length, 1);
  leave.forEach((fn) => fn());
  assert.equal(frames.length, 0);
  assert.equal(said.length, 1);
});

test("printing twice leaves no frame of the first time behind", () => {
  const { press } = show();
  press("Print");
  press("Print");
  assert.equal(frames.length, 1);
});

test("a frame goes by itself where the browser never says that it has printed", () => {
  PRINTER.print = () => {};
  const { press } = show();
  press("Print");
  frames[0].contentWindow = { addEventListener() {} };
  frames[0].listeners.load.forEach((fn) => fn());
  assert.equal(frames.length, 1);
  later.forEach((fn) => fn());
  assert.equal(frames.length, 0);
});

test("the browser's own print is what is used", () => {
  let count = 0;
  ordinary({ print: () => (count += 1) });
  assert.equal(count, 1);
});

test("a file has a name that every system takes", () => {
  assert.equal(fileName("m04_u01", "c001", "md"), "m04_u01-c001-formulation.md");
  assert.equal(fileName("../a b", undefined, "md"), "-a-b-formulation.md");
});

test("what is saved holds the answers of that moment", async () => {
  const values = {};
  const { press } = show({ values });
  values["c1-write-1"] = { text: "Changed since." };
  press("Save as text");
  assert.match(await files[0].blob.text(), /Changed since\./);
});
