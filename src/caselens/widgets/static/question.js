// Asking back inside the page, in the place of the buttons.
import { h, fill, nextId } from "./dom.js";
import { say } from "./strings.js";

const MOST_NAMES = 4;

/** Ask inside the page: {text, names?, yes, no, then}; `names` says what it is about. */
export function ask(page, { text, names = [], yes, no, then }) {
  page.asking = { then };
  page.returnTo = document.activeElement;
  const id = nextId("ask");
  const button = (label, style, click) =>
    h("button", { type: "button", class: style, on: { click } }, label);
  const box = h(
    "div",
    { class: "cl-question", role: "group", tabindex: "-1", "aria-labelledby": id },
    h("p", { id }, text),
    drawNames(names),
    h(
      "div",
      { class: "cl-question-buttons" },
      button(yes, "cl-go", () => answerYes(page)),
      button(no, "", () => answerNo(page)),
    ),
  );
  fill(page.parts.question, box);
  page.parts.actions.hidden = true;
  box.focus();
}

// A long list would push away what it is about: the first few, and how many more.
function drawNames(names) {
  if (!names.length) return null;
  const shown = names.length > MOST_NAMES ? names.slice(0, MOST_NAMES - 1) : names;
  const rest = names.length - shown.length;
  const rows = shown.map((name) => h("li", {}, name));
  const more = rest ? h("li", {}, say("ask.blanksMore", { count: rest })) : null;
  return h("ul", { class: "cl-question-names" }, rows, more);
}

/** Do what was asked about. */
export function answerYes(page) {
  const { then } = page.asking;
  closeQuestion(page);
  page.heading.focus({ preventScroll: true });
  then();
}

/** Leave everything as it was. */
export function answerNo(page) {
  closeQuestion(page);
  page.returnTo?.focus?.();
}

/** Take the question away without an answer. */
export function closeQuestion(page) {
  page.asking = null;
  fill(page.parts.question);
  page.parts.actions.hidden = false;
}
