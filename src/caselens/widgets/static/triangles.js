// The dynamic drawing: a chain between people, the triangle of conflict and the triangle
// of person.
import { drawLayout, linksBetween, linksWords, nodeWords, slotNode } from "./drawing.js";
import { planRoutes, routeLinks } from "./routes.js";
import { placeRows } from "./rows.js";
import { say } from "./strings.js";

const CHAIN = ["wish", "response_of_other", "response_of_self"];
const CONFLICT = ["defence", "anxiety", "hidden_feeling"];
const PERSON = ["repetition", "with_therapist", "past_person"];
const READING = [...CHAIN, "core_conflict", ...CONFLICT, ...PERSON];
const CORNERS = ["left", "right", "centre"];
const POINT = 30;

/** The nodes of the drawing, by the figure that they belong to; what nobody asks is left out. */
export function triangleNodes(elements) {
  const node = (id, side, label) =>
    slotNode(elements, { id, slots: [id], side, label, lens: "dynamic" });
  const figure = (ids, sides, labels) =>
    onlyAsked(ids.map((id, index) => node(id, sides[index], labels[index])));
  return {
    chain: figure(CHAIN, [0, 1, 2], [
      say("triangles.wish"),
      say("triangles.other"),
      say("triangles.self"),
    ]),
    core: onlyAsked([{ ...node("core_conflict", "wide", ""), quiet: true }]),
    conflict: figure(CONFLICT, CORNERS, [
      say("triangles.defence"),
      say("triangles.fear"),
      say("triangles.feeling"),
    ]),
    person: figure(PERSON, CORNERS, [
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
  const figures = [
    { title: say("triangles.chain"), rows: chain.map((node) => [node]) },
    { title: conflict.length ? say("triangles.conflict") : null, rows: [core, conflict.slice(0, 2), conflict.slice(2)] },
    { title: say("triangles.person"), rows: [person.slice(0, 2), person.slice(2)] },
  ];
  return figures.flatMap(({ title, rows }) => {
    const drawn = rows.filter((nodes) => nodes.length).map(triangleRow);
    if (drawn.length) drawn[0].title = title;
    return drawn;
  });
}

// A triangle needs some height, also where its corners hold little.
function triangleRow(nodes) {
  return { nodes, strip: nodes[0].side === "centre" ? "open" : "usual" };
}

function mainLinesOf({ nodes, frame }) {
  const at = (id) => nodes.find((node) => node.id === id);
  const chain = CHAIN.map(at).filter(Boolean);
  const steps = chain.slice(1).map((node, index) => chainLine(chain[index], node, frame));
  const triangles = [CONFLICT, PERSON].map((ids) => ids.map(at)).filter(([first]) => first);
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
  return drawLayout(layout, { lens: "dynamic", name, reading: READING, options });
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
