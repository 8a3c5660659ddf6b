// The trainee's own arrows: ways between boxes that never run across one.
import { wordLine, wordWidth } from "./rows.js";

const TRACK = 7;
const NEAR_EDGE = 16;
const BESIDE = 13;

/**
 * Decide for every link `{id, from, to, words}` (node ids) where it runs: between two
 * rows, or through the margin to the left or the right. Gives the rows their lines of
 * words and returns `{plans, gutters}`.
 */
export function planRoutes(links, rows) {
  const places = placesIn(rows);
  const tracks = { left: 0, right: 0 };
  const plans = links
    .filter(({ from, to }) => places.has(from) && places.has(to))
    .map((link) => planRoute(link, places, { rows, tracks }));
  return { plans, gutters: { left: gutter(tracks.left), right: gutter(tracks.right) } };
}

function gutter(tracks) {
  return tracks ? 8 + tracks * TRACK : 0;
}

function placesIn(rows) {
  const all = rows.flatMap((row, index) =>
    row.nodes.map(({ id, side }) => [id, { id, side, row: index }]),
  );
  return new Map(all);
}

function planRoute(link, places, { rows, tracks }) {
  const ends = [places.get(link.from), places.get(link.to)];
  const [upper, lower] = ends[1].row < ends[0].row ? [ends[1], ends[0]] : ends;
  const row = rows[lower.row];
  const line = row.words ?? 0;
  row.words = line + 1;
  const plan = { ...link, upper: upper.id, lower: lower.id, row: lower.row, line };
  if (upper.row === lower.row) return { ...plan, way: "beside" };
  if (isOpenWay(rows, upper, lower)) return { ...plan, way: "between" };
  const side = marginOf(upper, lower, tracks);
  tracks[side] += 1;
  return { ...plan, way: "margin", side, track: tracks[side] - 1 };
}

// Between two boxes side by side there is a lane; a title in between is in the way.
function isOpenWay(rows, upper, lower) {
  const between = rows.slice(upper.row + 1, lower.row);
  const lanes = between.every(({ nodes }) => nodes.every(({ side }) => isColumn(side)));
  const titled = rows.slice(upper.row + 1, lower.row + 1).some(({ title }) => title);
  const straight = !between.length || !isColumn(upper.side) || !isColumn(lower.side);
  return lanes && !titled && straight;
}

function isColumn(side) {
  return side === "left" || side === "right";
}

function marginOf(upper, lower, tracks) {
  if (isColumn(upper.side)) return upper.side;
  if (isColumn(lower.side)) return lower.side;
  return tracks.left <= tracks.right ? "left" : "right";
}

/** The way of every planned link through a layout: `{...plan, points, label}`. */
export function routeLinks(plans, layout) {
  const taken = new Map();
  const nodes = new Map(layout.nodes.map((node) => [node.id, node]));
  const next = (key) => {
    taken.set(key, (taken.get(key) ?? -1) + 1);
    return taken.get(key);
  };
  return plans.map((plan) => {
    const ends = { upper: nodes.get(plan.upper), lower: nodes.get(plan.lower) };
    const y = wordLine(layout.strips[plan.row], plan.line);
    const { points, x } = ROUTE_WAYS[plan.way](plan, { ...ends, layout, next, y });
    if (plan.from !== plan.upper) points.reverse();
    const label = { text: plan.words, x, y, w: wordWidth(plan.words) };
    return { ...plan, points, label };
  });
}

const ROUTE_WAYS = { beside: routeBeside, between: routeBetween, margin: routeMargin };

function routeBeside(plan, { upper, lower, next, y, layout }) {
  const apart = wordWidth(plan.words) / 2 + 8;
  const own = upper === lower;
  const middle = own ? loopMiddle(upper, apart) : 0;
  const x1 = own ? middle - apart : inward(upper, lower, { plan, next, edge: "top" });
  const x2 = own ? middle + apart : inward(lower, upper, { plan, next, edge: "top" });
  const points = [[x1, upper.y], [x1, y], [x2, y], [x2, lower.y]];
  return { points, x: wordPlace(plan, (x1 + x2) / 2, layout) };
}

// Away from the main arrow, which comes in further out.
function loopMiddle({ side, x, w }, apart) {
  if (side === "left") return x + w - NEAR_EDGE - apart;
  return side === "right" ? x + NEAR_EDGE + apart : x + w / 2;
}

function routeBetween(plan, { upper, lower, next, y, layout }) {
  const x1 = inward(upper, lower, { plan, next, edge: "bottom" });
  const x2 = inward(lower, upper, { plan, next, edge: "top" });
  const lane = laneOf(upper, lower, { layout, next }) ?? x1;
  const first = layout.strips[upper.row + 1];
  const turn = lane === x1 ? [] : [[x1, first.bottom - 5], [lane, first.bottom - 5]];
  const points = [[x1, upper.y + upper.h], ...turn, [lane, y], [x2, y], [x2, lower.y]];
  return { points: withoutRepeats(points), x: wordPlace(plan, (lane + x2) / 2, layout) };
}

function laneOf(upper, lower, { layout, next }) {
  if (lower.row - upper.row < 2) return null;
  const { left, right } = layout.frame;
  return (left + right) / 2 + [0, -8, 8][next("lane") % 3];
}

function routeMargin(plan, { upper, lower, next, y, layout }) {
  const left = plan.side === "left";
  const edge = left ? layout.frame.left : layout.frame.right;
  const out = left ? -1 : 1;
  const track = edge + out * (6 + plan.track * TRACK);
  const words = wordWidth(plan.words);
  const wanted = edge - out * (words + 14 + BESIDE * next(`${lower.id}:${plan.side}`));
  const x = keepWithin(wanted, lower.x + NEAR_EDGE, lower.x + lower.w - NEAR_EDGE);
  const side = left ? upper.x : upper.x + upper.w;
  const below = 9 * (next(`${upper.id}:side`) + 1);
  const lowest = upper.y + upper.h - 6;
  const from = keepWithin(upper.y + upper.h / 2 + below, upper.y + 6, lowest);
  const points = [[side, from], [track, from], [track, y], [x, y], [x, lower.y]];
  return { points, x: edge - out * (words / 2 + 4) };
}

// Own arrows leave on the side of the other box, main arrows keep to the outside and to
// the middle.
function inward(node, other, { plan, next, edge }) {
  const more = BESIDE * next(`${node.id}:${edge}`);
  const free = wordWidth(plan.words) / 2 + 6 + more;
  const x = inwardFrom(node, other, { more, free });
  return keepWithin(x, node.x + 8, node.x + node.w - 8);
}

function inwardFrom({ side, x, w }, other, { more, free }) {
  if (side === "left") return x + w - NEAR_EDGE - more;
  if (side === "right") return x + NEAR_EDGE + more;
  const left = other.x + other.w / 2 < x + w / 2 - 1;
  return x + w / 2 + (left ? -1 : 1) * free;
}

// Words stay within the drawing.
function wordPlace(plan, x, { frame }) {
  const half = wordWidth(plan.words) / 2;
  return keepWithin(x, frame.left + half, frame.right - half);
}

function withoutRepeats(points) {
  return points.filter(([x, y], index) => {
    const before = points[index - 1];
    return !before || before[0] !== x || before[1] !== y;
  });
}

function keepWithin(value, low, high) {
  return Math.min(Math.max(value, low), high);
}
