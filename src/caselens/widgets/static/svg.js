// Drawing primitives: shapes, words wrapped by estimated width, boxes of text, arrows.
import { fill } from "./dom.js";

const SVG_SPACE = "http://www.w3.org/2000/svg";

/** The colours of a drawing on paper; the page gives its own, which follow its theme. */
export const LIGHT_PALETTE = {
  ink: "#1b2733",
  soft: "#4a5866",
  line: "#c3ced8",
  edge: "#768798",
  paper: "#ffffff",
  cbt: "#0b6590",
  dynamic: "#7d4691",
};

/** Sizes of letters and lines, in units of the drawing. */
export const TYPE = {
  text: 13,
  line: 18,
  label: 12.5,
  raised: 10.5,
  note: 11.5,
  word: 11.5,
};

/** Make a shape; empty attributes are left out, numbers are rounded. */
export function shape(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG_SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    node.setAttribute(name, typeof value === "number" ? String(rounded(value)) : value);
  }
  return fill(node, children);
}

/** A whole drawing of this size, complete in itself. */
export function picture({ width, height, name, font }, ...children) {
  const size = { viewBox: `0 0 ${rounded(width)} ${rounded(height)}`, width, height };
  const family = font ?? "system-ui, -apple-system, sans-serif";
  const role = { role: "group", "aria-label": name, class: "cl-drawing" };
  const attributes = { xmlns: SVG_SPACE, ...size, ...role, "font-family": family };
  return shape("svg", attributes, children);
}

function rounded(value) {
  return Math.round(value * 100) / 100;
}

// Widths in parts of the letter's size, after a wide typeface: a line that is estimated
// too long only wraps early, one that is estimated too short would leave its box.
const LETTER_WIDTHS = [
  ["ijlIJ'", 0.3],
  [" ,./:;|f-‘’·", 0.37],
  ["()[]t!r\"", 0.46],
  ["csxyzvkLF?“”–", 0.59],
  ["mwMW%@—…", 0.99],
];
const WIDTH_OF = new Map(
  LETTER_WIDTHS.flatMap(([letters, width]) => [...letters].map((one) => [one, width])),
);
const BOLD = 1.12;

/** How wide a text will be at most, by estimate. */
export function textWidth(text, size, bold = false) {
  const sum = [...String(text)].reduce((total, letter) => total + letterWidth(letter), 0);
  return sum * size * (bold ? BOLD : 1);
}

function letterWidth(letter) {
  if (WIDTH_OF.has(letter)) return WIDTH_OF.get(letter);
  if (letter.codePointAt(0) >= 0x2e80) return 1.05;
  return /\p{Lu}/u.test(letter) ? 0.78 : 0.64;
}

/** The lines of a text that is to fit into `width`; a word too long for it is cut. */
export function wrapText(text, width, size, bold = false) {
  const fits = (line) => textWidth(line, size, bold) <= width;
  const lines = [];
  for (const word of String(text ?? "").split(/\s+/).filter(Boolean)) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(...cutWord(word, fits));
  }
  return lines;
}

function cutWord(word, fits) {
  const pieces = [""];
  for (const letter of word) {
    if (pieces.at(-1) && !fits(pieces.at(-1) + letter)) pieces.push("");
    pieces[pieces.length - 1] += letter;
  }
  return pieces;
}

/** Lines `{text, raised?}` of a text with small numbers after its last word. */
export function wrapWithNumbers(text, numbers, width, size) {
  const lines = wrapText(text, width, size).map((line) => ({ text: line }));
  if (!numbers.length) return lines;
  const rows = wrapText(numbers.join(", "), width, TYPE.raised);
  const last = lines.at(-1) ?? { text: "" };
  if (!lines.length) lines.push(last);
  const room = width - textWidth(rows[0], TYPE.raised) - 2;
  if (textWidth(last.text, size) > room) lines.push(takeLastWord(last));
  lines.at(-1).raised = rows[0];
  return [...lines, ...rows.slice(1).map((raised) => ({ text: "", raised }))];
}

// Numbers alone on a line would belong to nothing; a word goes down with them.
function takeLastWord(line) {
  const at = line.text.lastIndexOf(" ");
  if (at < 0) return { text: "" };
  const word = line.text.slice(at + 1);
  line.text = line.text.slice(0, at);
  return { text: word };
}

/** One line of text with its raised numbers, if it has any. */
export function textLine({ text, raised, x, y }, style) {
  const above = { dx: text ? 1.5 : 0, dy: -4 };
  const small = { ...above, "font-size": TYPE.raised, "font-style": "normal" };
  const numbers = raised ? shape("tspan", small, raised) : null;
  return shape("text", { x, y, "font-size": TYPE.text, ...style }, text, numbers);
}

/** A rounded box. */
export function boxShape({ x, y, w, h }, style) {
  return shape("rect", { x, y, width: w, height: h, rx: 8, ...style });
}

/** A line through points `[x, y]`, rounded at its corners, with a head at its end. */
export function arrowShape(points, style) {
  const { stroke, dash, width = 1.5, radius = 14, head = true } = style;
  const line = { fill: "none", stroke, "stroke-width": width, "stroke-dasharray": dash };
  const path = shape("path", { d: roundedPath(points, radius), ...line });
  if (!head) return path;
  const tip = shape("path", { d: tipPath(points.at(-2), points.at(-1)), fill: stroke });
  return shape("g", {}, path, tip);
}

/** The path through `points` whose corners are rounded by at most `radius`. */
export function roundedPath(points, radius) {
  const [first, ...rest] = points;
  const corners = rest.slice(0, -1).map((corner, index) => {
    const [before, after] = [points[index], rest[index + 1]];
    const room = Math.min(distanceOf(before, corner), distanceOf(corner, after)) / 2;
    const most = Math.min(radius, room);
    const [from, to] = [towards(corner, before, most), towards(corner, after, most)];
    return `L ${coordinates(from)} Q ${coordinates(corner)} ${coordinates(to)}`;
  });
  return [`M ${coordinates(first)}`, ...corners, `L ${coordinates(rest.at(-1))}`].join(" ");
}

function tipPath(from, tip) {
  const [back, size] = [towards(tip, from, 8), 4.2];
  const length = distanceOf(from, tip) || 1;
  const side = [((tip[1] - from[1]) / length) * size, ((from[0] - tip[0]) / length) * size];
  const left = [back[0] + side[0], back[1] + side[1]];
  const right = [back[0] - side[0], back[1] - side[1]];
  return `M ${coordinates(tip)} L ${coordinates(left)} L ${coordinates(right)} Z`;
}

function towards(from, to, step) {
  const length = distanceOf(from, to) || 1;
  const part = step / length;
  return [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
}

function distanceOf(a, b) {
  return Math.hypot(b[0] - a[0], b[1] - a[1]);
}

function coordinates([x, y]) {
  return `${rounded(x)} ${rounded(y)}`;
}
