// Matching what one lens says with what the other says about the same fact.
import { answerKeeper, choicesInteraction, viewParts } from "./choices.js";
import { h, fill, hiddenText, nextId } from "./dom.js";
import { drawField } from "./radios.js";
import { say } from "./strings.js";

/** The task kind `translate`: statements with letters, beside the lettered list. */
export const translateInteraction = {
  fits: (view) => view.kind === "translate",
  blanks: choicesInteraction.blanks,
  count: choicesInteraction.count,
  draw: drawTranslate,
};

function drawTranslate(context) {
  const answer = answerKeeper(context);
  const choices = (context.view.groups ?? []).flatMap((group) => group.choices ?? []);
  const list = drawCounterparts(choices.filter(({ letter }) => letter));
  const fields = viewParts(context.view).map((part) =>
    drawMatch(context, answer, { part, choices, light: list.light }),
  );
  context.afterDraw(list.fit);
  return h(
    "div",
    { class: "cl-translate" },
    h("div", { class: "cl-translate-columns" }, list.element, drawMatches(fields)),
  );
}

function drawMatches(fields) {
  return h(
    "div",
    { class: "cl-matches" },
    h("h4", { class: "cl-lens is-cbt" }, say("translate.statements")),
    h("div", { class: "cl-group is-pills is-statements" }, fields),
  );
}

/** The lettered list; `light(id)` shows one of its lines, `light(null)` none. */
function drawCounterparts(choices) {
  const rows = new Map(choices.map((one) => [one.id, drawCounterpart(one)]));
  const name = nextId("other");
  const element = h(
    "section",
    { class: "cl-other", role: "group", "aria-labelledby": name },
    h("h4", { class: "cl-lens is-dynamic", id: name }, say("translate.counterparts")),
    h("ul", { class: "cl-counterparts", role: "list" }, [...rows.values()]),
  );
  return {
    element,
    light: (id) => {
      rows.forEach((row, key) => row.classList.toggle("is-lit", key === id));
      if (rows.has(id)) showWithin(element, rows.get(id));
    },
    fit: () => makeReachable(element),
  };
}

function drawCounterpart({ letter, label }) {
  return h("li", {}, h("b", {}, letter), h("span", {}, label));
}

function showWithin(scroller, row) {
  if (!overflows(scroller)) return;
  scroller.scrollTop = row.offsetTop - (scroller.clientHeight - row.offsetHeight) / 2;
}

// A list that is too long for its place must be scrollable by keyboard, too.
function makeReachable(element) {
  element.toggleAttribute("tabindex", false);
  if (overflows(element)) element.setAttribute("tabindex", "0");
}

function overflows(element) {
  return element.scrollHeight > element.clientHeight + 1;
}

function drawMatch(context, answer, { part, choices, light }) {
  const echo = h("p", { class: "cl-help cl-echo" });
  const show = (id) => fill(echo, echoText(choices.find((one) => one.id === id)));
  const pick = (choice) => {
    show(choice);
    answer.mergePart(part.id, { choice });
  };
  show(answer.part(part.id).choice);
  const lettered = choices.map(letterChoice);
  const field = drawField(context, answer, part, { choices: lettered, pick, after: echo });
  watchLetters(field, light);
  return field;
}

// One letter for the eye, the whole counterpart for who listens.
function letterChoice({ id, letter, label }) {
  return { id, label: letter ? [letter, hiddenText(`: ${label}`)] : label };
}

function echoText(choice) {
  if (!choice) return null;
  return choice.letter ? `${choice.letter}: ${choice.label}` : null;
}

function watchLetters(field, light) {
  for (const pill of field.querySelectorAll(".cl-pill")) {
    const on = () => light(pill.getAttribute("data-choice"));
    const off = () => light(null);
    pill.addEventListener("mouseenter", on);
    pill.addEventListener("focusin", on);
    pill.addEventListener("mouseleave", off);
    pill.addEventListener("focusout", off);
  }
}
