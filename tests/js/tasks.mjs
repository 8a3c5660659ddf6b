// What a task's interaction is drawn with, and hands that click in what it drew.
import { installPage } from "./fakes.mjs";

/** A context around `view` that keeps what the interaction tells it. */
export function taskContext(view, more = {}) {
  const root = installPage();
  const kept = { values: [], delays: [], ratings: [], lit: [], said: [], revealed: [] };
  const entry = { value: null, ratings: {}, committed: false, ...more.entry };
  const context = {
    view,
    entry,
    value: entry.value,
    feedback: null,
    readOnly: false,
    marking: { key: () => null, stop() {} },
    vignette: {
      numberOf: (id) => Number(id.slice(1)),
      textOf: (id) => `Text of ${id}.`,
      highlight: (ids) => kept.lit.push(ids),
      reveal: (id) => kept.revealed.push(id),
    },
    change: (value, delay) => {
      kept.values.push(value);
      kept.delays.push(delay);
    },
    rate: (ratings) => {
      entry.ratings = ratings;
      kept.ratings.push(ratings);
    },
    entryOf: () => entry,
    afterDraw: (fn) => fn(),
    announce: (text) => kept.said.push(text),
    ...more.context,
  };
  const draw = (drawn) => {
    root.append(...[drawn].flat(Infinity).filter(Boolean));
    return root;
  };
  return { context, kept, draw };
}

/** Tell a node of an event, as the browser would. */
export function fire(node, type) {
  (node.listeners[type] ?? []).forEach((fn) => fn({ target: node, preventDefault() {} }));
}

/** Pick a radio button, or write into a box. */
export function pick(input) {
  input.checked = true;
  fire(input, "change");
}

export function write(area, text) {
  area.value = text;
  fire(area, "input");
}

/** The fieldsets of what was drawn, each with the words of its legend and its radios. */
export function fields(root) {
  return root.querySelectorAll("fieldset").map((node) => ({
    node,
    legend: node.querySelector("legend").textContent,
    labels: node.querySelectorAll(".cl-pill"),
    inputs: node.querySelectorAll("input"),
  }));
}
