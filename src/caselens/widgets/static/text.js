// Small pure functions about words, numbers and times.
import { say } from "./strings.js";

/** How many words a person would count: "well-known" and "don't" are one each. */
export function countWords(text) {
  return (String(text ?? "").match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? []).length;
}

const REFERENCES = /\bs\d+\b(?:(?:, and |, | and | or | to |–|-)s\d+\b)*/g;

/**
 * Split an explanation into pieces: `{text}` and `{id, text}` for each sentence named
 * in it ("s14" becomes "sentence 14"). `numberOf(id)` gives null for unknown ids.
 */
export function splitReferences(text, numberOf) {
  const source = String(text ?? "");
  const pieces = [];
  let from = 0;
  for (const match of source.matchAll(REFERENCES)) {
    const before = source.slice(from, match.index);
    pieces.push({ text: before }, ...referencePieces(match[0], before, numberOf));
    from = match.index + match[0].length;
  }
  pieces.push({ text: source.slice(from) });
  return pieces.filter((piece) => piece.text);
}

function referencePieces(run, before, numberOf) {
  const tokens = run.split(/(s\d+)/).filter(Boolean);
  const ids = tokens.filter((token) => /^s\d+$/.test(token));
  if (ids.some((id) => (numberOf(id) ?? null) === null)) return [{ text: run }];
  const word = leadWord(ids.length, before);
  if (ids.length === 1) {
    return [{ id: ids[0], text: `${word}${numberOf(ids[0])}` }];
  }
  const pieces = tokens.map((token) =>
    ids.includes(token) ? { id: token, text: String(numberOf(token)) } : { text: token },
  );
  return [{ text: word }, ...pieces];
}

function leadWord(count, before) {
  // An author who already wrote "sentences s3 and s4" must not get the word twice.
  if (/\bsentences?\s+$/i.test(before)) return "";
  const word = say(count === 1 ? "sentence.word" : "sentence.words");
  const opens = /(^|[.?]\s+)$/.test(before);
  return `${opens ? word[0].toUpperCase() + word.slice(1) : word} `;
}

/** "3, 6 and 9" in the order of the numbers. */
export function listNumbers(numbers) {
  return [...numbers].sort((a, b) => a - b).join(", ");
}

/** Points without needless zeros: 5.25 -> "5.3", 8 -> "8". */
export function formatPoints(points) {
  const value = Number(points);
  return Number.isFinite(value) ? String(Math.round(value * 10) / 10) : "0";
}

/** The time of day in the reader's own way of writing it; "" when there is none. */
export function formatTime(iso) {
  return formatDate(iso, { hour: "2-digit", minute: "2-digit" });
}

/** Day and time, for the receipt. */
export function formatMoment(iso) {
  return formatDate(iso, { dateStyle: "long", timeStyle: "short" });
}

function formatDate(iso, options) {
  const date = new Date(iso ?? NaN);
  if (Number.isNaN(date.getTime())) return "";
  return new Intl.DateTimeFormat(undefined, options).format(date);
}
