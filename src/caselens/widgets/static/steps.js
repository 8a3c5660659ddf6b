// The steps of a unit: what each is called, how far it is, and the way to it.
import { h, fill, hiddenText } from "./dom.js";
import { taskProgress } from "./interactions.js";
import { say } from "./strings.js";

/** What a step is called in the header. */
export function stepTitle(page, step) {
  if (step === 0) return say("step.read");
  return step > page.tasks.length ? say("step.finish") : page.titleOf(page.tasks[step - 1]);
}

function stepState(page, step) {
  const view = page.tasks[step - 1];
  if (view) return taskProgress(view, page.store.entry(view.id));
  return step > 0 && page.store.state().receipt ? "handedIn" : "plain";
}

/** Draw the ordered list of steps and the line that says where one is. */
export function drawSteps(page) {
  const { steps, where } = page.parts;
  const last = page.tasks.length + 1;
  const focused = [...steps.children].findIndex((item) =>
    item.contains(document.activeElement),
  );
  fill(steps, Array.from({ length: last + 1 }, (_, step) => drawStepButton(page, step)));
  if (focused >= 0) steps.children[focused]?.firstChild.focus();
  const values = { n: page.step + 1, of: last + 1 };
  fill(where, h("b", {}, stepTitle(page, page.step)), " ", say("step.where", values));
}

function drawStepButton(page, step) {
  const state = stepState(page, step);
  const title = stepTitle(page, step);
  const spoken = state === "plain" ? "" : say(`progress.${state}`);
  const name = say("step.name", { n: step + 1, title, state: spoken }).trim();
  const attributes = {
    type: "button",
    class: `cl-step is-${state}`,
    title: name,
    "aria-current": step === page.step ? "step" : null,
    on: { click: () => page.go(step) },
  };
  const mark = h("span", { class: "cl-step-mark", "aria-hidden": "true" }, step + 1);
  return h("li", {}, h("button", attributes, mark, hiddenText(name)));
}
