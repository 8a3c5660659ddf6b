// The dynamic drawing: a chain between people, the triangle of conflict and the triangle
// of person.
import { drawLayout, linksBetween, linksWords, nodeWords, slotNode } from "./drawing.js";
import { DYNAMIC_SLOTS } from "./elements.js";
import { planRoutes, routeLinks } from "./routes.js";
import { placeRows } from "./rows.js";
import { say } from "./strings.js";

const CHAIN_STEPS = ["wish", "response_of_other", "response_of_self"];
const CONFLICT_CORNERS = ["defence", "anxiety", "hidden_feeling"];
const PERSON_CORNERS = ["repetition", "with_therapist", "past_person"];
const CORNER_SIDES = ["left", "right", "centre"];
const POINT = 30;

/** The nodes of the drawing by their figure; a figure that nobody asks about is empty. */
export function triangleNodes(elements) {
  const node = (id, side, label) =>
    slotNode(elements, { id, slots: [id], side, label, lens: "dynamic" });
  const figure = (ids, sides, labels) =>
    onlyAsked(ids.map((id, index) => node(id, sides[index], labels[index])));
  return {
    chain: figure(CHAIN_STEPS, [0, 1, 2], [
      say("triangles.wish"),
      say("triangles.other"),
      say("triangles.self"),
    ]),
    core: onlyAsked([{ ...node("core_conflict", "wide", ""), quiet: true }]),
    conflict: figure(CONFLICT_CORNERS, CORNER_SIDES, [
      say("triangles.defence"),
      say("triangles.fear"),
      say("triangles.feeling"),
    ]),
    person: figure(PERSON_CORNERS, CORNER_SIDES, [
      say("triangles.now"),
      say("triangles.therapist"),
      say("triangles.past"),
    ]),
  };
}

function onlyAsked(nodes) {
  return nodes.some(({ state }) => state !== "off") ? nodes : [];
}

/** Where everything in the drawing stands. */
export function layoutTriangles(elements, { width } = {}) {
  const figures = triangleNodes(elements);
  const rows = triangleRows(figures);
  const links = linksBetween(elements, Object.values(figures).flat());
  const { plans, gutters } = planRoutes(links, rows);
  const layout = placeRows(rows, { width, gutters });
  return { ...layout, mains: mainLinesOf(layout), links: routeLinks(plans, layout) };
}

function triangleRows({ chain, core, conflict, person }) {
  const triangle = (nodes) => [nodes.slice(0, 2), nodes.slice(2)];
  const title = conflict.length ? say("triangles.conflict") : null;
  const figures = [
    { title: say("triangles.chain"), rows: chain.map((node) => [node]) },
    { title, rows: [core, ...triangle(conflict)] },
    { title: say("triangles.person"), rows: triangle(person) },
  ];
  return figures.flatMap(figureRows);
}

function figureRows({ title, rows }) {
  const drawn = rows.filter((nodes) => nodes.length).map(triangleRow);
  if (drawn.length) drawn[0].title = title;
  return drawn;
}

// A triangle needs some height, also where its corners hold little.
function triangleRow(nodes) {
  return { nodes, strip: nodes[0].side === "centre" ? "open" : "usual" };
}

function mainLinesOf({ nodes, frame }) {
  const at = (id) => nodes.find((node) => node.id === id);
  const chain = CHAIN_STEPS.map(at).filter(Boolean);
  const steps = chain.slice(1).map((node, index) => chainLine(chain[index], node, frame));
  const corners = [CONFLICT_CORNERS, PERSON_CORNERS].map((ids) => ids.map(at));
  const triangles = corners.filter(([first]) => first);
  return [...steps, ...triangles.flatMap(cornerLines)];
}

// To the right of where the trainee's own arrows run.
function chainLine(upper, lower, { left, right }) {
  const x = left + (right - left) * 0.72;
  const faint = upper.state === "off" || lower.state === "off";
  return { points: [[x, upper.y + upper.h], [x, lower.y]], faint };
}

function cornerLines([left, right, low]) {
  const y = left.y + Math.min(left.h, right.h) / 2;
  const side = (from, to, points) => ({
    points,
    head: false,
    faint: from.state === "off" || to.state === "off",
  });
  const middle = low.x + low.w / 2;
  const below = (corner) => [corner.x + corner.w / 2, corner.y + corner.h];
  return [
    side(left, right, [[left.x + left.w, y], [right.x, y]]),
    side(left, low, [below(left), [middle - POINT, low.y]]),
    side(right, low, [below(right), [middle + POINT, low.y]]),
  ];
}

/**
 * The drawing as an <svg> of its own. `options`: `palette`, `width`, `font`, `name`, and
 * `wire(node, {element} or {arrow})`.
 */
export function drawTriangles(elements, options = {}) {
  const layout = layoutTriangles(elements, options);
  const name = options.name ?? say("triangles.name");
  return drawLayout(layout, { lens: "dynamic", name, reading: DYNAMIC_SLOTS, options });
}

/** The same in words, line by line. */
export function trianglesInWords(elements) {
  const { chain, core, conflict, person } = triangleNodes(elements);
  const told = (lead, nodes) => (nodes.length ? [lead, ...nodes.flatMap(nodeWords)] : []);
  return [
    ...told(say("triangles.wordsChain"), chain),
    ...core.flatMap(nodeWords),
    ...told(say("triangles.wordsConflict"), conflict),
    ...told(say("triangles.wordsPerson"), person),
    ...linksWords(linksBetween(elements, [...chain, ...core, ...conflict, ...person])),
  ];
}
