// The screen of a task: what is asked, the answer, and afterwards how it compares.
import { h, disclosure, paragraphs } from "./dom.js";
import { drawFeedback } from "./feedback.js";
import { drawFirst, drawFirstBeside, drawFirstKept, isWritingFirst } from "./first.js";
import { interactionFor } from "./interactions.js";
import { say } from "./strings.js";
import { drawSure } from "./sure.js";

/** The screen of one task that is open. */
export function drawTask(page, view) {
  const context = taskContext(page, view);
  const screen = { title: page.titleOf(view), view, context, state: "work" };
  const lead = [
    paragraphs(view.prompt, { class: "cl-lead" }),
    paragraphs(view.help, { class: "cl-help" }),
  ];
  if (context.readOnly) return { ...screen, nodes: drawLocked(context, lead) };
  if (writesFirst(context)) return { ...screen, state: "first", nodes: drawFirst(context) };
  const body = [drawFirstKept(context), interactionFor(view).draw(context), drawSure(context)];
  return { ...screen, nodes: [lead, body] };
}

// Choices of an earlier release, which asked for no writing, are shown as they are.
function writesFirst(context) {
  const { view, value } = context;
  return isWritingFirst(context) && !interactionFor(view).count(view, value).done;
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
    vignette: page.vignette,
    marking: page.marking,
    viewOf: (id) => page.tasks.find((one) => one.id === id) ?? null,
    valueOf: (id) => store.entry(id).value,
    entryOf: (id) => store.entry(id),
    change: (value, delay) => store.change(view.id, value, delay),
    sure: (confidence) => store.sure(view.id, confidence),
    writeFirst: (text, delay) => store.writeFirst(view.id, text, delay),
    rate: (ratings) => store.rate(view.id, ratings),
    announce: page.announce,
    afterDraw: (fn) => page.afterDraw.push(fn),
  };
}

function drawLocked(context, lead) {
  const interaction = interactionFor(context.view);
  const answers = [interaction.draw(context), drawSure(context)];
  if (!context.feedback) return [lead, lockedNote(), drawFirstKept(context), answers];
  return [
    drawFirstBeside(context),
    drawFeedback(context),
    interaction.after?.(context),
    disclosure(say("task.yours"), { class: "cl-more cl-yours" }, lead, answers),
  ];
}

function lockedNote() {
  return h("p", { class: "cl-callout" }, say("task.locked"));
}

/** The screen of a task whose stage is not open yet. */
export function drawBlocked(page, step) {
  return {
    title: page.titleOf(step.view),
    state: "blocked",
    nodes: [h("p", { class: "cl-lead" }, say("task.blocked"))],
  };
}
