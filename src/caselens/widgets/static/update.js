// Rival accounts: is each less or more likely than before, and how have they moved?
import { answerKeeper, choicesInteraction, drawMeanings, viewParts } from "./choices.js";
import { h, nextId } from "./dom.js";
import { drawField } from "./radios.js";
import { say } from "./strings.js";

const SIGNS = { less: "↓", equally: "→", more: "↑" };

/** The task kind `update`: a card for each account. */
export const updateInteraction = {
  fits: (view) => view.kind === "update",
  blanks: choicesInteraction.blanks,
  count: choicesInteraction.count,
  draw: drawUpdate,
};

/** Directions whose words have their arrow before them. */
export function signedChoices(choices) {
  return (choices ?? []).map((choice) => ({ ...choice, label: signedWords(choice) }));
}

// The sign is for the eye; the words say the same to everybody. No line ends between.
function signedWords({ id, label }) {
  const sign = SIGNS[id];
  if (!sign) return label ?? id;
  return [h("span", { class: "cl-sign", "aria-hidden": "true" }, sign), `\u00a0${label ?? id}`];
}

function drawUpdate(context) {
  const answer = answerKeeper(context);
  const groups = context.view.groups ?? [];
  return groups.map(({ choices = [], parts = [] }) => [
    drawMeanings(choices),
    h(
      "div",
      { class: "cl-group is-pills" },
      parts.map((part) => drawAccount(context, answer, part, choices)),
    ),
  ]);
}

/** One account with its three directions. */
export function drawAccount(context, answer, part, choices, kind = "cl-box") {
  return drawField(context, answer, part, { choices: signedChoices(choices), kind });
}

/**
 * How the accounts of a case have moved, by stage; null before the first is committed.
 * `stageName(stage)` may give a stage the name that it has in the case.
 */
export function drawMoved({ views, entryOf, feedbackOf, caseId, stageName = partName }) {
  const stages = views
    .filter((view) => view.kind === "update" && view.case === caseId)
    .filter((view) => entryOf(view.id).committed)
    .sort((a, b) => (a.stage ?? 0) - (b.stage ?? 0))
    .map((view) => readStage(view, entryOf(view.id), feedbackOf(view.id)));
  if (!stages.length) return null;
  const title = h("h4", { id: nextId("moved") }, say("update.moved"));
  return h(
    "section",
    { class: "cl-moved" },
    title,
    h("p", { class: "cl-help" }, say("update.movedHelp")),
    drawMovedTable(title.getAttribute("id"), stages, stageName),
  );
}

function partName(stage) {
  return say("update.part", { stage });
}

function readStage(view, entry, feedback) {
  const choices = (view.groups ?? []).flatMap((group) => group.choices ?? []);
  return {
    stage: view.stage,
    parts: viewParts(view),
    own: (id) => choices.find((one) => one.id === entry.value?.parts?.[id]?.choice),
    course: (id) => choices.find((one) => one.id === keyedChoice(feedback, id)),
  };
}

function keyedChoice(feedback, id) {
  return feedback?.parts?.find(({ part }) => part === id)?.answer;
}

function drawMovedTable(labelledBy, stages, stageName) {
  const accounts = new Map(stages.flatMap(({ parts }) => parts.map((one) => [one.id, one])));
  const heads = stages.map(({ stage }) => h("th", { scope: "col" }, stageName(stage)));
  const rows = [...accounts].map(([id, { text }]) => {
    const cells = stages.map((stage) => h("td", {}, drawMovedCell(stage, id)));
    return h("tr", {}, h("th", { scope: "row" }, text ?? id), cells);
  });
  return h(
    "table",
    { "aria-labelledby": labelledBy },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, say("update.account")), heads)),
    h("tbody", {}, rows),
  );
}

function drawMovedCell({ parts, own, course }, id) {
  if (!parts.some((part) => part.id === id)) return null;
  const [mine, keyed] = [own(id), course(id)];
  return [
    h("p", {}, mine ? drawTogether(mine) : say("update.blank")),
    keyed && keyed !== mine ? drawKeyed(keyed) : null,
  ];
}

function drawKeyed(keyed) {
  return h("p", { class: "cl-help" }, say("update.course"), " ", drawTogether(keyed));
}

function drawTogether(choice) {
  return h("span", { class: "cl-together" }, signedWords(choice));
}
