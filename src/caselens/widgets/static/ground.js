// What stands under the two drawings: common ground, own arrows, and what was held back.
import { h, nextId } from "./dom.js";
import { arrowWords, elementWords, sentencesWords } from "./elements.js";
import { say } from "./strings.js";

/** Everything under the drawings that has something to tell. */
export function drawGround(elements) {
  return [
    drawCommon(elements),
    drawUnderPart("ground", say("ground.shared"), drawPlaced(elements, "common")),
    drawUnderPart("arrows", say("ground.arrows"), drawArrows(elements)),
    drawHeld(elements),
  ];
}

function drawHeld(elements) {
  const list = drawPlaced(elements, "held");
  return drawUnderPart("held", say("ground.held"), list, say("ground.heldHelp"));
}

function drawUnderPart(name, title, list, help) {
  if (!list) return null;
  const id = nextId(name);
  return h(
    "section",
    { class: `cl-under-drawing is-${name}`, "aria-labelledby": id },
    h("h4", { id }, title),
    help ? h("p", { class: "cl-help" }, help) : null,
    list,
  );
}

function drawCommon(elements) {
  const asked = [...elements.titles.lens, ...elements.titles.translate];
  if (!asked.length) return null;
  const found = elements.both.length || elements.pairs.length;
  const nothing = say("ground.nothing", { tasks: inQuotes(asked) });
  const id = nextId("common");
  return h(
    "section",
    { class: "cl-common", "aria-labelledby": id },
    h(
      "div",
      { class: "cl-common-band" },
      h("h4", { id }, say("ground.title")),
      found ? null : h("p", { class: "cl-help" }, nothing),
      drawBoth(elements.both),
      drawPairs(elements.pairs),
    ),
  );
}

/** Titles of tasks as they stand in a sentence. */
export function inQuotes(titles) {
  return titles.map((title) => say("ground.quoted", { title })).join(", ");
}

function drawBoth(both) {
  if (!both.length) return null;
  const rows = both.map((one) => h("li", {}, one.text, drawCourse(one.course)));
  return [h("p", { class: "cl-common-lead" }, say("ground.both")), h("ul", {}, rows)];
}

function drawPairs(pairs) {
  if (!pairs.length) return null;
  const rows = pairs.map(({ text, counterpart, course }) =>
    h(
      "li",
      { class: "cl-pair" },
      drawName("cbt", say("lenses.cbt"), text),
      h("span", { class: "cl-pair-sign", "aria-hidden": "true" }, "="),
      drawName("dynamic", say("lenses.dynamic"), counterpart),
      drawCourse(course),
    ),
  );
  return [h("p", { class: "cl-common-lead" }, say("ground.pairs")), h("ul", {}, rows)];
}

function drawName(lens, title, text) {
  return h("span", { class: `cl-pair-${lens}` }, h("b", {}, title), " ", text);
}

/** The line that says where the course differs. */
export function drawCourse(course) {
  if (!course) return null;
  return h("p", { class: "cl-course" }, say("drawing.course", { course }));
}

function drawArrows({ arrows }) {
  if (!arrows.length) return null;
  const rows = arrows.map((arrow) =>
    h(
      "li",
      {},
      arrowWords(arrow),
      standsDrawn(arrow) ? null : ` ${say("ground.notDrawn")}`,
      drawBreaks(arrow.breaks),
    ),
  );
  return h("ol", {}, rows);
}

function drawBreaks(breaks) {
  if (!breaks.trim()) return null;
  return h("p", { class: "cl-help" }, say("ground.breaks", { breaks }));
}

function standsDrawn({ from, to }) {
  return from.lens === to.lens && ["cbt", "dynamic"].includes(from.lens);
}

function drawPlaced({ placed }, lens) {
  const found = placed.filter((one) => one.lens === lens);
  if (!found.length) return null;
  const rows = found.map((one) =>
    h("li", {}, h("b", {}, one.label), ": ", elementWords(one)),
  );
  return h("ul", {}, rows);
}

/** A statement with its sentences, for a list. */
export function drawStatement({ label, text, numbers, course }) {
  const sentences = sentencesWords(numbers);
  return h(
    "li",
    {},
    label ? [h("b", {}, label), ": "] : null,
    text,
    sentences ? [" ", h("span", { class: "cl-sentences-of" }, sentences)] : null,
    drawCourse(course),
  );
}
