// The document as one HTML file that needs nothing else: no script, nothing from elsewhere.
import { isShortTitle, leadOf } from "./blocks.js";
import { say } from "./strings.js";

const SPECIAL = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text that stands as text, between tags and within an attribute. */
export function escapeHtml(text) {
  return String(text ?? "").replace(/[&<>"']/g, (sign) => SPECIAL[sign]);
}

/**
 * The whole document. `drawings` holds the drawings by lens, already as text of <svg>;
 * everything else is escaped here.
 */
export function htmlOf(sheet, drawings = {}) {
  const title = escapeHtml([sheet.title, sheet.caseTitle].filter(Boolean).join(": "));
  return [
    "<!doctype html>",
    '<html lang="en-GB">',
    "<head>",
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    `<title>${title}</title>`,
    `<style>${SHEET_STYLE}</style>`,
    "</head>",
    "<body>",
    `<main>${mainHtml(sheet, drawings)}</main>`,
    "</body>",
    "</html>\n",
  ].join("\n");
}

// Nothing in the file asks for anything, and nothing in it could.
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

function mainHtml(sheet, drawings) {
  return [
    headHtml(sheet),
    ...sheet.chapters.map((chapter) => chapterHtml(chapter, drawings)),
    sentencesHtml(sheet.sentences),
    `<footer><p>${escapeHtml(sheet.end)}</p></footer>`,
  ].join("\n");
}

function headHtml({ title, caseTitle, people, about }) {
  const lines = people.map((one) => `<p>${escapeHtml(one)}</p>`).join("");
  const name = caseTitle ? `<p class="case">${escapeHtml(caseTitle)}</p>` : "";
  const rest = about.map((one) => `<p class="soft">${escapeHtml(one)}</p>`).join("");
  return `<header><h1>${escapeHtml(title)}</h1>${name}${lines}${rest}</header>`;
}

function chapterHtml({ title, note, parts }, drawings) {
  const inner = parts.map((part) => partHtml(part, drawings)).join("\n");
  return `<section><h2>${escapeHtml(title)}</h2>${noteHtml(note)}\n${inner}</section>`;
}

function noteHtml(note) {
  return note ? `<p class="note">${escapeHtml(note)}</p>` : "";
}

function partHtml({ title, note, blocks }, drawings) {
  return [
    title ? `<h3>${escapeHtml(title)}</h3>` : "",
    noteHtml(note),
    ...blocks.map((block) => HTML_BLOCKS[block.kind](block, drawings)),
  ].join("");
}

const HTML_BLOCKS = {
  text: ({ title, asked, paragraphs }) => {
    const lead = asked ? `<p class="soft">${escapeHtml(asked)}</p>` : "";
    const texts = paragraphs.map((lines) => `<p dir="auto">${linesHtml(lines)}</p>`).join("");
    return `${groupTitle(title)}${lead}<div class="own">${texts}</div>`;
  },
  list: ({ title, ordered, items }) => {
    const tag = ordered ? "ol" : "ul";
    const rows = `<${tag}>${items.map(itemHtml).join("")}</${tag}>`;
    const style = isShortTitle(title) ? "row is-short" : "row";
    return title ? `<div class="${style}">${groupTitle(title)}${rows}</div>` : rows;
  },
  drawing: ({ lens, name, words }, drawings) => {
    const told = words.map((line) => `<li>${escapeHtml(line)}</li>`).join("");
    const summary = escapeHtml(say("mine.inWords", { name }));
    const inWords = `<details><summary>${summary}</summary><ul>${told}</ul></details>`;
    const caption = `<figcaption>${escapeHtml(name)}</figcaption>`;
    return `<figure>${caption}${drawings[lens] ?? ""}</figure>${inWords}`;
  },
};

function groupTitle(title) {
  return title ? `<p class="name">${escapeHtml(title)}</p>` : "";
}

function linesHtml(lines) {
  return lines.map(escapeHtml).join("<br>");
}

function itemHtml({ name, lines, numbers = [], notes = [] }) {
  const words = [
    name ? `<b>${escapeHtml(leadOf(name))}</b>` : "",
    lines.length ? `<span dir="auto">${linesHtml(lines)}</span>` : "",
    citedHtml(numbers),
  ];
  const under = notes.length ? `<ul class="notes">${notes.map(itemHtml).join("")}</ul>` : "";
  return `<li>${words.filter(Boolean).join(" ")}${under}</li>`;
}

function citedHtml(numbers) {
  if (!numbers.length) return "";
  const word = say(numbers.length === 1 ? "sentence.word" : "sentence.words");
  const links = numbers.map((number) => `<a href="#s${Number(number)}">${Number(number)}</a>`);
  return `<span class="cited">(${escapeHtml(word)} ${links.join(", ")})</span>`;
}

function sentencesHtml(sentences) {
  if (!sentences.length) return "";
  const rows = sentences.map(
    ({ number, text }) => `<li id="s${Number(number)}" value="${Number(number)}">${escapeHtml(text)}</li>`,
  );
  const title = escapeHtml(say("mine.sentences"));
  return `<section class="sentences"><h2>${title}</h2><ol>${rows.join("")}</ol></section>`;
}

const SHEET_STYLE = `
:root { color-scheme: light; --ink: #1b2733; --soft: #4a5866; --line: #c3ced8; --edge: #768798;
  --paper: #ffffff; --wash: #f1f4f7; --cbt: #0b6590; --dynamic: #7d4691; }
@media screen and (prefers-color-scheme: dark) {
  :root { color-scheme: dark; --ink: #e7ecf1; --soft: #b0bcc8; --line: #4a5866; --edge: #8494a4;
    --paper: #171c22; --wash: #222932; --cbt: #7cc4ea; --dynamic: #d3a6e3; }
}
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: var(--paper); overflow-wrap: break-word;
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1.5rem 3rem; }
h1, h2, h3, p, ul, ol, figure { margin: 0; }
h1 { font-size: 1.75rem; line-height: 1.25; }
h2 { margin: 2.2rem 0 0.6rem; padding-top: 0.7rem; border-top: 2px solid var(--line);
  font-size: 1.25rem; line-height: 1.3; }
h3 { margin: 1.1rem 0 0.3rem; font-size: 1.0625rem; }
.name { margin: 0.8rem 0 0.2rem; font-weight: 700; }
.case { margin: 0.4rem 0 0.2rem; font-size: 1.125rem; font-weight: 600; }
.soft, .note, .cited, footer { color: var(--soft); }
.soft, .note { font-size: 0.9375rem; }
header .soft:first-of-type { margin-top: 0.5rem; }
.note { font-style: italic; }
.own p { white-space: pre-wrap; }
.own p + p { margin-top: 0.7rem; }
.own { margin: 0.3rem 0 0.9rem; padding-left: 0.9rem; border-left: 3px solid var(--line); }
ul, ol { padding-left: 1.3rem; }
li { margin: 0.2rem 0; }
a { color: inherit; text-underline-offset: 0.15em; }
a:focus-visible, summary:focus-visible { outline: 3px solid var(--cbt); outline-offset: 2px; }
.row { margin: 0.5rem 0; }
.row .name { margin: 0.2rem 0; }
figure { margin: 0.8rem 0 0.3rem; }
figcaption { margin-bottom: 0.4rem; font-weight: 600; }
svg { display: block; max-width: 100%; height: auto; }
details { margin: 0.3rem 0 1rem; color: var(--soft); }
summary { cursor: pointer; }
.sentences ol { padding-left: 2.2rem; }
.sentences li:target { background: var(--wash); }
footer { margin-top: 2.2rem; padding-top: 0.7rem; border-top: 2px solid var(--line); }
@media (min-width: 38rem) {
  .is-short { display: grid; grid-template-columns: 10.5rem minmax(0, 1fr); gap: 0 1rem; }
}
@media print {
  @page { margin: 18mm 16mm; }
  :root { font-size: 10pt; }
  body { line-height: 1.45; }
  h2 { margin-top: 1.6rem; }
  main { max-width: none; padding: 0; }
  h2, h3, .name, figcaption { break-after: avoid; }
  figure, li { break-inside: avoid; }
  svg { max-height: 235mm; }
  details { display: none; }
  a { text-decoration: none; }
}
`;
