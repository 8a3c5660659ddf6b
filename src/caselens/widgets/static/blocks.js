// The small pieces of a document, as plain data: lists, typed texts, what was chosen.
import { partLabel } from "./choices.js";
import { say } from "./strings.js";

// Whatever ends a line in a text that was typed or pasted.
const LINE_ENDS = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
const SHORT_TITLE = 36;
const UNSEEN = /[\u0000-\u0008\u000e-\u001f\u007f]/g;

/** The paragraphs of a typed text, each a list of its lines; none where it is blank. */
export function paragraphsOf(text) {
  if (typeof text !== "string") return [];
  return text
    .replace(LINE_ENDS, "\n")
    .replace(UNSEEN, "")
    .split(/\n[^\S\n]*(?:\n[^\S\n]*)+/)
    .map((part) => part.split("\n").map((line) => line.trimEnd()).filter(Boolean))
    .filter((lines) => lines.length);
}

/** A typed text as a block, or nothing; `asked` is what it answers. */
export function textBlock(text, { title = null, asked = null } = {}) {
  const paragraphs = paragraphsOf(text);
  return paragraphs.length ? [{ kind: "text", title, asked, paragraphs }] : [];
}

/** Items `{name, lines, numbers, notes}` as a block; without one that says anything, none. */
export function listBlock(items, title = null, { ordered = false } = {}) {
  const kept = items.map(wholeItem).filter(({ lines, numbers }) => lines.length || numbers.length);
  return kept.length ? [{ kind: "list", title, ordered, items: kept }] : [];
}

function wholeItem({ name = null, lines = [], numbers = [], notes = [] }) {
  return { name, lines, numbers, notes: notes.filter((note) => note.lines.length) };
}

/** The groups of a task, where it has any. */
export function viewGroups(view) {
  return view.groups ?? [];
}

/** What was chosen for the parts of a group: {part, choice, label, numbers}. */
export function chosenIn(reader, view, group) {
  const given = reader.parts(view);
  // What comes from an answer is only ever an id; the words are those of the task.
  const labels = new Map((group.choices ?? []).map(({ id, label }) => [id, label ?? id]));
  return (group.parts ?? [])
    .filter(({ id }) => labels.has(given[id]?.choice))
    .map((part) => ({
      part,
      choice: given[part.id].choice,
      label: labels.get(given[part.id].choice),
      numbers: reader.numbers(given[part.id].evidence),
    }));
}

/** The parts of a group by their names, each with what was chosen. */
export function answeredItems(reader, view, group) {
  return chosenIn(reader, view, group).map(({ part, label, numbers }) => ({
    name: partLabel(part),
    lines: [label],
    numbers,
  }));
}

/** The parts of a group under what was chosen for them, in the order of the menu. */
export function chosenByChoice(reader, view, group) {
  const chosen = chosenIn(reader, view, group);
  return (group.choices ?? []).flatMap(({ id, label }) => {
    const own = chosen.filter(({ choice }) => choice === id);
    const items = own.map(({ part, numbers }) => ({ lines: [partLabel(part)], numbers }));
    return listBlock(items, label ?? id);
  });
}

/** A name before what it names: a question or a whole sentence needs no colon. */
export function leadOf(name) {
  return /[.?!…:]["”’)]*$/.test(name) ? name : say("mine.name", { name });
}

/** Whether a title has room beside its list. */
export function isShortTitle(title) {
  return Boolean(title) && title.length <= SHORT_TITLE;
}

const NAMED = /\b(?:sentences?\s+s?|s)\d+(?:(?:\s*[,–-]\s*|\s*,?\s+(?:and|or|to)\s+)s?\d+)*/gi;

/** The numbers of sentences that a text names: "s4", "sentences 16 to 18 and 20". */
export function mentionedNumbers(text) {
  return [...String(text).matchAll(NAMED)].flatMap(([run]) => {
    const pieces = [...run.matchAll(/(–|-|\bto\b)?\s*s?(\d+)/gi)];
    return pieces.flatMap(([, till, number], index) => {
      const from = till ? Number(pieces[index - 1]?.[2]) + 1 : Number(number);
      return numbersBetween(from, Number(number));
    });
  });
}

function numbersBetween(from, to) {
  const count = to - from + 1;
  // A long run is a year or a slip, and no run of sentences.
  if (!(count > 0 && count <= 50)) return [to];
  return Array.from({ length: count }, (_, index) => from + index);
}
