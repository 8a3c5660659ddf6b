// "My formulation": everything that was answered on a case, to read, print or save.
import { htmlOf } from "./ashtml.js";
import { markdownOf } from "./asmarkdown.js";
import { isShortTitle, leadOf } from "./blocks.js";
import { drawCycle } from "./cycle.js";
import { documentOf, ownElements } from "./document.js";
import { disclosure, fill, h } from "./dom.js";
import { drawingText, fileName, printHtml, saveFile } from "./saving.js";
import { say } from "./strings.js";
import { LIGHT_PALETTE } from "./svg.js";
import { drawTriangles } from "./triangles.js";

const DRAWN = { cbt: drawCycle, dynamic: drawTriangles };
const DRAWING_WIDTH = 600;

/** The screen of a trainee's own document on one case. */
export function drawMine(page, { case: caseId }) {
  const sheet = documentOf(page, caseId);
  const nodes = sheet.chapters.length
    ? [drawKeeping(page, caseId), drawSheet(sheet, drawingsFor(page, caseId, "--cl-"))]
    : h("p", { class: "cl-callout" }, say("mine.empty"));
  return { title: sheet.title, nodes: h("div", { class: "cl-mine" }, nodes), wide: true };
}

/** Both drawings by lens; their colours are variables that begin with `prefix`. */
function drawingsFor(page, caseId, prefix) {
  const elements = ownElements(page, caseId);
  const colours = Object.entries(LIGHT_PALETTE);
  const palette = Object.fromEntries(
    colours.map(([name, colour]) => [name, `var(${prefix}${name}, ${colour})`]),
  );
  const options = { palette, width: DRAWING_WIDTH };
  return Object.fromEntries(
    Object.entries(DRAWN).map(([lens, draw]) => [lens, () => draw(elements, options)]),
  );
}

function drawKeeping(page, caseId) {
  const done = h("p", { class: "cl-kept" });
  const tell = (text) => {
    fill(done, text);
    page.announce(text);
  };
  const button = (key, run) => {
    const click = () => tell(run());
    return h("button", { type: "button", on: { click } }, say(key));
  };
  return h(
    "div",
    { class: "cl-keeping" },
    h("p", { class: "cl-lead" }, say("mine.lead")),
    h(
      "div",
      { class: "cl-keeping-ways" },
      button("mine.print", () => printMine(page, caseId)),
      button("mine.saveHtml", () => saveMine(page, caseId, HTML_FILE)),
      button("mine.saveText", () => saveMine(page, caseId, TEXT_FILE)),
    ),
    h("p", { class: "cl-help" }, say("mine.where")),
    done,
  );
}

const HTML_FILE = { ending: "html", type: "text/html", write: wholeHtml };
const TEXT_FILE = {
  ending: "md",
  type: "text/markdown",
  write: (page, caseId) => markdownOf(documentOf(page, caseId)),
};

function wholeHtml(page, caseId) {
  const sheet = documentOf(page, caseId);
  const blocks = sheet.chapters.flatMap(({ parts }) => parts.flatMap((part) => part.blocks));
  const drawn = blocks.filter(({ kind }) => kind === "drawing");
  const draw = drawingsFor(page, caseId, "--");
  const texts = drawn.map(({ lens }) => [lens, drawingText(draw[lens]())]);
  return htmlOf(sheet, Object.fromEntries(texts));
}

function printMine(page, caseId) {
  printHtml(wholeHtml(page, caseId), say("step.mine"));
  return say("mine.printing");
}

function saveMine(page, caseId, { ending, type, write }) {
  const name = fileName(page.store.unit.id, caseId, ending);
  saveFile({ name, type, text: write(page, caseId) });
  return say("mine.kept", { name });
}

/** The document on the page, from the same data as the files. */
export function drawSheet(sheet, drawings) {
  return h(
    "article",
    { class: "cl-sheet", "aria-label": sheet.title },
    h(
      "header",
      {},
      sheet.caseTitle ? h("p", { class: "cl-sheet-case" }, sheet.caseTitle) : null,
      sheet.people.map((one) => h("p", {}, one)),
      sheet.about.map((one) => h("p", { class: "cl-help" }, one)),
    ),
    sheet.chapters.map((chapter) => drawSheetChapter(chapter, drawings)),
    drawSheetSentences(sheet.sentences),
    h("footer", {}, h("p", {}, sheet.end)),
  );
}

function drawSheetChapter({ title, note, parts }, drawings) {
  const drawn = parts.map((part) => [
    part.title ? h("h5", {}, part.title) : null,
    drawSheetNote(part.note),
    part.blocks.map((block) => SHEET_BLOCKS[block.kind](block, drawings)),
  ]);
  return h("section", {}, h("h4", {}, title), drawSheetNote(note), drawn);
}

function drawSheetNote(note) {
  return note ? h("p", { class: "cl-sheet-note" }, note) : null;
}

const SHEET_BLOCKS = {
  text: ({ title, asked, paragraphs }) => [
    title ? drawSheetName(title) : null,
    asked ? h("p", { class: "cl-help" }, asked) : null,
    h(
      "div",
      { class: "cl-sheet-own" },
      paragraphs.map((lines) => h("p", { dir: "auto" }, brokenLines(lines))),
    ),
  ],
  list: ({ title, ordered, items }) => {
    const rows = h(ordered ? "ol" : "ul", {}, items.map(drawSheetItem));
    const style = isShortTitle(title) ? "cl-sheet-row is-short" : "cl-sheet-row";
    return title ? h("div", { class: style }, drawSheetName(title), rows) : rows;
  },
  drawing: ({ lens, name, words }, drawings) => [
    h("figure", {}, h("figcaption", {}, name), drawings[lens]()),
    disclosure(
      say("mine.inWords", { name }),
      { class: "cl-more" },
      h("ul", {}, words.map((line) => h("li", {}, line))),
    ),
  ],
};

function drawSheetName(text) {
  return h("p", { class: "cl-sheet-name" }, text);
}

function brokenLines(lines) {
  return lines.flatMap((line, index) => (index ? [h("br"), line] : [line]));
}

function drawSheetItem({ name, lines, numbers = [], notes = [] }) {
  const values = { count: numbers.length, numbers: numbers.join(", ") };
  const cited = numbers.length ? ` (${say("mine.cited", values)})` : null;
  return h(
    "li",
    {},
    name ? [h("b", {}, leadOf(name)), " "] : null,
    lines.length ? h("span", { dir: "auto" }, brokenLines(lines)) : null,
    cited ? h("span", { class: "cl-sheet-cited" }, cited) : null,
    notes.length ? h("ul", {}, notes.map(drawSheetItem)) : null,
  );
}

function drawSheetSentences(sentences) {
  if (!sentences.length) return null;
  const rows = sentences.map(({ number, text }) => h("li", { value: number }, text));
  return h(
    "section",
    { class: "cl-sheet-sentences" },
    h("h4", {}, say("mine.sentences")),
    h("ol", {}, rows),
  );
}
