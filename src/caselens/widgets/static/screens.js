// One screen for each step: read, a task, finish.
import { h, disclosure, paragraphs } from "./dom.js";
import { drawFeedback } from "./feedback.js";
import { interactionFor, progressText } from "./interactions.js";
import { drawFinish } from "./receipt.js";
import { say } from "./strings.js";

/** The screen of a step: {title, nodes, view?, blocked?}. */
export function drawScreen(page, step) {
  if (step === 0) return drawRead(page);
  if (step > page.tasks.length) return drawFinish(page);
  return drawTask(page, page.tasks[step - 1]);
}

function drawRead(page) {
  const { unit } = page.store;
  const cases = unit.cases ?? [];
  const topics = [...new Set(cases.flatMap((one) => one.content_notes ?? []))];
  return {
    title: say("read.title"),
    nodes: [
      topics.length ? drawContentNote(topics) : null,
      paragraphs(unit.intro, { class: "cl-lead" }),
      cases.length > 1 ? h("p", {}, say("read.cases", { count: cases.length })) : null,
      drawPlan(page),
      h("p", { class: "cl-help" }, say("read.keys")),
      unit.hint ? drawHint(unit.hint) : null,
    ],
  };
}

function drawHint(hint) {
  return disclosure(say("read.hint"), { class: "cl-more" }, h("p", {}, hint));
}

function drawContentNote(topics) {
  const text = say("case.note", { topics: topics.join(", ") });
  return h("p", { class: "cl-callout" }, text, " ", say("read.note"));
}

function drawPlan(page) {
  if (!page.tasks.length) return null;
  const rows = page.tasks.map((view) => h("li", {}, page.titleOf(view)));
  const title = h("h4", {}, say("read.plan"));
  return h("section", { class: "cl-plan" }, title, h("ul", {}, rows));
}

function drawTask(page, view) {
  const blocker = blockingTask(page, view);
  if (blocker) return drawBlocked(page, view, blocker);
  const context = taskContext(page, view);
  const lead = [
    paragraphs(view.prompt, { class: "cl-lead" }),
    paragraphs(view.help, { class: "cl-help" }),
  ];
  const body = context.readOnly
    ? drawLocked(context, lead)
    : [lead, interactionFor(view).draw(context)];
  return { title: page.titleOf(view), view, context, nodes: body };
}

function taskContext(page, view) {
  const { store } = page;
  const entry = store.entry(view.id);
  return {
    view,
    entry,
    value: entry.value,
    feedback: store.feedback(view.id),
    readOnly: store.locked(view.id),
    closesCase: page.tasks.filter((one) => one.case === view.case).at(-1) === view,
    vignette: page.vignette,
    marking: page.marking,
    change: (value, delay) => store.change(view.id, value, delay),
    rate: (ratings) => store.rate(view.id, ratings),
    afterDraw: (fn) => page.afterDraw.push(fn),
  };
}

function drawLocked(context, lead) {
  const answers = interactionFor(context.view).draw(context);
  if (!context.feedback) return [lead, lockedNote(context), answers];
  return [
    drawFeedback(context),
    disclosure(say("task.yours"), { class: "cl-more cl-yours" }, lead, answers),
  ];
}

function lockedNote() {
  return h("p", { class: "cl-callout" }, say("task.locked"));
}

// In practice a later stage opens only when the earlier answers are committed; otherwise
// the case itself would give them away.
function blockingTask(page, view) {
  if (page.store.graded() || !view.stage) return null;
  const earlier = (other) => other.case === view.case && (other.stage ?? 0) < view.stage;
  const open = (other) => earlier(other) && !page.store.entry(other.id).committed;
  return page.tasks.find(open) ?? null;
}

function drawBlocked(page, view, blocker) {
  const go = () => page.go(page.tasks.indexOf(blocker) + 1);
  const label = say("task.openFirst", { title: page.titleOf(blocker) });
  return {
    title: page.titleOf(view),
    blocked: true,
    nodes: [
      h("p", { class: "cl-lead" }, say("task.blocked")),
      h("p", {}, h("button", { type: "button", on: { click: go } }, label)),
    ],
  };
}

/** How many stages of a case are open when this step is shown. */
export function openStages(page, step) {
  const view = page.tasks[step - 1];
  const caseId = view?.case ?? page.store.unit.cases?.[0]?.id;
  const own = page.tasks.filter((one) => one.case === caseId);
  if (!own.some((one) => one.stage)) return Infinity;
  const first = Math.min(...own.map((one) => one.stage ?? 1));
  const begun = own.filter((one) => page.store.entry(one.id).value || one === view);
  const free = begun.filter((one) => one !== view || !blockingTask(page, one));
  return Math.max(first, ...free.map((one) => one.stage ?? 1));
}

/** The buttons under a screen, as data: {label, run, main, hint}. */
export function screenActions(page, step, screen) {
  const last = page.tasks.length + 1;
  const back = step > 0 ? { label: say("go.back"), run: () => page.go(step - 1) } : null;
  const next = { label: say("go.next"), run: () => page.go(step + 1), main: true };
  if (step === 0) return [{ ...next, label: say("go.begin") }];
  if (step === last) return [back];
  if (screen.blocked || page.store.graded()) return [back, next];
  if (screen.context.readOnly) return [back, { ...next, label: say("go.continue") }];
  const run = () => page.commit(screen.view);
  const commit = { label: say("go.commit"), run, main: true, hint: say("go.keys") };
  return [back, { ...next, main: false }, commit];
}

/** "7 of 8 answered" for the step's task. */
export function screenProgress(page, screen) {
  if (!screen.view || screen.context?.readOnly) return "";
  return progressText(screen.view, page.store.entry(screen.view.id).value);
}
