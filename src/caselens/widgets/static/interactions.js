// The one list of ways to answer. A new kind of task adds a module and a line here.
import { appraiseInteraction } from "./appraise.js";
import { askInteraction } from "./ask.js";
import { choicesInteraction } from "./choices.js";
import { evidenceInteraction } from "./evidence.js";
import { linkInteraction } from "./link.js";
import { observeInteraction } from "./observe.js";
import { orderInteraction } from "./order.js";
import { pickInteraction } from "./pick.js";
import { say } from "./strings.js";
import { translateInteraction } from "./translate.js";
import { updateInteraction } from "./update.js";
import { writingInteraction } from "./writing.js";

/**
 * An interaction has `draw(context)` (returns nodes), `blanks(view, value)` (labels of
 * what is unanswered), `count(view, value)` ({done, of}) and `fits(view)`.
 */
export const INTERACTIONS = {
  safety: choicesInteraction,
  goals: choicesInteraction,
  slots: choicesInteraction,
  lens: choicesInteraction,
  evidence: evidenceInteraction,
  update: updateInteraction,
  translate: translateInteraction,
  observe: observeInteraction,
  ask: askInteraction,
  appraise: appraiseInteraction,
  pick: pickInteraction,
  link: linkInteraction,
  order: orderInteraction,
  write: writingInteraction,
};

const unknownInteraction = {
  blanks: () => [],
  count: () => ({ done: 0, of: 0 }),
  draw: () => say("task.unknown"),
};

/** The interaction for a task view: by its kind, else by what the view holds. */
export function interactionFor(view) {
  const byShape = [evidenceInteraction, writingInteraction, choicesInteraction];
  return (
    INTERACTIONS[view.kind] ?? byShape.find((one) => one.fits(view)) ?? unknownInteraction
  );
}

/** How far a task is: "new", "begun", "answered", or "committed". */
export function taskProgress(view, entry) {
  if (entry.committed) return "committed";
  const { done, of } = interactionFor(view).count(view, entry.value);
  if (of > 0 && done >= of) return "answered";
  return done > 0 ? "begun" : "new";
}

/** "7 of 8 answered", or nothing where there is only one thing to answer. */
export function progressText(view, value) {
  const { done, of } = interactionFor(view).count(view, value);
  return of > 1 ? say("task.progress", { done, of }) : "";
}
