// Where everything in a drawing stands: rows of boxes that grow with what is in them.
import { TYPE, textWidth, wrapText, wrapWithNumbers } from "./svg.js";

/** The free strip between a left and a right box, and above a row. */
const BETWEEN_SIDES = 28;
const STRIP = 30;
const STRIPS = { tight: 16, open: 52 };
const TITLE_ROOM = 34;
const BOX_PAD = 10;
const BLOCK_PAD = 3;
const LABEL_LINE = 16;
const WORD_LINE = 19;
const CENTRE_SHARE = 0.62;
const STEP_SHARE = 0.78;

/** The width of a drawing when nothing else is asked. */
export const USUAL_WIDTH = 372;

/**
 * Place rows of nodes: `rows` is `[{nodes, title?, words?, strip?}]`, where a node has
 * `id, label, state, items, side`, `words` counts the lines of words in the strip above
 * the row, and a strip may be "tight" or "open". Returns `{width, height, frame, nodes,
 * titles, strips}`.
 */
export function placeRows(rows, { width = USUAL_WIDTH, gutters = { left: 0, right: 0 } }) {
  const frame = { left: gutters.left + 2, right: width - gutters.right - 2 };
  const layout = { width, frame, nodes: [], titles: [], strips: [], height: 0 };
  rows.forEach((row, index) => placeRow(layout, row, index));
  layout.height += 4;
  return layout;
}

function placeRow(layout, row, index) {
  const { frame } = layout;
  if (row.title) placeTitle(layout, row.title);
  const top = layout.height;
  const bottom = top + stripHeight(row, index);
  layout.strips.push({ top, bottom, first: bottom - (row.words ?? 0) * WORD_LINE });
  const placed = row.nodes.map((node) => placeNode(node, frame, bottom));
  layout.nodes.push(...placed.map((node) => ({ ...node, row: index })));
  layout.height = Math.max(bottom, ...placed.map(({ y, h }) => y + h));
}

function placeTitle(layout, text) {
  const y = layout.height + (layout.height ? TITLE_ROOM - 6 : 18);
  layout.titles.push({ text, x: layout.frame.left, y });
  layout.height = y + 6;
}

// Lines of words get room below the place where main arrows start from the row above.
function stripHeight({ words = 0, strip, title }, index) {
  const free = title || index === 0 ? 4 : (STRIPS[strip] ?? STRIP);
  return words ? Math.max(free, 14) + words * WORD_LINE : free;
}

/** The middle of the n-th line of words in a strip. */
export function wordLine(strip, line) {
  return strip.first + (line + 0.5) * WORD_LINE - 6;
}

/** Where a side begins and how wide it is, between the frame's left and right. */
export function sideOf(side, { left, right }) {
  const inner = right - left;
  const half = (inner - BETWEEN_SIDES) / 2;
  if (side === "left") return { x: left, w: half };
  if (side === "right") return { x: right - half, w: half };
  if (side === "wide") return { x: left, w: inner };
  const share = typeof side === "number" ? STEP_SHARE : CENTRE_SHARE;
  const step = typeof side === "number" ? side / 2 : 0.5;
  return { x: left + step * inner * (1 - share), w: inner * share };
}

function placeNode(node, frame, y) {
  const { x, w } = sideOf(node.side, frame);
  const inner = w - 2 * BOX_PAD;
  const labels = wrapText(node.label, inner, TYPE.label, true);
  const labelLines = labels.map((text, index) => ({
    text,
    x: x + BOX_PAD,
    y: y + BOX_PAD + 9 + index * LABEL_LINE,
  }));
  const place = { x: x + BOX_PAD, y: y + BOX_PAD + labels.length * LABEL_LINE, w: inner };
  const { blocks, end } = placeBlocks(node, place);
  const h = end + BOX_PAD - 4 - y;
  return { ...node, x, y, w, h, labelLines, blocks };
}

function placeBlocks({ items, hint }, place) {
  const blocks = [];
  let end = place.y;
  for (const item of items) {
    const block = placeBlock(item, { ...place, y: end });
    blocks.push(block);
    end = block.y + block.h;
  }
  if (!items.length && hint) {
    const block = placeHint(hint, place);
    blocks.push(block);
    end = block.y + block.h;
  }
  return { blocks, end };
}

function placeBlock(item, { x, y, w }) {
  const lines = wrapWithNumbers(item.text, item.numbers, w, TYPE.text);
  return blockOf(item, [...lines, ...quietLines(item.note, w)], { x, y, w });
}

function placeHint(hint, { x, y, w }) {
  return blockOf(null, quietLines(hint, w), { x, y, w });
}

function quietLines(text, width) {
  return wrapText(text, width, TYPE.note).map((line) => ({ text: line, quiet: true }));
}

function blockOf(item, lines, { x, y, w }) {
  const placed = lines.map((line, index) => ({
    ...line,
    x,
    y: y + BLOCK_PAD + 13 + index * TYPE.line,
  }));
  const h = lines.length * TYPE.line + 2 * BLOCK_PAD;
  return { item, lines: placed, x: x - 5, y, w: w + 10, h };
}

/** How wide the words on an arrow are, with a little room to either side. */
export function wordWidth(text) {
  return textWidth(text, TYPE.word) + 10;
}
