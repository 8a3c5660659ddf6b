// The document as Markdown: plain in any editor, and nothing typed turns into markup.
import { leadOf } from "./blocks.js";
import { say } from "./strings.js";

/** The whole document as one text. */
export function markdownOf(sheet) {
  const pieces = [
    `# ${escapeMarkdown(sheet.title)}`,
    headLines(sheet),
    ...sheet.chapters.flatMap(chapterPieces),
    ...sentencePieces(sheet.sentences),
    "---",
    escapeMarkdown(sheet.end),
  ];
  return `${pieces.filter(Boolean).join("\n\n")}\n`;
}

/** One line of text, with everything set off that Markdown would read as markup. */
export function escapeMarkdown(line) {
  return String(line ?? "")
    .replace(/\s*[\r\n]\s*/g, " ")
    .trimEnd()
    .replace(/[\\`*_[\]<~|$^]/g, "\\$&")
    .replace(/&(?=#?\w+;)/g, "\\&")
    .replace(/:(?=\/\/)|@(?=\w)|=(?==)/g, "\\$&")
    .replace(/(www)\./gi, "$1\\.")
    .replace(/^\s+/, keptIndent)
    .replace(/^[#>+=:%-]/, "\\$&")
    .replace(/^(\d+)(?=[.)])/, "$1\\");
}

// Four spaces would be a block of code; spaces that do not break are only seen.
function keptIndent(spaces) {
  return "\u00a0".repeat(spaces.replace(/\t/g, "    ").length);
}

// Two spaces at its end keep a line apart from the next, and are not seen by who reads it.
function joinLines(lines, indent = "") {
  return lines.map(escapeMarkdown).join(`  \n${indent}`);
}

function headLines({ caseTitle, people, about }) {
  const title = caseTitle ? [`**${escapeMarkdown(caseTitle)}**`] : [];
  return [[...title, ...people.map(escapeMarkdown)].join("  \n"), joinLines(about)]
    .filter(Boolean)
    .join("\n\n");
}

function chapterPieces({ title, note, parts }) {
  return [`## ${escapeMarkdown(title)}`, noteLine(note), ...parts.flatMap(partPieces)];
}

function partPieces({ title, note, blocks }) {
  return [
    title ? `### ${escapeMarkdown(title)}` : "",
    noteLine(note),
    ...blocks.flatMap((block) => MARKDOWN_BLOCKS[block.kind](block)),
  ];
}

const MARKDOWN_BLOCKS = {
  text: ({ title, asked, paragraphs }) => [
    boldLine(title),
    asked ? `> ${escapeMarkdown(asked)}` : "",
    ...paragraphs.map((lines) => joinLines(lines)),
  ],
  list: ({ title, ordered, items }) => [
    boldLine(title),
    items.map((item, index) => listItem(item, ordered ? `${index + 1}. ` : "- ")).join("\n"),
  ],
  drawing: ({ name, words }) => [
    boldLine(say("mine.inWords", { name })),
    words.map((line) => `- ${escapeMarkdown(line)}`).join("\n"),
  ],
};

function noteLine(note) {
  return note ? `*${escapeMarkdown(note)}*` : "";
}

function boldLine(text) {
  return text ? `**${escapeMarkdown(text)}**` : "";
}

function listItem({ name, lines, numbers = [], notes = [] }, mark, outer = "") {
  const indent = outer + " ".repeat(mark.length);
  const words = [
    name ? `**${escapeMarkdown(leadOf(name))}**` : "",
    joinLines(lines, indent),
    numbers.length ? `(${citedWords(numbers)})` : "",
  ];
  const under = notes.map((note) => listItem(note, "- ", indent));
  return [`${outer}${mark}${words.filter(Boolean).join(" ")}`, ...under].join("\n");
}

/** "sentences 3, 11" */
function citedWords(numbers) {
  return say("mine.cited", { count: numbers.length, numbers: numbers.join(", ") });
}

function sentencePieces(sentences) {
  if (!sentences.length) return [];
  const rows = sentences.map(({ number, text }) => `- **${number}** ${escapeMarkdown(text)}`);
  return [`## ${escapeMarkdown(say("mine.sentences"))}`, rows.join("\n")];
}
