// How sure one is, on five steps; for oneself, never part of the points.
import { h, nextId } from "./dom.js";
import { say } from "./strings.js";

const STEPS = [1, 2, 3, 4, 5];

/** The scale under a task that asks for it, else nothing. */
export function drawSure({ view, entry, readOnly, sure }) {
  if (!view.confidence) return null;
  const name = nextId("sure");
  const pills = STEPS.map((step) => {
    const state = { checked: entry.confidence === step, disabled: readOnly };
    const on = { change: () => sure(step) };
    const input = h("input", { type: "radio", name, value: String(step), ...state, on });
    return h("label", { class: "cl-pill" }, input, h("span", {}, say(`sure.${step}`)));
  });
  return h(
    "fieldset",
    { class: "cl-part cl-sure is-pills" },
    h("legend", {}, say("sure.title")),
    h("p", { class: "cl-help" }, say("sure.help")),
    h("div", { class: "cl-pills", style: `--cl-count: ${STEPS.length}` }, pills),
  );
}
