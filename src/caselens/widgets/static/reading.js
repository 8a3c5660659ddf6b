// Before and between the tasks: the content note, what there is to read, the next stage.
import { h, disclosure, paragraphs } from "./dom.js";
import { taskProgress } from "./interactions.js";
import { openBefore } from "./route.js";
import { say } from "./strings.js";

import { drawMoved } from "./update.js";

const caseOf = (page, caseId) =>
  (page.store.unit.cases ?? []).find((one) => one.id === caseId) ?? null;

/** What a trainee should know before a case opens, with another case one click away. */
export function drawNote(page, { case: caseId }) {
  const { unit } = page.store;
  const topics = caseOf(page, caseId).content_notes.join(", ");
  const way = wayRound(unit);
  const other = way ? h("p", {}, say(way)) : null;
  return {
    title: say("note.title"),
    state: "note",
    hidden: true,
    caseId,
    nodes: [
      h("p", { class: "cl-callout" }, say("case.note", { topics })),
      h("p", { class: "cl-lead" }, say("note.pace")),
      other,
      h("p", { class: "cl-help" }, say("write.privacy")),
    ],
  };
}

// Marked work has other work that counts the same; what is not counted may be left out.
function wayRound({ kind, alternative, cases }) {
  if (alternative) return cases.length > 1 ? "note.insteadOfSeveral" : "note.instead";
  return kind === "graded" ? null : "note.leave";
}

/** The first part of a case to read, or what is new in a later one. */
export function drawRead(page, step) {
  return step.first ? drawFirstRead(page, step) : drawNextRead(page, step);
}

function drawFirstRead(page, step) {
  const { unit } = page.store;
  const several = (unit.cases ?? []).length;
  return {
    title: say("read.title"),
    state: "begin",
    nodes: [
      page.step ? null : paragraphs(unit.intro, { class: "cl-lead" }),
      several > 1 && !page.step ? h("p", {}, say("read.cases", { count: several })) : null,
      drawPlan(page, step),
      h("p", { class: "cl-help" }, say("read.keys")),
      unit.hint && !page.step
        ? disclosure(say("read.hint"), { class: "cl-more" }, h("p", {}, unit.hint))
        : null,
    ],
  };
}

function drawPlan(page, { case: caseId }) {
  const own = page.tasks.filter((view) => !caseId || view.case === caseId);
  if (!own.length) return null;
  const stages = [...new Set(own.map((view) => view.stage ?? 1))];
  const titles = caseOf(page, caseId)?.stages ?? [];
  const lists = stages.map((stage) => [
    stages.length > 1 ? h("h5", {}, say("read.part", { title: titles[stage - 1]?.title ?? stage })) : null,
    h("ul", {}, own.filter((view) => (view.stage ?? 1) === stage).map((view) => h("li", {}, page.titleOf(view)))),
  ]);
  const later = stages.length > 1 ? h("p", { class: "cl-help" }, say("read.stages")) : null;
  return h("section", { class: "cl-plan" }, h("h4", {}, say("read.plan")), later, lists);
}

function drawNextRead(page, step) {
  const found = caseOf(page, step.case);
  const before = found.stages.slice(0, step.stage - 1).flatMap((stage) => stage.sentences);
  const fresh = found.stages[step.stage - 1]?.sentences ?? [];
  const from = before.length + 1;
  page.afterDraw.push(() => page.vignette.toStage(step.stage));
  return {
    title: found.stages[step.stage - 1]?.title ?? say("read.more"),
    nodes: [
      h("p", { class: "cl-lead" }, say("read.new", { from, to: before.length + fresh.length })),
      drawMovedPanel(page, step.case),
      drawDone(page, step),
    ],
  };
}

/** How the accounts have moved so far, or nothing. */
export function drawMovedPanel(page, caseId) {
  return drawMoved({
    views: page.tasks,
    entryOf: page.store.entry,
    feedbackOf: page.store.feedback,
    caseId,
    stageName: (stage) => caseOf(page, caseId)?.stages?.[stage - 1]?.title,
  });
}

function drawDone(page, step) {
  const done = page.tasks.filter(
    (view) => view.case === step.case && (view.stage ?? 1) < step.stage,
  );
  if (!done.length) return null;
  const key = page.store.graded() ? "read.lockedBefore" : "read.explainedBefore";
  return h("section", { class: "cl-plan" }, h("h4", {}, say(key)), drawTaskLinks(page, done));
}

function drawTaskLinks(page, views) {
  const rows = views.map((view) => {
    const go = () => page.goTo(view.id);
    const link = h("button", { type: "button", class: "cl-link", on: { click: go } }, page.titleOf(view));
    const state = taskProgress(view, page.store.entry(view.id));
    return h("li", {}, link, " ", h("span", { class: "cl-row-state" }, say(`progress.${state}`)));
  });
  return h("ul", {}, rows);
}

/** The door to a later stage: the earlier answers are committed first. */
export function drawGate(page, step) {
  const waiting = openBefore(page, step);
  const title = caseOf(page, step.case)?.stages[step.stage - 1]?.title ?? "";
  return {
    title: say("gate.title", { title }),
    state: "gate",
    nodes: [
      h("p", { class: "cl-lead" }, say("gate.why")),
      h(
        "section",
        { class: "cl-plan" },
        h("h4", {}, say("gate.waiting", { count: waiting.length })),
        drawTaskLinks(page, waiting),
      ),
      h("p", { class: "cl-help" }, say(page.store.graded() ? "gate.graded" : "gate.practice")),
    ],
  };
}

