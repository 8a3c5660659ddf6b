// The view of the two lenses side by side, drawn from the trainee's own answers.
import { drawCycle, cycleInWords } from "./cycle.js";
import { h, disclosure, nextId } from "./dom.js";
import { arrowWords, collectElements, elementName, isAsked } from "./elements.js";
import { drawGround, inQuotes } from "./ground.js";
import { say } from "./strings.js";
import { drawTriangles, trianglesInWords } from "./triangles.js";

/** The colours of the page, which follow its theme. */
const PAGE_PALETTE = Object.fromEntries(
  ["ink", "soft", "line", "edge", "paper", "cbt", "dynamic"].map((name) => [
    name,
    `var(--cl-${name})`,
  ]),
);

/** `{left, right, below}` for a case: CBT drawing, dynamic drawing, what they share. */
export function drawLenses({ page, caseId }) {
  const elements = collectElements(page, caseId);
  const lights = createLights(page);
  const options = { palette: PAGE_PALETTE, wire: lights.wire };
  const cbt = { lens: "cbt", title: say("lenses.cbt"), draw: drawCycle };
  const dynamic = { lens: "dynamic", title: say("lenses.dynamic"), draw: drawTriangles };
  page.afterDraw.push(() => page.vignette.link(sentenceLinks(page, elements, lights)));
  return {
    left: drawSide(elements, cbt, options),
    right: drawSide(elements, dynamic, options),
    below: h(
      "div",
      { class: "cl-lens-below" },
      drawGround(elements),
      drawLensHelp(elements),
    ),
  };
}

function drawSide(elements, { lens, title, draw }, options) {
  const id = nextId("lens");
  const asked = isAsked(elements, lens);
  return h(
    "section",
    { class: `cl-lens-side is-${lens}`, "aria-labelledby": id },
    h("h4", { id }, title),
    drawWhatFirst(elements, lens),
    asked ? h("div", { class: "cl-lens-picture" }, draw(elements, options)) : null,
  );
}

/** What to do first, where nothing is drawn yet. */
function drawWhatFirst(elements, lens) {
  if (!isAsked(elements, lens)) return h("p", { class: "cl-help" }, say("lenses.notAsked"));
  if (elements.placed.some((one) => one.lens === lens)) return null;
  const tasks = inQuotes(elements.titles[lens]);
  return h("p", { class: "cl-callout" }, say("lenses.first", { tasks }));
}

function drawLensHelp(elements) {
  return h(
    "div",
    { class: "cl-lens-help" },
    disclosure(say("lenses.how"), { class: "cl-more" }, drawHowToRead(elements)),
    drawInWords(say("lenses.wordsCbt"), cycleInWords(elements)),
    drawInWords(say("lenses.wordsDynamic"), trianglesInWords(elements)),
  );
}

function drawInWords(title, lines) {
  if (!lines.length) return null;
  const list = h("ol", { class: "cl-in-words" }, lines.map((line) => h("li", {}, line)));
  return disclosure(title, { class: "cl-more" }, list);
}

function drawHowToRead({ placed, arrows }) {
  const lines = [
    say("lenses.howBoxes"),
    say("lenses.howEmpty"),
    arrows.length ? say("lenses.howArrows") : null,
    say("lenses.howLight"),
    placed.some(({ course }) => course) ? say("lenses.howCourse") : null,
  ];
  const rows = lines.filter(Boolean).map((line) => h("li", {}, line));
  return h("ul", { class: "cl-how" }, rows);
}

/** Lights go both ways: from what is drawn to its sentences, and back. */
function createLights(page) {
  const drawn = [];
  const show = (test, on) =>
    drawn.filter(test).forEach(({ node }) => node.classList.toggle("is-lit", on));
  const wire = (node, { element, arrow }) => {
    const { id, ids } = element ?? arrow;
    const name = element ? elementName(element) : arrowWords(arrow);
    const own = arrow ? [id, arrow.from.id, arrow.to.id] : [id];
    drawn.push({ node, id, ids, name });
    makeOperable(page, { node, ids }, (on) => show((one) => own.includes(one.id), on));
  };
  return { wire, restingOn: (id) => drawn.filter(({ ids }) => ids.includes(id)), show };
}

function makeOperable(page, { node, ids }, light) {
  const set = (on) => {
    light(on);
    page.vignette.highlight(on ? ids : []);
  };
  const reveal = () => ids.length && page.vignette.reveal(ids[0]);
  node.setAttribute("tabindex", "0");
  if (ids.length) node.setAttribute("role", "button");
  for (const type of ["mouseenter", "focus"]) node.addEventListener(type, () => set(true));
  for (const type of ["mouseleave", "blur"]) node.addEventListener(type, () => set(false));
  node.addEventListener("click", reveal);
  node.addEventListener("keydown", (event) => onPress(event, reveal));
}

function onPress(event, run) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key !== "Enter" && event.key !== " ") return;
  event.preventDefault();
  run();
}

/** For the case: every sentence that something drawn rests on. */
function sentenceLinks(page, { placed, arrows }, lights) {
  const ids = new Set([...placed, ...arrows].flatMap((one) => one.ids));
  const links = new Map();
  for (const id of ids) {
    const resting = lights.restingOn(id);
    if (resting.length) links.set(id, linkFor(page, id, { resting, show: lights.show }));
  }
  return links.size ? links : null;
}

function linkFor(page, id, { resting, show }) {
  const set = (on) => {
    show((one) => resting.includes(one), on);
    page.vignette.highlight(on ? [id] : []);
  };
  const names = resting.map(({ name }) => name).join(" ");
  return {
    label: say("lenses.rests", { number: page.vignette.numberOf(id), names }),
    on: () => set(true),
    off: () => set(false),
    go: () => resting[0].node.scrollIntoView?.({ block: "nearest" }),
  };
}
