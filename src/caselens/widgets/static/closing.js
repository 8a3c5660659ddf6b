// Looking back on a case: two supervisors, the model texts beside one's own, what moved.
import { h } from "./dom.js";
import { ownWords } from "./first.js";
import { drawMovedPanel } from "./reading.js";
import { withReferences } from "./feedback.js";
import { say } from "./strings.js";

const TEXTS = ["cbt", "dynamic", "bridge"];

/** The screen on which a case is looked back on. */
export function drawClosing(page, { case: caseId }) {
  const closing = page.store.closing(caseId);
  return {
    title: say("step.closing"),
    nodes: [
      closing ? null : h("p", { class: "cl-callout" }, say(notYet(page))),
      drawMovedPanel(page, caseId),
      closing?.supervisors ? drawSupervisors(closing.supervisors) : null,
      closing?.formulations ? drawFormulations(page, caseId, closing.formulations) : null,
      drawDebrief(page, caseId),
      drawParallel(page, closing),
    ],
  };
}

function notYet(page) {
  return page.store.graded() ? "closing.graded" : "closing.practice";
}

function drawSupervisors({ cbt, dynamic }) {
  const voice = (lens, text) =>
    h(
      "div",
      { class: `cl-voice is-${lens}` },
      h("h4", {}, say(`supervisor.${lens}`)),
      h("p", {}, text),
    );
  return h(
    "section",
    { class: "cl-voices", "aria-label": say("supervisor.both") },
    cbt ? voice("cbt", cbt) : null,
    dynamic ? voice("dynamic", dynamic) : null,
  );
}

function drawFormulations(page, caseId, models) {
  const own = ownTexts(page, caseId);
  const shown = TEXTS.filter((name) => models[name]).map((name) =>
    h(
      "section",
      {},
      h("h4", {}, say(`closing.${name}`)),
      h("p", {}, withReferences({ vignette: page.vignette }, models[name])),
    ),
  );
  return h(
    "section",
    { class: "cl-formulations" },
    h("h4", {}, say("closing.beside")),
    h("p", { class: "cl-help" }, say("closing.provisional")),
    h(
      "div",
      { class: "cl-beside" },
      h("div", {}, own.length ? own : h("p", {}, say("model.nothing"))),
      h("div", {}, shown),
    ),
  );
}

/** Every text that was written about a case, with its title. */
export function ownTexts(page, caseId) {
  return page.tasks
    .filter((view) => view.case === caseId && view.kind === "write")
    .map((view) => [view, page.store.entry(view.id).value?.text?.trim()])
    .filter(([, text]) => text)
    .map(([view, text]) =>
      h("section", {}, h("h4", {}, say("closing.yours", { title: view.title })), ownWords(text)),
    );
}

function drawDebrief(page, caseId) {
  const found = (page.store.unit.cases ?? []).find((one) => one.id === caseId);
  return found?.debrief ? h("p", { class: "cl-debrief" }, found.debrief) : null;
}

function drawParallel(page, closing) {
  const { next } = page.store.unit;
  if (!next || !closing) return null;
  const go = h("button", { type: "button", on: { click: () => page.open(next) } }, say("finish.next"));
  return h("div", { class: "cl-ways" }, go);
}
