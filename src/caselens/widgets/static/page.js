// The frame around the screens: header with steps and save state, alerts, buttons.
import { h, fill, nextId } from "./dom.js";
import { createMarking } from "./evidence.js";
import { interactionFor } from "./interactions.js";
import { announce, drawNotices, drawProblems, drawSave } from "./notices.js";
import { answerNo, answerYes, ask, closeQuestion } from "./question.js";
import { drawScreen, openStages, screenActions, screenProgress } from "./screens.js";
import { drawSteps, stepTitle } from "./steps.js";
import { say } from "./strings.js";
import { createVignette } from "./vignette.js";

/** Draw the whole workbench into `root`; returns {key, stop}. */
export function createPage(root, store) {
  const page = { store, root, step: 0, afterDraw: [], saveKind: null, asking: false };
  page.tasks = store.unit.tasks ?? [];
  page.step = Math.min(store.bookmark.read(), page.tasks.length + 1);
  page.titleOf = (view) => view.title || view.id;
  page.announce = (text) => announce(page, text);
  page.vignette = createVignette(page.announce);
  page.marking = createMarking(page.vignette, page.announce);
  page.go = (step) => go(page, step);
  page.ask = (question) => ask(page, question);
  page.run = (action) => runAction(page, action);
  page.commit = (view) => commitTask(page, view);
  page.open = (unit) => tell("caselens:open", { unit });
  page.home = () => tell("caselens:home", {});
  buildFrame(page);
  refresh(page);
  const leave = store.subscribe((event) => onChange(page, event));
  return { key: (event) => onKey(page, event), stop: leave };
}

function tell(name, detail) {
  document.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
}

function buildFrame(page) {
  const { unit } = page.store;
  page.parts = {
    steps: h("ol", { class: "cl-steps", role: "list" }),
    where: h("p", { class: "cl-where" }),
    save: h("p", { class: "cl-save" }),
    live: h("div", { class: "cl-sr", role: "status", "aria-live": "polite" }),
    notices: h("div", { class: "cl-notices" }),
    alerts: h("div", { class: "cl-alerts", role: "alert" }),
    screen: h("div", { class: "cl-screen" }),
    question: h("div", { class: "cl-question-place" }),
    actions: h("div", { class: "cl-buttons" }),
  };
  const { parts } = page;
  page.root.setAttribute("aria-label", say("unit.name", { title: unit.title ?? "" }));
  fill(
    page.root,
    h(
      "div",
      { class: "cl-frame" },
      drawHeader(page, unit),
      parts.live,
      parts.alerts,
      parts.notices,
      drawBody(page),
    ),
  );
}

function drawHeader(page, unit) {
  const { parts } = page;
  const module = unit.module_title;
  return h(
    "header",
    { class: "cl-bar" },
    h(
      "div",
      { class: "cl-names" },
      module ? h("p", { class: "cl-module" }, module) : null,
      h("h2", {}, unit.title ?? ""),
    ),
    h("nav", { "aria-label": say("step.nav") }, parts.steps, parts.where),
    parts.save,
  );
}

function drawBody(page) {
  const { parts } = page;
  page.heading = h("h3", { class: "cl-heading", tabindex: "-1", id: nextId("heading") });
  parts.panel = h(
    "section",
    { class: "cl-task", "aria-labelledby": page.heading.id },
    h("div", { class: "cl-task-scroll" }, page.heading, parts.screen),
    h("footer", { class: "cl-actions" }, parts.question, parts.actions),
  );
  parts.body = h("div", { class: "cl-body" }, page.vignette.element, parts.panel);
  return parts.body;
}

function go(page, step) {
  const last = page.tasks.length + 1;
  page.step = Math.min(Math.max(step, 0), last);
  page.store.bookmark.put(page.step);
  page.store.sendNow();
  drawStep(page);
  page.heading.focus({ preventScroll: true });
  // The whole frame where it fits; where it does not, at least the heading.
  page.root.scrollIntoView?.({ block: "nearest" });
  page.heading.scrollIntoView?.({ block: "nearest" });
  const values = { n: page.step + 1, of: last + 1, title: stepTitle(page, page.step) };
  announce(page, say("step.announce", values));
}

function drawStep(page) {
  page.marking.stop({ silent: true });
  closeQuestion(page);
  page.afterDraw = [];
  showVignette(page);
  page.screen = drawScreen(page, page.step);
  page.heading.textContent = page.screen.title;
  fill(page.parts.screen, page.screen.nodes);
  page.parts.panel.firstChild.scrollTop = 0;
  page.afterDraw.forEach((fn) => fn());
  makeScrollable(page.parts.panel.firstChild);
  page.drawn = drawnFrom(page);
  refreshEdges(page);
}

/** What the screen was drawn from: when it is the same, it is left alone. */
function drawnFrom(page) {
  const { id } = page.screen.view ?? {};
  if (!id) return null;
  return JSON.stringify([page.store.entry(id).value, page.store.locked(id)]);
}

function refreshAround(page) {
  drawNotices(page);
  refreshEdges(page);
}

// What scrolls must be reachable by keyboard, also where it holds nothing to operate.
function makeScrollable(scroller) {
  const operable = scroller.querySelector("button, input, select, textarea, summary");
  scroller.toggleAttribute("tabindex", false);
  if (!operable) scroller.setAttribute("tabindex", "0");
}

function showVignette(page) {
  const cases = page.store.unit.cases ?? [];
  const view = page.tasks[page.step - 1];
  const finished = page.step > page.tasks.length;
  const found = cases.find((one) => one.id === view?.case) ?? cases[0];
  // The unit is often called after its only case; saying it twice helps nobody.
  const title = found?.title === page.store.unit.title ? say("case.only") : found?.title;
  page.vignette.show(finished ? null : found, openStages(page, page.step), title);
  page.parts.body.classList.toggle("is-single", finished || !found);
}

/** Draw everything again, keeping the step. */
function refresh(page) {
  drawProblems(page);
  drawNotices(page);
  drawStep(page);
}

function refreshEdges(page) {
  drawSteps(page);
  drawActions(page);
  drawSave(page);
}

function drawActions(page) {
  const buttons = screenActions(page, page.step, page.screen).filter(Boolean);
  const [first, ...others] = buttons;
  const isBack = page.step > 0;
  fill(
    page.parts.actions,
    isBack ? actionButton(first) : null,
    h("p", { class: "cl-progress" }, screenProgress(page, page.screen)),
    (isBack ? others : buttons).map(actionButton),
  );
}

function actionButton({ label, run, main, hint }) {
  return h(
    "button",
    { type: "button", class: main ? "cl-go" : "", on: { click: run } },
    label,
    hint ? h("kbd", { "aria-hidden": "true" }, hint) : null,
  );
}

const REDRAW = new Set(["state", "receipt", "marked"]);

function onChange(page, event) {
  if (event.type === "problem") return drawProblems(page);
  if (event.type === "status") return drawSave(page);
  if (event.type === "value") return refreshValue(page, event.task);
  if (event.type === "committed") return showCommitted(page, event.tasks);
  if (!REDRAW.has(event.type)) return undefined;
  if (event.restarted) return go(page, 0);
  if (event.type === "state" && page.drawn === drawnFrom(page)) return refreshAround(page);
  const hadFocus = page.root.contains(document.activeElement);
  refresh(page);
  return hadFocus && event.type !== "state" ? page.heading.focus() : undefined;
}

function refreshValue(page, task) {
  drawSave(page);
  if (page.screen.view?.id !== task) return;
  page.drawn = drawnFrom(page);
  const progress = page.parts.actions.querySelector(".cl-progress");
  if (progress) progress.textContent = screenProgress(page, page.screen);
  drawSteps(page);
}

function showCommitted(page, tasks) {
  if (!tasks.includes(page.screen.view?.id)) return drawSteps(page);
  drawStep(page);
  page.heading.focus({ preventScroll: true });
  const { summary } = page.store.feedback(page.screen.view.id) ?? {};
  return announce(page, `${say("feedback.title")}. ${summary ?? ""}`);
}

async function runAction(page, action, ...values) {
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

function commitTask(page, view) {
  const interaction = interactionFor(view);
  const { value } = page.store.entry(view.id);
  const then = () => runAction(page, "commit", view.id);
  const blanks = interaction.blanks(view, value);
  if (!blanks.length) return then();
  const { of } = interaction.count(view, value);
  const text =
    of > 1
      ? say("ask.blanks", { count: blanks.length, parts: blanks.join("; ") })
      : say("ask.blankWhole");
  return ask(page, { text, yes: say("ask.commit"), no: say("ask.keepWorking"), then });
}

const STEP_KEYS = { PageDown: 1, PageUp: -1 };

/** Only the page's own keys are handled; everything else is left to the browser. */
function onKey(page, event) {
  if (event.key === "Escape" && leaveInner(page)) return event.preventDefault();
  if (event.altKey && STEP_KEYS[event.key]) {
    event.preventDefault();
    return go(page, page.step + STEP_KEYS[event.key]);
  }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    return goOn(page);
  }
  return undefined;
}

function leaveInner(page) {
  if (page.asking) {
    answerNo(page);
    return true;
  }
  if (!page.vignette.marking()?.done) return false;
  return page.marking.stop({ focus: true });
}

function goOn(page) {
  if (page.asking) return answerYes(page);
  const actions = screenActions(page, page.step, page.screen).filter(Boolean);
  return actions.find((action) => action.main)?.run();
}
