// One screen for each step of the way: which is drawn, and which buttons stand under it.
import { drawClosing } from "./closing.js";
import { drawComparison } from "./compare.js";
import { drawMine } from "./formulation.js";
import { progressText } from "./interactions.js";
import { drawLenses } from "./lenses.js";
import { drawGate, drawNote, drawRead } from "./reading.js";
import { drawFinish } from "./receipt.js";
import { openBefore } from "./route.js";
import { say } from "./strings.js";
import { drawBlocked, drawTask } from "./task.js";

/** The screen of a step: {title, nodes, wide?, view?, context?, state?}. */
export function drawScreen(page, step) {
  if (isClosedCase(page, step.case)) return drawNote(page, step);
  if (step.kind === "read" && openBefore(page, step).length) return drawGate(page, step);
  return DRAWERS[step.kind](page, step);
}

const DRAWERS = {
  read: drawRead,
  task: (page, step) =>
    isShut(page, step) ? drawBlocked(page, step) : drawTask(page, step.view),
  lenses: drawLensesScreen,
  compare: (page, step) => ({
    title: say("step.compare"),
    nodes: drawComparison({ page, caseId: step.case }),
    wide: true,
  }),
  mine: drawMine,
  closing: drawClosing,
  finish: drawFinish,
};

// What is committed can always be looked back at, whatever has been added before it since.
function isShut(page, step) {
  return openBefore(page, step).length > 0 && !page.store.locked(step.view.id);
}

function drawLensesScreen(page, step) {
  const { left, right, below } = drawLenses({ page, caseId: step.case });
  return { title: say("step.lenses"), nodes: right, left, below };
}

/** Whether a case still lies behind its content note. */
export function isClosedCase(page, caseId) {
  const found = (page.store.unit.cases ?? []).find((one) => one.id === caseId);
  if (!found?.content_notes?.length || page.store.bookmark.isOpened(caseId)) return false;
  const own = page.tasks.filter((view) => view.case === caseId);
  return !own.some((view) => isWorkedOn(page.store.entry(view.id)));
}

const isWorkedOn = ({ value, committed, firstText }) =>
  Boolean(value || committed || firstText);

/** The buttons under a screen, as data: {label, run, main, hint}; the first goes back. */
export function screenActions(page, screen) {
  const back = page.step > 0 ? { label: say("go.back"), run: () => page.go(page.step - 1) } : null;
  const rest = (ACTIONS[screen.state] ?? goOnActions)(page, screen);
  return [page.cameFrom === null ? back : returnAction(page), ...rest];
}

function returnAction(page) {
  return { label: say("go.return"), run: () => page.go(page.cameFrom) };
}

const next = (page, label) => ({ label, run: () => page.go(page.step + 1), main: true });

function goOnActions(page) {
  return page.step < page.route.length - 1 ? [next(page, say("go.continue"))] : [];
}

const ACTIONS = {
  note: noteActions,
  begin: (page) => [next(page, say("go.begin"))],
  gate: gateActions,
  blocked: blockedActions,
  first: firstActions,
  work: workActions,
};

function noteActions(page, { caseId }) {
  const { alternative, kind } = page.store.unit;
  const open = { label: say("note.open"), run: () => page.openCase(caseId), main: true };
  if (alternative) return [otherWork(page), open];
  return [kind === "graded" ? null : leaveOut(page, caseId), open];
}

function otherWork(page) {
  const { alternative, cases } = page.store.unit;
  const several = cases.length > 1;
  const label = say(several ? "note.alternativeToSeveral" : "note.alternative");
  return { label, run: () => page.open(alternative) };
}

// The next case stands after everything that is asked about this one.
function leaveOut(page, caseId) {
  const after = page.route.findLastIndex((step) => step.case === caseId) + 1;
  return { label: say("note.leaveOut"), run: () => page.go(after) };
}

function gateActions(page) {
  const run = () => page.commitStage(page.here);
  return [{ label: say("gate.commit"), run, main: true, hint: say("go.keys") }];
}

function blockedActions(page) {
  const gate = page.route.findIndex(
    (step) => step.kind === "read" && openBefore(page, step).length,
  );
  return [{ label: say("gate.goThere"), run: () => page.go(gate), main: true }];
}

function firstActions(page, { context }) {
  const later = { ...next(page, say("go.next")), main: false };
  const open = { label: say("first.done"), run: () => page.openMenu(context), main: true };
  return [later, { ...open, hint: say("go.keys") }];
}

function workActions(page, { view, context }) {
  if (context.readOnly) return [next(page, say("go.continue"))];
  if (page.store.graded()) return [next(page, say("go.next"))];
  const run = () => page.commit(view);
  const commit = { label: say("go.commit"), run, main: true, hint: say("go.keys") };
  return [{ ...next(page, say("go.next")), main: false }, commit];
}

/** "7 of 8 answered" for the step's task. */
export function screenProgress(page, screen) {
  if (screen.state !== "work" || screen.context.readOnly) return "";
  return progressText(screen.view, page.store.entry(screen.view.id).value);
}
