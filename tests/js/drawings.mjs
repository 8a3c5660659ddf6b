// A made-up unit for the drawings: one case, a task of every kind that they draw from.

const SENTENCES = Array.from({ length: 12 }, (_, index) => ({
  id: `s${index + 1}`,
  number: index + 1,
  text: `Sentence number ${index + 1}.`,
}));

export const CASE = { id: "c1", title: "A case", stages: [{ sentences: SENTENCES }] };

const LABELS = { too_early: "Too early to say", automatic_thought: "Automatic thought" };
const choice = (id) => ({ id, label: LABELS[id] ?? `Place ${id}` });

/** A slots task for these slots and statements `{id: text}`. */
export function slotsTask(id, { lens, slots, statements, more = {} }) {
  const parts = Object.entries(statements).map(([part, text]) => ({ id: part, text }));
  const groups = [{ choices: slots.map(choice), parts }];
  return { id, kind: "slots", case: "c1", lens, title: `Task ${id}`, groups, ...more };
}

export const RELATIONS = [
  { id: "leads_to", label: "Leads to" },
  { id: "protects_from", label: "Protects from" },
];

/** As much of a page as the drawings touch. */
export function drawingPage({ tasks, values = {}, feedback = {}, closing = null, frame = [] }) {
  const calls = { highlight: [], reveal: [], link: [] };
  const noted = (name) => (given) => calls[name].push(given);
  return {
    calls,
    tasks,
    afterDraw: [],
    announce() {},
    vignette: {
      numberOf: (id) => SENTENCES.find((one) => one.id === id)?.number ?? null,
      textOf: () => "",
      highlight: noted("highlight"),
      reveal: noted("reveal"),
      link: noted("link"),
    },
    store: {
      unit: { cases: [CASE], frame },
      entry: (id) => ({ value: values[id] ?? null, committed: false }),
      feedback: (id) => feedback[id] ?? null,
      closing: () => closing,
    },
  };
}

/** Choices with sentences, as a task's value. */
export function answers(parts) {
  const entries = Object.entries(parts).map(([part, [chosen, ...evidence]]) => [
    part,
    { choice: chosen, evidence },
  ]);
  return { parts: Object.fromEntries(entries) };
}

const LONG =
  "In the van she lets the hour go by and thinks that the whole of her working life is over, and nobody hears the bell ring";

/**
 * A page on which `counts[slot]` statements of `length` characters stand in each slot of
 * one lens, and arrows run between `links` (pairs of slots).
 */
export function filledPage({ lens, slots, counts, links = [], length = 120 }) {
  const placed = slots.flatMap((slot) =>
    Array.from({ length: counts[slot] ?? 0 }, (_, index) => [`${slot.replace(/_/g, "")}${index}`, slot]),
  );
  const statements = Object.fromEntries(placed.map(([id]) => [id, LONG.slice(0, length)]));
  const task = slotsTask("t1", { lens, slots, statements });
  const value = answers(Object.fromEntries(placed.map(([id, slot]) => [id, [slot, "s3", "s11"]])));
  const elements = placed.map(([id]) => ({ id, text: statements[id] }));
  const link = { id: "t2", kind: "link", case: "c1", of: "t1", elements, relations: RELATIONS };
  const first = (slot) => placed.find((one) => one[1] === slot)?.[0];
  const arrows = links.map(([from, to], index) => [
    `${first(from)}-${first(to)}`,
    [RELATIONS[index % 2].id, "s4"],
  ]);
  const values = { t1: value, t2: answers(Object.fromEntries(arrows)) };
  return drawingPage({ tasks: [task, link], values });
}

const overlaps = (a, b) =>
  a.x < b.x + b.w - 0.5 && b.x < a.x + a.w - 0.5 && a.y < b.y + b.h - 0.5 && b.y < a.y + a.h - 0.5;

const wordBox = ({ label }) => ({ x: label.x - label.w / 2, y: label.y - 7, w: label.w, h: 14 });

const legs = (points) => points.slice(1).map((end, index) => [points[index], end]);

const legBox = ([[x1, y1], [x2, y2]]) => ({
  x: Math.min(x1, x2),
  y: Math.min(y1, y2),
  w: Math.max(Math.abs(x2 - x1), 1),
  h: Math.max(Math.abs(y2 - y1), 1),
});

/** What is wrong with a layout: boxes or words that overlap, lines through boxes, what sticks out. */
export function layoutFaults(layout, widthOf) {
  const { nodes, links, titles, width, height } = layout;
  const words = links.map((link) => ({ id: link.id, ...wordBox(link) }));
  const heads = titles.map(({ text, x, y }) => ({ id: text, x, y: y - 12, w: widthOf(text, 12.5, true), h: 16 }));
  const solid = [...nodes, ...words, ...heads];
  const pairs = solid.flatMap((one, index) => solid.slice(index + 1).map((other) => [one, other]));
  const through = links.flatMap((link) =>
    legs(link.points).flatMap((leg) =>
      nodes.filter((node) => overlaps(legBox(leg), inside(node))).map(({ id }) => `${link.id} runs through ${id}`),
    ),
  );
  const out = [...nodes, ...words].filter(({ x, y, w, h }) => x < 0 || y < 0 || x + w > width || y + h > height);
  return [
    ...pairs.filter(([a, b]) => overlaps(a, b)).map(([a, b]) => `${a.id} overlaps ${b.id}`),
    ...through,
    ...out.map(({ id }) => `${id} sticks out`),
    ...nodes.flatMap((node) => textFaults(node, widthOf)),
  ];
}

const inside = ({ x, y, w, h }) => ({ x: x + 2, y: y + 2, w: w - 4, h: h - 4 });

function textFaults({ id, x, y, w, h, blocks, labelLines }, widthOf) {
  const lines = blocks.flatMap((block) => block.lines);
  const broad = lines.filter((line) => line.x + widthOf(line.text, 13) + widthOf(line.raised ?? "", 10.5) > x + w);
  const low = [...lines, ...labelLines].filter((line) => line.y > y + h || line.y < y + 10);
  const crossed = blocks.slice(1).filter((block, index) => block.y < blocks[index].y + blocks[index].h);
  return [
    ...broad.map(({ text }) => `${id}: "${text}" is too broad`),
    ...low.map(({ text }) => `${id}: "${text}" is outside`),
    ...crossed.map(() => `${id}: statements overlap`),
  ];
}

export const fire = (node, type, more = {}) =>
  (node.listeners[type] ?? []).forEach((fn) => fn({ target: node, preventDefault() {}, ...more }));

/** A link task over the statements `{id: text}` of the slots task `of`. */
export function linkTask(id, { of, statements }) {
  const elements = Object.entries(statements).map(([one, text]) => ({ id: one, text }));
  return { id, kind: "link", case: "c1", of, elements, relations: RELATIONS };
}
