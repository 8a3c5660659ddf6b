// From a layout to a picture, and the same picture in words. The two lenses share it.
import { arrowWords, elementName, elementWords, elementsIn } from "./elements.js";
import { say } from "./strings.js";
import { LIGHT_PALETTE, TYPE, arrowShape, boxShape, picture, shape, textLine } from "./svg.js";

/**
 * A node for these slots: "filled" when a statement stands there, "empty" when the slot is
 * on a menu of the case, "off" when it is on none.
 */
export function slotNode(elements, { id, slots, lens, label, ...more }) {
  const menu = elements.menus[lens];
  const items = elementsIn(elements, slots).map(drawnElement);
  const asked = slots.filter((slot) => slot in menu);
  const state = items.length ? "filled" : asked.length ? "empty" : "off";
  const name = slots.length === 1 ? (menu[slots[0]] ?? label) : label;
  const hint = state === "empty" ? say("drawing.empty") : null;
  return { ...more, id, label: name, state, items, hint };
}

function drawnElement(element) {
  const course = element.course;
  return { ...element, note: course ? say("drawing.course", { course }) : "" };
}

/** The trainee's arrows between nodes of a drawing, as links of that drawing. */
export function linksBetween(elements, nodes) {
  const holds = (end) => ({ items }) => items.some(({ id }) => id === end.id);
  const nodeOf = (end) => nodes.find(holds(end))?.id;
  return elements.arrows
    .map((arrow) => ({ arrow, from: nodeOf(arrow.from), to: nodeOf(arrow.to) }))
    .filter(({ from, to }) => from && to)
    .map((link) => ({ ...link, id: link.arrow.id, words: relationOf(link.arrow) }));
}

function relationOf({ relation }) {
  return relation.toLowerCase();
}

/**
 * Draw a layout: `mains` are the lens's own lines `{points, head}`, `links` the trainee's
 * arrows. `options` may hold `palette`, `font`, and `wire(node, {element} or {arrow})`,
 * which makes a drawn element do something.
 */
export function drawLayout(layout, { lens, name, reading, options = {} }) {
  const palette = { ...LIGHT_PALETTE, ...options.palette };
  const tools = { palette, colour: palette[lens], wire: options.wire ?? (() => {}) };
  const inOrder = reading.flatMap((id) => layout.nodes.filter((node) => node.id === id));
  return picture(
    { width: layout.width, height: layout.height, name, font: options.font },
    layout.mains.map((main) => drawMain(main, tools)),
    layout.titles.map((title) => drawFigureTitle(title, tools)),
    inOrder.map((node) => drawNode(node, tools)),
    layout.links.map((link) => drawOwnArrow(link, tools)),
    layout.links.map((link) => drawOwnWords(link, tools)),
  );
}

function drawMain({ points, head = true, faint, quiet }, { palette, colour }) {
  const stroke = faint ? palette.line : quiet ? palette.edge : colour;
  const width = quiet || faint ? 1 : 1.75;
  const radius = head ? 20 : 0;
  const line = arrowShape(points, { stroke, width, head, radius });
  return shape("g", { "aria-hidden": "true" }, line);
}

function drawFigureTitle({ text, x, y }, { palette }) {
  const style = { "font-size": TYPE.label, "font-weight": 600, fill: palette.soft };
  return textLine({ text, x, y }, style);
}

function drawNode(node, tools) {
  const { palette, colour } = tools;
  const border = BORDERS[node.state](palette, colour, node.quiet);
  const labelStyle = {
    "font-size": TYPE.label,
    "font-weight": node.state === "off" ? 400 : 650,
    fill: node.state === "off" ? palette.soft : colour,
  };
  const labels = node.labelLines.map((line) => textLine(line, labelStyle));
  const plain = node.state !== "filled";
  const role = plain ? { role: "img", "aria-label": nodeWords(node)[0] } : {};
  return shape(
    "g",
    { class: `cl-node is-${node.state}`, ...role },
    boxShape(node, { fill: palette.paper, ...border }),
    plain ? labels : shape("g", { "aria-hidden": "true" }, labels),
    node.blocks.map((block) => drawBlock(block, tools)),
  );
}

const BORDERS = {
  filled: (_, stroke, quiet) => ({ stroke, "stroke-width": quiet ? 1 : 1.75 }),
  empty: ({ edge }) => ({ stroke: edge, "stroke-width": 1.25, "stroke-dasharray": "5 4" }),
  off: ({ line }) => ({ stroke: line, "stroke-width": 1 }),
};

function drawBlock({ item, lines, x, y, w, h }, tools) {
  const { palette, wire } = tools;
  const quiet = { "font-size": TYPE.note, "font-style": "italic", fill: palette.soft };
  const plain = { fill: palette.ink };
  const texts = lines.map((line) => textLine(line, line.quiet ? quiet : plain));
  if (!item) return texts;
  const under = { class: "cl-element-back", rx: 5, fill: palette.paper };
  const back = boxShape({ x, y, w, h }, under);
  const role = { role: "img", "aria-label": elementName(item), class: "cl-element" };
  const node = shape("g", role, back, texts);
  wire(node, { element: item });
  return node;
}

function drawOwnArrow({ points, arrow }, { palette, wire }) {
  const style = { stroke: palette.ink, dash: "5 3", width: 1.5 };
  const role = { role: "img", "aria-label": arrowWords(arrow), class: "cl-own-arrow" };
  // A thin line is hard to hit with a pointer; a broad one that nobody sees lies on it.
  const broad = arrowShape(points, { stroke: "transparent", width: 14, head: false });
  const node = shape("g", role, arrowShape(points, style), broad);
  wire(node, { arrow });
  return node;
}

function drawOwnWords({ label }, { palette }) {
  const [w, h] = [label.w, 15];
  const place = { x: label.x - w / 2, y: label.y - h / 2, w, h };
  const middle = { "text-anchor": "middle", fill: palette.ink };
  const style = { ...middle, "font-size": TYPE.word, "font-style": "italic" };
  return shape(
    "g",
    { "aria-hidden": "true" },
    boxShape(place, { fill: palette.paper, "pointer-events": "none" }),
    textLine({ text: label.text, x: label.x, y: label.y + 4 }, style),
  );
}

/** What stands in a node, in one line of words. */
export function nodeWords({ label, state, items }) {
  if (state === "empty") return [say("drawing.wordsEmpty", { label })];
  if (state === "off") return [say("drawing.wordsOff", { label })];
  const rest = items.map(elementWords).join(" ");
  return [say("elements.name", { label, rest })];
}

/** The trainee's arrows that are drawn, one line each. */
export function linksWords(links) {
  return links.map(({ arrow }) => say("drawing.wordsArrow", { arrow: arrowWords(arrow) }));
}
