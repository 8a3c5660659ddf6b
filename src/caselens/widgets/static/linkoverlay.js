// After committing: the course's arrows over the trainee's own, and what would break each.
import { h } from "./dom.js";
import { createLinkDiagram } from "./linkdiagram.js";
import { drawLinkWords, drawnLinks, linkArcs, linkEnds, relationWords } from "./linkwords.js";
import { say } from "./strings.js";

/** The course's arrows: the parts of the feedback whose answer is a relation. */
export function courseArrows(view, feedback) {
  return (feedback?.parts ?? [])
    .filter(({ part, answer }) => answer && answer !== "no" && linkEnds(view, part))
    .map((part) => ({ ...part, ...linkEnds(view, part.part), choice: part.answer }));
}

/** Both sets of arrows, each arrow with its tone: "both", "course" or "own". */
export function overlayArrows(course, own) {
  const same = (one) => (other) => one.key === other.key && one.choice === other.choice;
  return [
    ...course.map((one) => ({ ...one, tone: own.some(same(one)) ? "both" : "course" })),
    ...own.filter((one) => !course.some(same(one))).map((one) => ({ ...one, tone: "own" })),
  ];
}

/** The diagram and the list of what the course draws; nothing where it draws nothing. */
export function drawLinkOverlay(context) {
  const { view, feedback } = context;
  const course = courseArrows(view, feedback);
  if (!course.length) return null;
  const own = drawnLinks(view, context.value);
  const arrows = overlayArrows(course, own);
  const shown = { context, arrows, over: (key) => lightOverlay(shown, key) };
  shown.diagram = createLinkDiagram(context, shown);
  shown.rows = arrows.map((arrow) => drawOverlayCard(shown, arrow, own));
  shown.diagram.arcs.show(linkArcs(view, arrows));
  return h(
    "section",
    { class: "cl-link-overlay" },
    h("h4", { class: "cl-link-title" }, say("link.overlay")),
    drawLinkLegend(arrows),
    shown.diagram.element,
    h("ul", { class: "cl-link-cards", role: "list" }, shown.rows),
  );
}

function lightOverlay({ context, arrows, diagram, rows }, key) {
  diagram.arcs.light(key ? [key] : []);
  rows.forEach((row, index) => row.classList.toggle("is-lit", arrows[index].key === key));
  const lit = arrows.filter((arrow) => arrow.key === key);
  context.vignette.highlight(lit.flatMap(sentencesOfArrow));
}

function sentencesOfArrow({ evidence, sentences }) {
  return evidence ?? [...(sentences?.good ?? []), ...(sentences?.missed ?? [])];
}

const LINK_TONES = { both: "link.toneBoth", course: "link.toneCourse", own: "link.toneOwn" };

function drawLinkLegend(arrows) {
  const tones = Object.keys(LINK_TONES).filter((tone) => arrows.some((one) => one.tone === tone));
  return h(
    "ul",
    { class: "cl-link-legend", role: "list" },
    tones.map((tone) => h("li", {}, drawLinkSwatch(tone), say(LINK_TONES[tone]))),
  );
}

function drawLinkSwatch(tone) {
  return h("span", { class: `cl-link-swatch is-${tone}`, "aria-hidden": "true" });
}

function drawOverlayCard({ context, over }, arrow, own) {
  const { view } = context;
  const { tone, breaks } = arrow;
  const standing = [drawLinkSwatch(tone), linkStanding(view, arrow, own)];
  const question = h("b", {}, say("link.breaks"));
  const row = h(
    "li",
    { class: `cl-link-card is-${tone}` },
    h("p", { class: "cl-link-words" }, drawLinkWords(view, arrow)),
    h("p", { class: "cl-link-standing" }, standing),
    breaks ? h("p", { class: "cl-link-breaks" }, question, " ", breaks) : null,
  );
  row.addEventListener("mouseenter", () => over(arrow.key));
  row.addEventListener("mouseleave", () => over(null));
  return row;
}

function linkStanding(view, { key, tone }, own) {
  const other = own.find((one) => one.key === key);
  if (tone === "course" && other) {
    return say("link.otherwise", { relation: relationWords(view, other.choice) });
  }
  return say(LINK_TONES[tone]);
}
