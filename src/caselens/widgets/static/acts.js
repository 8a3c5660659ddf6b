// What a trainee does with a task or a part of a case, beside answering.
import { interactionFor, taskProgress } from "./interactions.js";
import { announce, drawSave } from "./notices.js";
import { ask } from "./question.js";
import { openBefore } from "./route.js";
import { say } from "./strings.js";

/** Open a case that lay behind its content note. */
export function openCase(page, caseId) {
  page.store.bookmark.open(caseId);
  page.go(page.step);
}

/** Show the choices of a task that began with writing, after asking about a blank. */
export function openMenu(page, { view, entry }) {
  const then = () => {
    page.store.openMenu(view.id);
    page.go(page.step);
  };
  if (entry.firstText?.trim()) return then();
  return ask(page, { text: say("first.blank"), yes: say("first.without"), no: say("ask.keepWorking"), then });
}

/** Have the course do something; nothing may change on its way. */
export async function runAction(page, action, ...values) {
  if (page.busy) return;
  setBusy(page, true);
  announce(page, say("save.working"));
  try {
    await page.store[action](...values);
  } finally {
    setBusy(page, false);
  }
}

// What is being committed must not change on its way.
function setBusy(page, busy) {
  page.busy = busy;
  page.parts.screen.inert = busy;
  page.vignette.element.inert = busy;
  drawSave(page);
}

/** Commit one task, after asking about what is blank. */
export function commitTask(page, view) {
  const interaction = interactionFor(view);
  const { value } = page.store.entry(view.id);
  const then = () => runAction(page, "commit", view.id);
  const blanks = interaction.blanks(view, value);
  if (!blanks.length) return then();
  const several = interaction.count(view, value).of > 1;
  const text = several ? say("ask.blanks", { count: blanks.length }) : say("ask.blankWhole");
  const names = several ? blanks : [];
  return ask(page, { text, names, yes: say("ask.commit"), no: say("ask.keepWorking"), then });
}

/** Lock the answers before a stage, after asking about what is blank. */
export function commitStage(page, step) {
  const { case: caseId } = step;
  const then = () => runAction(page, "commitStage", { case: caseId, stage: step.stage - 1 });
  const waiting = openBefore(page, step);
  const blank = waiting.filter((view) => taskProgress(view, page.store.entry(view.id)) !== "answered");
  if (!blank.length) return then();
  const values = { count: blank.length, tasks: blank.map(page.titleOf).join("”, “") };
  const text = say("ask.stageBlank", values);
  return ask(page, { text, yes: say("ask.commit"), no: say("ask.keepWorking"), then });
}
