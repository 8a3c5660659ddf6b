// The steps of a unit: what each is called, how far it is, and the way to it.
import { h, fill, hiddenText } from "./dom.js";
import { taskProgress } from "./interactions.js";
import { stepName } from "./route.js";
import { say } from "./strings.js";

/** What a step is called in the header. */
export function stepTitle(page, step) {
  if (step.kind === "task") return page.titleOf(step.view);
  if (step.kind === "finish" && page.store.graded()) return say("finish.gradedTitle");
  if (step.kind !== "read" || step.first) return say(`step.${step.kind}`);
  const found = (page.store.unit.cases ?? []).find((one) => one.id === step.case);
  return found?.stages?.[step.stage - 1]?.title ?? say("step.read");
}

function stepState(page, step) {
  if (step.view) return taskProgress(step.view, page.store.entry(step.view.id));
  return step.kind === "finish" && page.store.state().receipt ? "handedIn" : "plain";
}

/** Draw the ordered list of steps and the line that says where one is. */
export function drawSteps(page) {
  const { steps, where } = page.parts;
  const focused = [...steps.children].findIndex((item) =>
    item.contains(document.activeElement),
  );
  fill(steps, page.route.map((step, index) => drawStepButton(page, step, index)));
  if (focused >= 0) steps.children[focused]?.firstChild.focus();
  const values = { n: page.step + 1, of: page.route.length };
  fill(where, h("b", {}, stepTitle(page, page.here)), " ", say("step.where", values));
}

function drawStepButton(page, step, index) {
  const state = stepState(page, step);
  const title = stepTitle(page, step);
  const spoken = state === "plain" ? "" : say(`progress.${state}`);
  const key = spoken ? "step.nameState" : "step.name";
  const name = say(key, { n: index + 1, title, state: spoken });
  const attributes = {
    type: "button",
    class: `cl-step is-${state}`,
    title: name,
    "data-step": stepName(step),
    "aria-current": index === page.step ? "step" : null,
    on: { click: () => page.go(index) },
  };
  const mark = h("span", { class: "cl-step-mark", "aria-hidden": "true" }, index + 1);
  // A new part of the case begins a new group of steps.
  const group = step.kind === "read" && index > 0 ? "is-new-part" : "";
  return h("li", { class: group }, h("button", attributes, mark, hiddenText(name)));
}

const VIEWS = ["lenses", "mine"];

/** Short ways to the drawings and to one's own page, from any step of a case. */
export function drawViews(page) {
  const { case: caseId } = page.here;
  const shown = VIEWS.map((kind) =>
    page.route.findIndex((step) => step.kind === kind && step.case === caseId),
  ).filter((index) => index >= 0 && index !== page.step);
  const closed = page.screen.state === "note";
  fill(page.parts.views, closed ? null : shown.map((index) => drawViewButton(page, index)));
}

function drawViewButton(page, index) {
  const click = () => page.jump(index);
  const label = stepTitle(page, page.route[index]);
  return h("button", { type: "button", class: "cl-quiet", on: { click } }, label);
}
