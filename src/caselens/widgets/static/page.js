// The frame around the screens: header with steps and save state, alerts, buttons.
import { commitStage, commitTask, openCase, openMenu, runAction } from "./acts.js";
import { h, fill, nextId } from "./dom.js";
import { createMarking } from "./evidence.js";
import { onKey } from "./keys.js";
import { announce, drawNotices, drawProblems, drawSave } from "./notices.js";
import { ask, closeQuestion } from "./question.js";
import { openStages, routeOf, stepName } from "./route.js";
import { drawScreen, screenActions, screenProgress } from "./screens.js";
import { drawSteps, drawViews, stepTitle } from "./steps.js";
import { say } from "./strings.js";
import { createVignette } from "./vignette.js";

/** Draw the whole workbench into `root`; returns {key, stop}. */
export function createPage(root, store) {
  const page = { store, root, step: 0, afterDraw: [], saveKind: null, asking: false };
  page.tasks = store.unit.tasks ?? [];
  page.route = routeOf(store.unit);
  page.cameFrom = null;
  page.seen = new Map();
  page.step = Math.max(0, stepAt(page, store.bookmark.read()));
  page.titleOf = (view) => view.title || view.id;
  page.announce = (text) => announce(page, text);
  page.vignette = createVignette(page.announce);
  page.marking = createMarking(page.vignette, page.announce);
  page.go = (step) => go(page, step);
  page.goTo = (name) => go(page, stepAt(page, name));
  page.jump = (step) => jump(page, step);
  page.openCase = (caseId) => openCase(page, caseId);
  page.openMenu = (context) => openMenu(page, context);
  page.commitStage = (step) => commitStage(page, step);
  page.ask = (question) => ask(page, question);
  page.run = (action) => runAction(page, action);
  page.commit = (view) => commitTask(page, view);
  page.open = (unit) => tell("caselens:open", { unit }, page);
  page.home = () => tell("caselens:home", {}, page);
  buildFrame(page);
  refresh(page);
  const leave = store.subscribe((event) => onChange(page, event));
  return { key: (event) => onKey(page, event), stop: leave };
}

const stepAt = (page, name) => page.route.findIndex((step) => stepName(step) === name);

/** The step that is on the screen. */
const hereOf = (page) => page.route[page.step];

// Outside of JupyterLab nobody listens, and the trainee is told the way instead.
function tell(name, detail, page) {
  const event = new CustomEvent(name, { detail, bubbles: true, cancelable: true });
  if (document.dispatchEvent(event)) page.store.tell(say("go.elsewhere"));
}

function buildFrame(page) {
  const { unit } = page.store;
  page.parts = {
    steps: h("ol", { class: "cl-steps", role: "list" }),
    views: h("p", { class: "cl-views" }),
    left: h("section", { class: "cl-left", "aria-label": say("lenses.left"), hidden: true }),
    below: h("div", { class: "cl-below", hidden: true }),
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

// More steps than fit beside the title get a row of their own.
const LONG_WAY = 12;

function drawHeader(page, unit) {
  const { parts } = page;
  const module = unit.module_title;
  const long = page.route.length > LONG_WAY ? " is-long" : "";
  return h(
    "header",
    { class: `cl-bar${long}` },
    h(
      "div",
      { class: "cl-names" },
      module ? h("p", { class: "cl-module" }, module) : null,
      h("h2", {}, unit.title ?? ""),
    ),
    h("nav", { "aria-label": say("step.nav") }, parts.steps),
    parts.where,
    parts.views,
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
  const { left, below, panel } = parts;
  parts.body = h("div", { class: "cl-body" }, left, page.vignette.element, panel, below);
  return parts.body;
}

/** Look at a view of the case and come back to where one was. */
function jump(page, step) {
  const from = page.cameFrom ?? page.step;
  go(page, step);
  page.cameFrom = from === step ? null : from;
  refreshEdges(page);
}

function go(page, step) {
  const last = page.route.length - 1;
  page.step = Math.min(Math.max(step, 0), last);
  page.cameFrom = null;
  page.here = hereOf(page);
  page.store.bookmark.put(stepName(page.here));
  page.store.sendNow();
  drawStep(page);
  page.heading.focus({ preventScroll: true });
  // The whole frame where it fits; where it does not, at least the heading.
  page.root.scrollIntoView?.({ block: "nearest" });
  page.heading.scrollIntoView?.({ block: "nearest" });
  const values = { n: page.step + 1, of: last + 1, title: stepTitle(page, page.here) };
  announce(page, say("step.announce", values));
}

function drawStep(page) {
  page.marking.stop({ silent: true });
  closeQuestion(page);
  page.afterDraw = [];
  page.here = hereOf(page);
  page.vignette.link(null);
  showVignette(page);
  page.screen = drawScreen(page, page.here);
  page.heading.textContent = page.screen.title;
  fill(page.parts.screen, page.screen.nodes);
  drawColumns(page);
  page.parts.panel.firstChild.scrollTop = 0;
  page.afterDraw.forEach((fn) => fn());
  makeScrollable(page.parts.panel.firstChild);
  page.drawn = drawnFrom(page);
  refreshEdges(page);
}

// The two lenses stand on either side of the case; every other screen has one column.
function drawColumns(page) {
  const { left, below, body } = page.parts;
  const { left: nodes, below: under, wide, hidden } = page.screen;
  fill(left, nodes);
  fill(below, under);
  left.hidden = !nodes;
  below.hidden = !under;
  body.classList.toggle("is-lenses", Boolean(nodes));
  body.classList.toggle("is-wide", Boolean(wide));
  page.vignette.element.hidden ||= Boolean(hidden || wide);
  body.classList.toggle("is-single", page.vignette.element.hidden);
}

/** What the screen was drawn from: when it is the same, it is left alone. */
function drawnFrom(page) {
  const { id } = page.screen.view ?? {};
  if (!id) return null;
  const { value, firstDone } = page.store.entry(id);
  return JSON.stringify([value, firstDone, page.store.locked(id)]);
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
  const found = cases.find((one) => one.id === page.here.case) ?? null;
  // The unit is often called after its only case; saying it twice helps nobody.
  const title = found?.title === page.store.unit.title ? say("case.only") : found?.title;
  const stages = openStages(page, page.here);
  page.seen.set(page.here.case, stages);
  page.vignette.show(found, stages, title);
}

/** Draw everything again, keeping the step. */
function refresh(page) {
  drawProblems(page);
  drawNotices(page);
  drawStep(page);
}

function refreshEdges(page) {
  drawSteps(page);
  drawViews(page);
  drawActions(page);
  drawSave(page);
}

function drawActions(page) {
  const [back, ...others] = screenActions(page, page.screen);
  fill(
    page.parts.actions,
    back ? actionButton(back) : null,
    h("p", { class: "cl-progress" }, screenProgress(page, page.screen)),
    others.filter(Boolean).map(actionButton),
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
  if (event.restarted) return beginAgain(page);
  if (event.type === "state" && page.drawn === drawnFrom(page)) return refreshAround(page);
  const hadFocus = page.root.contains(document.activeElement);
  refresh(page);
  return hadFocus && event.type !== "state" ? page.heading.focus() : undefined;
}

function beginAgain(page) {
  // Where the copy of the earlier answers is kept stands in a notice.
  drawNotices(page);
  page.seen.clear();
  go(page, 0);
}

function refreshValue(page, task) {
  drawSave(page);
  if (page.screen.view?.id !== task) return;
  // What was asked about may be answered now.
  if (page.asking) closeQuestion(page);
  page.drawn = drawnFrom(page);
  const progress = page.parts.actions.querySelector(".cl-progress");
  if (progress) progress.textContent = screenProgress(page, page.screen);
  drawSteps(page);
}

function showCommitted(page, tasks) {
  if (page.screen.state === "gate") return go(page, page.step);
  if (!tasks.includes(page.screen.view?.id)) return drawSteps(page);
  drawStep(page);
  page.heading.focus({ preventScroll: true });
  const { summary } = page.store.feedback(page.screen.view.id) ?? {};
  return announce(page, `${say("feedback.title")}. ${summary ?? ""}`);
}
