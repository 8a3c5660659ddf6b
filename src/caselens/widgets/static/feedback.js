// After committing: what was right, what was missed, what had no support, and why.
import { addRatings, drawAnchors, ownRatings } from "./anchors.js";
import { h, fill } from "./dom.js";
import { partLabel, viewParts } from "./choices.js";
import { drawSelfRating } from "./rating.js";
import { say } from "./strings.js";
import { formatPoints, splitReferences } from "./text.js";

const VERDICTS = new Set(["right", "partly", "missed", "unsupported", "blank", "open"]);

/** Everything that is said about one committed task. */
export function drawFeedback(context) {
  const { feedback } = context;
  context.labels = new Map(viewParts(context.view).map((one) => [one.id, partLabel(one)]));
  return h(
    "div",
    { class: "cl-feedback" },
    drawSummary(context, feedback),
    (feedback.parts ?? []).map((part) => drawCard(context, part)),
    feedback.agenda ? drawAgendaBest(context, feedback.agenda) : null,
    feedback.model && context.view.kind === "write" ? drawModel(context, feedback.model) : null,
    (feedback.problems ?? []).map((text) => h("p", { class: "cl-help" }, text)),
    ratesOwnText(context.view) ? drawOwnRating(context) : null,
  );
}

function drawSummary(context, feedback) {
  return h(
    "div",
    { class: "cl-summary" },
    feedback.summary ? h("p", {}, withReferences(context, feedback.summary)) : null,
    feedback.summary || !isPointed(context.view, feedback)
      ? null
      : h("p", { class: "cl-points" }, pointsText(feedback)),
    drawSureness(context.entry),
    feedback.complete === false
      ? h("p", { class: "cl-incomplete" }, say("feedback.incomplete"))
      : null,
  );
}

// How sure one was is worth reading beside how it went.
function drawSureness(entry) {
  if (!entry?.confidence) return null;
  const level = say(`sure.${entry.confidence}`);
  return h("p", { class: "cl-help" }, say("sure.gave", { level }));
}

/** Whether points mean anything yet: written work waits for a person. */
export function isPointed(view, feedback) {
  return Boolean(feedback?.maximum) && !view.by_hand && view.kind !== "write";
}

/** Points in words, never a bare number. */
export function pointsText({ points, maximum }) {
  const values = { points: formatPoints(points), maximum: formatPoints(maximum) };
  return say("feedback.points", values);
}

function drawCard(context, part) {
  const verdict = VERDICTS.has(part.verdict) ? part.verdict : "blank";
  const card = h(
    "article",
    { class: `cl-card is-${verdict}` },
    h(
      "h4",
      {},
      h("span", { class: "cl-verdict" }, say(`verdict.${verdict}`)),
      " ",
      h("span", {}, part.label || context.labels.get(part.part) || part.part || ""),
    ),
    drawAnswers(part, verdict),
    part.why ? h("p", { class: "cl-why" }, withReferences(context, part.why)) : null,
    verdict === "open" ? h("p", { class: "cl-why" }, say("feedback.open")) : null,
    drawSentenceLines(context, part.sentences ?? {}, verdict),
    part.error ? drawError(part.error) : null,
    part.scored === false ? drawUnscored("feedback.unscored") : null,
  );
  const ids = Object.values(part.sentences ?? {}).flat().map((one) => one?.id ?? one);
  card.addEventListener("mouseenter", () => context.vignette.highlight(ids));
  card.addEventListener("mouseleave", () => context.vignette.highlight([]));
  return card;
}

function drawAnswers({ yours, keyed, also }, verdict) {
  const rows = [];
  if (yours && verdict !== "blank") rows.push([say("feedback.yours"), yours]);
  if (keyed && keyed !== yours) rows.push([say("feedback.keyed"), keyed]);
  if (also && also !== yours) rows.push([say("feedback.also"), also]);
  if (!rows.length) return null;
  const cells = rows.map(([name, text]) =>
    h("div", {}, h("dt", {}, name), h("dd", {}, text)),
  );
  return h("dl", { class: "cl-answers" }, cells);
}

function drawSentenceLines(context, { good, missed, wrong }, verdict) {
  const lines = [
    good?.length ? sentenceLine(context, "feedback.good", good) : null,
    missed?.length ? sentenceLine(context, missedKey(good, verdict), missed) : null,
    ...(wrong ?? []).map((one) => wrongLine(context, one)),
  ].filter(Boolean);
  return lines.length ? h("ul", { class: "cl-lines" }, lines) : null;
}

// A right answer without its sentences counts in part: what it lacks is said.
function missedKey(good, verdict) {
  if (good?.length) return "feedback.missed";
  return verdict === "partly" ? "feedback.lacking" : "feedback.rests";
}

function sentenceLine(context, key, ids) {
  const links = ids.map((id) => sentenceLink(context, id));
  const name = say(key, { count: ids.length });
  return h("li", {}, h("span", { class: "cl-line-name" }, name), " ", links);
}

function wrongLine(context, wrong) {
  const { id, why } = typeof wrong === "string" ? { id: wrong } : wrong;
  return h(
    "li",
    {},
    h("span", { class: "cl-line-name" }, say("feedback.wrong")),
    " ",
    sentenceLink(context, id),
    why ? [" ", withReferences(context, why)] : null,
  );
}

/** A button with a sentence's number; it shows that sentence in the case. */
export function sentenceLink(context, id, text) {
  const number = context.vignette.numberOf(id);
  if (number === null) return null;
  return h(
    "button",
    {
      type: "button",
      class: text ? "cl-link" : "cl-link is-number",
      "aria-label": say("sentence.show", { number }),
      on: { click: () => context.vignette.reveal(id) },
    },
    text ?? number,
  );
}

/** A text with its sentence ids turned into links. */
export function withReferences(context, text) {
  const pieces = splitReferences(text, context.vignette.numberOf);
  return pieces.map((piece, index) => {
    const [before, after] = [pieces[index - 1], pieces[index + 1]];
    if (!piece.id) return withoutMarks(piece.text, before?.id, after?.id);
    const opening = before?.id ? "" : (before?.text.match(OPENING)?.[0] ?? "");
    const closing = after?.id ? "" : (after?.text.match(CLOSING)?.[0] ?? "");
    const link = sentenceLink(context, piece.id, piece.text);
    return h("span", { class: "cl-together" }, opening, link, closing);
  });
}

/** Paragraphs of a text with its sentence ids turned into links. */
export function linkedParagraphs(context, text) {
  const parts = String(text ?? "").split(/\n\s*\n/).filter((part) => part.trim());
  return parts.map((part) => h("p", {}, withReferences(context, part.trim())));
}

// A bracket or a full stop stays on the line of the link that it belongs to.
const OPENING = /[(“"]$/;
const CLOSING = /^[).,;:?”"]+/;

function withoutMarks(text, linkBefore, linkAfter) {
  const rest = linkBefore ? text.replace(CLOSING, "") : text;
  return linkAfter ? rest.replace(OPENING, "") : rest;
}

function drawUnscored(key) {
  return h("p", { class: "cl-unscored" }, say(key));
}

function drawError({ name, text }) {
  return h(
    "p",
    { class: "cl-error" },
    h("b", {}, say("feedback.error", { name: name ?? "" })),
    text ? ` ${text}` : null,
  );
}

function drawAgendaBest(context, { best, why }) {
  const own = (context.value?.agenda ?? []).map((id) => context.labels.get(id) ?? id);
  return h(
    "article",
    { class: "cl-card" },
    h("h4", {}, say("agenda.title")),
    drawAnswers({ yours: own.join("; "), keyed: (best ?? []).join("; ") }),
    why ? h("p", { class: "cl-why" }, withReferences(context, why)) : null,
    drawUnscored("agenda.unscored"),
  );
}

function drawModel(context, model) {
  const own = context.entry.value?.text ?? "";
  const points = model.look_for ?? [];
  const linked = (line) => withReferences(context, line);
  return [
    h(
      "div",
      { class: "cl-beside" },
      drawText(say("model.own"), own || say("model.nothing")),
      model.text ? drawText(say("model.text"), model.text, linked) : null,
    ),
    points.length
      ? h(
          "section",
          { class: "cl-look" },
          h("h4", {}, say("model.look")),
          h(
            "ul",
            {},
            points.map((point) => h("li", {}, withReferences(context, point))),
          ),
        )
      : null,
  ];
}

function drawText(title, text, read = (line) => line) {
  const body = h("div", { class: "cl-own" });
  fill(body, text.split(/\n+/).map((line) => h("p", {}, read(line))));
  return h("section", {}, h("h4", {}, title), body);
}

// Texts by others have a rubric too; only written work is one's own.
function ratesOwnText({ kind, rubric }) {
  return kind === "write" && Boolean(rubric);
}

function drawOwnRating(context) {
  return [
    drawAnchors(context, (text) => withReferences(context, text)),
    drawSelfRating({
      rubric: context.view.rubric,
      ratings: ownRatings(context),
      change: (ratings) => addRatings(context, ratings),
    }),
  ];
}
