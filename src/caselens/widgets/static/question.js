// Asking back inside the page, in the place of the buttons.
import { h, fill, nextId } from "./dom.js";

/** Ask inside the page: {text, yes, no, then}. */
export function ask(page, { text, yes, no, then }) {
  page.asking = { then };
  page.returnTo = document.activeElement;
  const id = nextId("ask");
  const button = (label, style, click) =>
    h("button", { type: "button", class: style, on: { click } }, label);
  const box = h(
    "div",
    { class: "cl-question", role: "group", tabindex: "-1", "aria-labelledby": id },
    h("p", { id }, text),
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
