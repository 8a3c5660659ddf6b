// The arrows that a trainee drew, as data and in words.
import { h } from "./dom.js";
import { say } from "./strings.js";

/** "a3-a9" as {key, from, to}; null where an end is no element of the view. */
export function linkEnds(view, key) {
  const ids = (view.elements ?? []).map(({ id }) => id);
  const from = ids.find((id) => key.startsWith(`${id}-`) && ids.includes(key.slice(id.length + 1)));
  const to = from === undefined ? from : key.slice(from.length + 1);
  return from === undefined || from === to ? null : { key, from, to };
}

/** The arrows of an answer that the view knows: {key, from, to, choice, evidence, breaks}. */
export function drawnLinks(view, value) {
  const known = new Set((view.relations ?? []).map(({ id }) => id));
  return Object.entries(value?.parts ?? {})
    .filter(([key, part]) => known.has(part?.choice) && linkEnds(view, key))
    .map(([key, part]) => ({ evidence: [], breaks: "", ...part, ...linkEnds(view, key) }));
}

/** A statement inside a sentence of ours: without its own full stop. */
export function statementWords(view, id) {
  const text = view.elements?.find((one) => one.id === id)?.text ?? id;
  return say("link.quoted", { text: text.replace(/\.$/, "") });
}

/** A letter for each relation, by its id: the first of its label that is still free. */
export function relationLetters(view) {
  const letters = new Map();
  for (const { id, label } of view.relations ?? []) {
    const taken = [...letters.values()];
    const all = [...(label ?? id).toUpperCase()].filter((one) => /\p{L}/u.test(one));
    letters.set(id, all.find((one) => !taken.includes(one)) ?? all[0] ?? "");
  }
  return letters;
}

/** The relation in the middle of a sentence. */
export function relationWords(view, choice) {
  const label = view.relations?.find(({ id }) => id === choice)?.label ?? choice ?? "";
  return label.charAt(0).toLowerCase() + label.slice(1);
}

/** "“A” leads to “B”". */
export function linkWords(view, { from, to, choice }) {
  const ends = [statementWords(view, from), statementWords(view, to)];
  return `${ends[0]} ${relationWords(view, choice)} ${ends[1]}`;
}

/** The same with its letter in front, as nodes. */
export function drawLinkWords(view, { from, to, choice }) {
  const letter = relationLetters(view).get(choice) ?? "";
  return [
    h("span", { class: "cl-link-letter", "aria-hidden": "true" }, letter),
    h(
      "span",
      {},
      `${statementWords(view, from)} `,
      h("b", {}, relationWords(view, choice)),
      ` ${statementWords(view, to)}`,
    ),
  ];
}

/** Arrows as arcs: with their letter, and their words for whoever points at one. */
export function linkArcs(view, arrows) {
  const letters = relationLetters(view);
  return arrows.map((arrow) => ({
    ...arrow,
    letter: letters.get(arrow.choice),
    words: linkWords(view, arrow),
  }));
}
