// Sorting sentences: how we know what one says, and what it is about.
import { answerKeeper, choicesInteraction, drawMeaningsOf } from "./choices.js";
import { viewParts, watchPart } from "./choices.js";
import { h, hiddenText, nextId } from "./dom.js";
import { drawField } from "./radios.js";
import { say } from "./strings.js";

const ROWS = {
  source: { title: "observe.source", blank: "observe.sourceBlank", spoken: "observe.of" },
  content: { title: "observe.content", blank: "observe.contentBlank", spoken: "observe.of" },
};

/** The task kind `observe`: a card for each sentence, a row of pills for each question. */
export const observeInteraction = {
  fits: (view) => view.kind === "observe",
  blanks: (view, value) =>
    viewParts(view).filter(({ id }) => !value?.parts?.[id]?.choice).map(observeBlank),
  count: choicesInteraction.count,
  draw: drawObserve,
};

function sentenceOf(part) {
  return part.sentence ?? part.id.split("-")[0];
}

function rowWords(part, key) {
  const row = ROWS[part.id.split("-").at(-1)];
  return row ? say(row[key], { number: sentenceOf(part).replace(/^s/, "") }) : part.id;
}

function observeBlank(part) {
  return rowWords(part, "blank");
}

function drawObserve(context) {
  const answer = answerKeeper(context);
  const groups = context.view.groups ?? [];
  return [
    drawMeaningsOf(groups.map(questionOf)),
    h(
      "div",
      { class: "cl-group is-pills" },
      [...cardsOf(groups)].map(([id, rows]) => drawSorting(context, id, rows, answer)),
    ),
  ];
}

function questionOf({ parts = [], choices = [] }) {
  return { title: parts.length ? rowWords(parts[0], "title") : "", choices };
}

/** The rows of each sentence by its id, sentences in the order of the first group. */
function cardsOf(groups) {
  const cards = new Map();
  for (const { choices = [], parts = [] } of groups) {
    for (const part of parts) {
      const id = sentenceOf(part);
      cards.set(id, [...(cards.get(id) ?? []), { part, choices }]);
    }
  }
  return cards;
}

function drawSorting(context, id, rows, answer) {
  const name = nextId("sentence");
  const card = h(
    "section",
    { class: "cl-box cl-sorting", role: "group", "aria-labelledby": name },
    h(
      "div",
      { class: "cl-sorting-head" },
      drawShow(context, id),
      h("p", { id: name }, context.vignette.textOf(id)),
    ),
    rows.map((row) => drawSortingRow(context, row, answer)),
  );
  watchPart(context, card, () => [id]);
  return card;
}

function drawShow(context, id) {
  const number = context.vignette.numberOf(id);
  if (number === null) return null;
  const label = say("sentence.show", { number });
  const on = { click: () => context.vignette.reveal(id) };
  const attributes = { type: "button", class: "cl-link is-number", "aria-label": label };
  return h("button", { ...attributes, on }, number);
}

function drawSortingRow(context, { part, choices }, answer) {
  const spoken = hiddenText(` ${rowWords(part, "spoken")}`);
  const text = [rowWords(part, "title"), spoken];
  const named = { id: part.id, text, short: observeBlank(part) };
  return drawField(context, answer, named, { choices });
}
