// Rating three texts whose level is agreed, so as to see one's own text at its level.
import { h, fill, disclosure } from "./dom.js";
import { drawLevels } from "./radios.js";
import { rubricCriteria } from "./rating.js";
import { say } from "./strings.js";

/**
 * The anchored examples of a committed text; null where there are none. What was agreed
 * appears once an example is rated. `read(text)` may turn sentence ids into links.
 */
export function drawAnchors(context, read = (text) => text) {
  const anchors = context.feedback?.anchors ?? [];
  const criteria = rubricCriteria(context.view.rubric);
  if (!anchors.length || !criteria.length) return null;
  const bench = { context, read, anchors, criteria, sum: h("p", { class: "cl-callout cl-sum" }) };
  bench.examples = anchors.map((anchor, index) => drawExample(bench, anchor, index + 1));
  openNext(bench);
  fill(bench.sum, sumText(bench));
  return h(
    "section",
    { class: "cl-anchors" },
    h("h4", {}, say("anchors.title")),
    h("p", { class: "cl-help" }, say("anchors.help")),
    bench.examples.map(({ element }) => element),
    bench.sum,
  );
}

/** The ratings of the trainee's own text, without those of the examples. */
export function ownRatings(context) {
  const ids = rubricCriteria(context.view.rubric).map(({ id }) => id);
  const kept = Object.entries(keptRatings(context));
  return Object.fromEntries(kept.filter(([id]) => ids.includes(id)));
}

/** Keep some ratings and leave all others as they are now. */
export function addRatings(context, ratings) {
  context.rate({ ...keptRatings(context), ...ratings });
}

// The page may have been told a new state since it was drawn: the entry is asked for again.
function keptRatings({ view, entry, entryOf: ask }) {
  return (ask?.(view.id) ?? entry).ratings ?? {};
}

function textParagraphs({ read }, text) {
  const parts = text.split(/\n\s*\n/).filter((part) => part.trim());
  return parts.map((part) => h("p", {}, read(part.trim())));
}

function drawExample(bench, anchor, number) {
  const state = h("span", { class: "cl-help" });
  const outcome = h("div", { class: "cl-outcome" });
  const name = say("anchors.example", { number, of: bench.anchors.length });
  const fields = bench.criteria.map((one) => drawCriterionOf(bench, anchor, one, name));
  const text = h("div", { class: "cl-own" }, textParagraphs(bench, anchor.text));
  const levels = h("div", { class: "cl-group is-list" }, fields);
  const summary = [h("b", {}, name), " ", state];
  const element = disclosure(summary, { class: "cl-box cl-anchor" }, text, levels, outcome);
  const update = () => {
    const rated = isRated(bench, anchor);
    fill(state, say(rated ? "anchors.rated" : "anchors.unrated"));
    fill(outcome, rated ? drawOutcome(bench, anchor) : null);
  };
  update();
  return { anchor, element, update };
}

function drawCriterionOf(bench, anchor, criterion, name) {
  const key = ratingKey(anchor, criterion);
  const part = { id: key, text: criterion.label, short: `${name}: ${criterion.label}` };
  const answer = { part: () => ({ choice: String(keptRatings(bench.context)[key] ?? "") }) };
  const pick = (id) => rateExample(bench, anchor, { [key]: levelOf(criterion, id).id });
  // Committed work is closed to change; the rating of it is not.
  const context = { ...bench.context, readOnly: false };
  return drawLevels(context, answer, part, { criterion, pick, clear: false });
}

function ratingKey(anchor, criterion) {
  return `${anchor.id}-${criterion.id}`;
}

function levelOf(criterion, id) {
  return criterion.levels.find((level) => String(level.id) === String(id));
}

function rateExample(bench, anchor, rating) {
  const before = isRated(bench, anchor);
  addRatings(bench.context, rating);
  bench.examples.find((one) => one.anchor === anchor).update();
  fill(bench.sum, sumText(bench));
  if (before || !isRated(bench, anchor)) return;
  openNext(bench);
  bench.context.announce?.(`${agreedText(anchor)} ${sumText(bench)}`);
}

function isRated(bench, anchor) {
  const ratings = keptRatings(bench.context);
  return bench.criteria.every((one) => levelOf(one, ratings[ratingKey(anchor, one)]));
}

function openNext(bench) {
  const next = bench.examples.find(({ anchor }) => !isRated(bench, anchor));
  if (next) next.element.open = true;
}

function agreedText({ level, lens }) {
  const told = say("anchors.level", { level });
  return lens ? `${told} ${say("anchors.lens", { lens })}` : told;
}

function drawOutcome(bench, anchor) {
  const rows = comparedRatings(bench, anchor).map(({ criterion, mine, agreed, gap }) => {
    const values = { yours: levelName(mine), agreed: levelName(agreed) };
    const words = gap ? say("anchors.differs", values) : say("anchors.same", values);
    const name = h("dt", {}, criterion.label);
    return h("div", {}, name, h("dd", {}, words, gap ? h("b", {}, ` ${gapText(gap)}`) : null));
  });
  return [
    h("p", {}, h("b", {}, agreedText(anchor))),
    h("dl", { class: "cl-compared" }, rows),
    anchor.why ? h("p", { class: "cl-why" }, bench.read(anchor.why)) : null,
  ];
}

/** The trainee's level, the agreed one, and how many levels lie between. */
function comparedRatings({ context, criteria }, anchor) {
  const ratings = keptRatings(context);
  return criteria.flatMap((criterion) => {
    const mine = levelOf(criterion, ratings[ratingKey(anchor, criterion)]);
    const agreed = levelOf(criterion, anchor.ratings?.[criterion.id]);
    if (!mine || !agreed) return [];
    const gap = criterion.levels.indexOf(mine) - criterion.levels.indexOf(agreed);
    return [{ criterion, mine, agreed, gap }];
  });
}

function levelName({ id, label }) {
  return label || String(id);
}

function gapText(gap) {
  return say(gap > 0 ? "anchors.more" : "anchors.less", { count: Math.abs(gap) });
}

/** What the ratings of all rated examples show, "" before the first is rated. */
function sumText(bench) {
  const rated = bench.anchors.filter((anchor) => isRated(bench, anchor));
  const gaps = rated.flatMap((anchor) => comparedRatings(bench, anchor)).map(({ gap }) => gap);
  if (!gaps.length) return "";
  const found = [...new Set(gaps)].filter(Boolean).sort((a, b) => b - a);
  const same = gaps.filter((gap) => gap === 0).length;
  const lines = found.map((gap) => sumLine(gap, gaps));
  return [say("anchors.sumSame", { same, of: gaps.length }), ...lines].join(" ");
}

function sumLine(gap, gaps) {
  const key = gap > 0 ? "anchors.sumMore" : "anchors.sumLess";
  const cases = gaps.filter((one) => one === gap).length;
  return say(key, { count: Math.abs(gap), cases, of: gaps.length });
}
