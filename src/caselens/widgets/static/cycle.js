// The CBT drawing: what leads round to what, and the levels of belief below it.
import { drawLayout, linksBetween, linksWords, nodeWords, slotNode } from "./drawing.js";
import { planRoutes, routeLinks } from "./routes.js";
import { placeRows } from "./rows.js";
import { say } from "./strings.js";

const RING = ["situation", "automatic_thought", "emotion", "behaviour", "maintaining"];
const LADDER = [
  "thinking_pattern",
  "intermediate_belief",
  "core_belief",
  "coping_strategy",
  "formative",
];
const OUTSIDE = 22;

/** The nodes of the drawing: the ring in the order of its arrows, and the ladder. */
export function cycleNodes(elements) {
  const node = (id, side, label, slots = [id]) =>
    slotNode(elements, { id, slots, side, label, lens: "cbt" });
  const ring = [
    node("situation", "centre", say("cycle.situation")),
    node("automatic_thought", "right", say("cycle.thought")),
    feelingNode(elements),
    node("behaviour", "left", say("cycle.behaviour")),
    node("maintaining", "left", say("cycle.maintaining")),
  ];
  const ladder = LADDER.map((id) => ({ ...node(id, "wide", id), quiet: true }));
  const drawn = ring.some(({ state }) => state !== "off");
  return { ring: drawn ? ring : [], ladder: ladder.filter(({ state }) => state !== "off") };
}

// Where only one of the two is on the menu, the node is called after it.
function feelingNode(elements) {
  const slots = ["emotion", "body"];
  const asked = slots.filter((slot) => slot in elements.menus.cbt);
  const both = { slots, label: say("cycle.feeling") };
  const more = asked.length === 1 ? { slots: asked } : both;
  return slotNode(elements, { id: "emotion", side: "right", lens: "cbt", ...more });
}

/** Where everything in the drawing stands. */
export function layoutCycle(elements, { width } = {}) {
  const nodes = cycleNodes(elements);
  const all = [...nodes.ring, ...nodes.ladder];
  const rows = cycleRows(nodes);
  const { plans, gutters } = planRoutes(linksBetween(elements, all), rows);
  const layout = placeRows(rows, { width, gutters });
  return { ...layout, mains: mainLines(layout), links: routeLinks(plans, layout) };
}

function cycleRows({ ring, ladder }) {
  const [situation, thought, feeling, behaviour, maintaining] = ring;
  const round = [
    { nodes: [situation], title: say("cycle.title") },
    { nodes: [maintaining, thought] },
    { nodes: [behaviour, feeling] },
  ];
  const steps = ladder.map((node) => ({ nodes: [node], strip: "tight" }));
  if (steps.length) steps[0].title = say("cycle.ladder");
  return [...(ring.length ? round : []), ...steps];
}

function mainLines({ nodes, frame }) {
  const at = (id) => nodes.find((node) => node.id === id);
  const ladder = LADDER.map(at).filter(Boolean);
  const steps = ladder.slice(1).map((node, index) => stepLine(ladder[index], node));
  return [...(at("situation") ? ringLines(RING.map(at), frame) : []), ...steps];
}

function ringLines([situation, thought, feeling, behaviour, maintaining], frame) {
  const [left, right] = [frame.left + OUTSIDE, frame.right - OUTSIDE];
  const middle = situation.y + situation.h / 2;
  const [first, last] = [situation.x, situation.x + situation.w];
  const low = feeling.y + Math.min(feeling.h, behaviour.h) / 2;
  const line = (from, to, points) => ({ points, faint: [from, to].some(isOff) });
  return [
    line(situation, thought, [[last, middle], [right, middle], [right, thought.y]]),
    line(thought, feeling, [[right, bottomOf(thought)], [right, feeling.y]]),
    line(feeling, behaviour, [[feeling.x, low], [behaviour.x + behaviour.w, low]]),
    line(behaviour, maintaining, [[left, behaviour.y], [left, bottomOf(maintaining)]]),
    line(maintaining, situation, [[left, maintaining.y], [left, middle], [first, middle]]),
  ];
}

function bottomOf({ y, h }) {
  return y + h;
}

function isOff({ state }) {
  return state === "off";
}

function stepLine(upper, lower) {
  const x = upper.x + upper.w / 2;
  return { points: [[x, upper.y + upper.h], [x, lower.y]], head: false, quiet: true };
}

/**
 * The drawing as an <svg> of its own. `options`: `palette`, `width`, `font`, `name`, and
 * `wire(node, {element} or {arrow})`.
 */
export function drawCycle(elements, options = {}) {
  const layout = layoutCycle(elements, options);
  const name = options.name ?? say("cycle.name");
  return drawLayout(layout, { lens: "cbt", name, reading: [...RING, ...LADDER], options });
}

/** The same in words, line by line. */
export function cycleInWords(elements) {
  const { ring, ladder } = cycleNodes(elements);
  return [
    ...(ring.length ? [say("cycle.wordsRing")] : []),
    ...ring.flatMap(nodeWords),
    ...(ladder.length ? [say("cycle.wordsLadder")] : []),
    ...ladder.flatMap(nodeWords),
    ...linksWords(linksBetween(elements, [...ring, ...ladder])),
  ];
}
