// Arcs beside a column of boxes: where each runs, and the drawing of them.
import { fill } from "./dom.js";

const ARC_SPACE = "http://www.w3.org/2000/svg";
const ARC_HEAD = 9;
const ARC_ENDS = 12;
const ARC_LANE = 22;
const ARC_BADGE = 10;
const ARC_LETTERS = [0.5, 0.36, 0.64, 0.25, 0.75, 0.15, 0.85];

/**
 * Where arrows run beside boxes. `boxes` maps an id to {top, height}, from top to
 * bottom; an arrow down runs on the right (side 1), an arrow up on the left (side -1);
 * `room` is how much there is at each: {1: px, "-1": px}. A route is {arrow, side, top,
 * bottom, reach, letter}: the heights of its two ends, how far out it goes, and how high
 * its letter stands.
 */
export function arcRoutes(boxes, arrows, room) {
  const order = [...boxes.keys()];
  const known = arrows.filter(
    ({ from, to }) => boxes.has(from) && boxes.has(to) && from !== to,
  );
  const routes = known.map((arrow) => newRoute(order, arrow));
  // Short arcs first: they run inside, and the long ones around them.
  routes.sort((one, two) => one.span - two.span);
  for (const side of [1, -1]) {
    const own = routes.filter((route) => route.side === side);
    boxes.forEach((box, id) => placeEnds(box, id, own));
    spreadLanes(own, room[side]);
    placeLetters(own);
  }
  return routes;
}

function newRoute(order, arrow) {
  const [from, to] = [order.indexOf(arrow.from), order.indexOf(arrow.to)];
  const down = to > from;
  return {
    arrow,
    side: down ? 1 : -1,
    span: Math.abs(to - from),
    upper: down ? arrow.from : arrow.to,
    lower: down ? arrow.to : arrow.from,
  };
}

// At one box the arcs that end stand above those that begin, so that none cross.
function placeEnds({ top, height }, id, routes) {
  const closing = routes.filter((route) => route.lower === id);
  const opening = routes.filter((route) => route.upper === id).reverse();
  const ends = [...closing, ...opening];
  const step = Math.min(ARC_ENDS, (height - ARC_ENDS) / ends.length);
  ends.forEach((route, index) => {
    const y = top + height / 2 + (index - (ends.length - 1) / 2) * step;
    route[route.lower === id ? "bottom" : "top"] = y;
  });
}

function spreadLanes(routes, room) {
  routes.forEach((route, index) => {
    const beside = routes.slice(0, index).filter((other) => runBeside(route, other));
    route.lane = 1 + Math.max(0, ...beside.map(({ lane }) => lane));
  });
  const lanes = Math.max(1, ...routes.map(({ lane }) => lane));
  const gap = Math.min(ARC_LANE, (room - ARC_HEAD - ARC_BADGE) / lanes);
  routes.forEach((route) => (route.reach = Math.max(ARC_HEAD + route.lane * gap, ARC_HEAD)));
}

function runBeside(one, two) {
  return one.top < two.bottom && two.top < one.bottom;
}

// A letter keeps clear of other letters, and of where a longer arc crosses its line.
function placeLetters(routes) {
  const taken = [];
  for (const route of routes) {
    const { reach, top, bottom } = route;
    const longer = routes.filter((other) => other.reach > reach);
    const crossings = longer.flatMap((other) => crossingsOf(other, reach));
    const busy = [...taken, ...crossings.map((y) => ({ x: reach, y }))];
    const heights = ARC_LETTERS.map((share) => alongRoute(top, bottom, share));
    const free = heights.find((y) => busy.every((other) => keepsClear(other, reach, y)));
    route.letter = free ?? heights[0];
    taken.push({ x: reach, y: route.letter });
  }
}

// Where a route, on its way out and back, passes a line that is `out` from the column.
function crossingsOf(route, out) {
  const bend = bendOf(route);
  const along = Math.max(0, out - (route.reach - bend));
  const turned = bend - Math.sqrt(bend ** 2 - along ** 2);
  return [route.top + turned, route.bottom - turned];
}

function bendOf({ reach, top, bottom }) {
  return Math.min(reach - ARC_HEAD, (bottom - top) / 2);
}

function alongRoute(low, high, share) {
  return low + (high - low) * share;
}

function keepsClear({ x, y }, otherX, otherY) {
  return Math.hypot(x - otherX, y - otherY) > 2 * ARC_BADGE + 1;
}

/** The line of a route from the edge of the column, as the `d` of a path. */
export function arcPath(route, edge) {
  const { side, top, bottom, reach } = route;
  const [from, to] = side > 0 ? [top, bottom] : [bottom, top];
  const bend = bendOf(route);
  const x = (out) => tenth(edge + side * out);
  const turn = `A ${tenth(bend)} ${tenth(bend)} 0 0 1`;
  return [
    `M ${x(2)} ${tenth(from)} H ${x(reach - bend)}`,
    `${turn} ${x(reach)} ${tenth(from + side * bend)} V ${tenth(to - side * bend)}`,
    `${turn} ${x(reach - bend)} ${tenth(to)} H ${x(ARC_HEAD)}`,
  ].join(" ");
}

function arcHead({ side, top, bottom }, edge) {
  const y = tenth(side > 0 ? bottom : top);
  const back = tenth(edge + side * (ARC_HEAD + 2));
  return `M ${tenth(edge + side * 2)} ${y} L ${back} ${y - 5} V ${y + 5} Z`;
}

function tenth(number) {
  return Math.round(number * 10) / 10;
}

/**
 * A layer of arcs over `frame`, beside the `column` that holds `boxes` (elements by id).
 * `over(key)` is told which arc is under the pointer, `pick(key)` which was pressed.
 */
export function createArcs({ frame, column, boxes, over, pick }) {
  const layer = { frame, column, boxes, over, pick, arrows: [], lit: [] };
  layer.element = arcNode("svg", { class: "cl-arcs", "aria-hidden": "true" });
  return {
    element: layer.element,
    show(arrows) {
      layer.arrows = arrows;
      drawArcs(layer);
    },
    light(keys) {
      layer.lit = keys;
      lightArcs(layer);
    },
    watch: () => watchArcs(layer),
  };
}

// Inside something folded there is no size yet: the arcs come when it is opened.
function watchArcs(layer) {
  drawArcs(layer);
  if (!globalThis.ResizeObserver) return;
  new ResizeObserver(() => drawArcs(layer)).observe(layer.frame);
}

function drawArcs(layer) {
  const { frame, column, boxes, arrows } = layer;
  const width = frame.clientWidth;
  if (!width) return;
  const [left, right] = [column.offsetLeft, column.offsetLeft + column.offsetWidth];
  const places = [...boxes].map(([id, { offsetTop, offsetHeight }]) => [
    id,
    { top: offsetTop, height: offsetHeight },
  ]);
  const routes = arcRoutes(new Map(places), arrows, { 1: width - right, "-1": left });
  const edge = ({ side }) => (side > 0 ? right : left);
  // The short arcs are drawn last, so that they and their letters lie on top.
  fill(layer.element, routes.reverse().map((route) => drawArc(layer, route, edge(route))));
  lightArcs(layer);
}

function drawArc(layer, route, edge) {
  const { key, letter, tone, words } = route.arrow;
  const line = arcPath(route, edge);
  const node = arcNode(
    "g",
    { class: `cl-arc is-${tone ?? "own"}`, "data-key": key },
    words ? arcNode("title", {}, words) : null,
    arcNode("path", { class: "cl-arc-hit", d: line }),
    arcNode("path", { class: "cl-arc-line", d: line }),
    arcNode("path", { class: "cl-arc-head", d: arcHead(route, edge) }),
    letter ? drawArcLetter(letter, edge + route.side * route.reach, route.letter) : null,
  );
  node.addEventListener("mouseenter", () => layer.over?.(key));
  node.addEventListener("mouseleave", () => layer.over?.(null));
  node.addEventListener("click", () => layer.pick?.(key));
  return node;
}

function drawArcLetter(letter, x, y) {
  return [
    arcNode("circle", { cx: tenth(x), cy: tenth(y), r: ARC_BADGE }),
    arcNode("text", { x: tenth(x), y: tenth(y), dy: "0.35em" }, letter),
  ];
}

function lightArcs({ element, lit }) {
  for (const node of element.querySelectorAll(".cl-arc")) {
    node.classList.toggle("is-lit", lit.includes(node.getAttribute("data-key")));
  }
}

function arcNode(tag, attributes, ...children) {
  const node = document.createElementNS(ARC_SPACE, tag);
  Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
  return fill(node, children);
}
