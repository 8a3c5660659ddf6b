// The frame around the screens: header with steps and save state, alerts, buttons.
import { h, fill, hiddenText, nextId } from "./dom.js";
import { createMarking } from "./evidence.js";
import { interactionFor, taskProgress } from "./interactions.js";
import { drawScreen, openStages, screenActions, screenProgress } from "./screens.js";
import { say } from "./strings.js";
import { formatTime } from "./text.js";
import { createVignette } from "./vignette.js";

/** Draw the whole workbench into `root`; returns {key, stop}. */
export function createPage(root, store) {
  const page = { store, root, step: 0, afterDraw: [], saveKind: null, asking: false };
  page.tasks = store.unit.tasks ?? [];
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

function announce(page, text) {
  // An unchanged text would not be spoken a second time.
  const { live } = page.parts;
  live.textContent = live.textContent === text ? `${text} ` : text;
}

function go(page, step) {
  const last = page.tasks.length + 1;
  page.step = Math.min(Math.max(step, 0), last);
  page.store.sendNow();
  drawStep(page);
  page.heading.focus({ preventScroll: true });
  page.parts.panel.scrollIntoView?.({ block: "nearest" });
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

function stepTitle(page, step) {
  if (step === 0) return say("step.read");
  return step > page.tasks.length ? say("step.finish") : page.titleOf(page.tasks[step - 1]);
}

function stepState(page, step) {
  const view = page.tasks[step - 1];
  if (view) return taskProgress(view, page.store.entry(view.id));
  return step > 0 && page.store.state().receipt ? "handedIn" : "plain";
}

function drawSteps(page) {
  const { steps, where } = page.parts;
  const last = page.tasks.length + 1;
  const focused = [...steps.children].findIndex((item) =>
    item.contains(document.activeElement),
  );
  fill(steps, Array.from({ length: last + 1 }, (_, step) => drawStepButton(page, step)));
  if (focused >= 0) steps.children[focused]?.firstChild.focus();
  const values = { n: page.step + 1, of: last + 1 };
  fill(where, h("b", {}, stepTitle(page, page.step)), " ", say("step.where", values));
}

function drawStepButton(page, step) {
  const state = stepState(page, step);
  const title = stepTitle(page, step);
  const spoken = state === "plain" ? "" : say(`progress.${state}`);
  const name = say("step.name", { n: step + 1, title, state: spoken }).trim();
  const attributes = {
    type: "button",
    class: `cl-step is-${state}`,
    title: name,
    "aria-current": step === page.step ? "step" : null,
    on: { click: () => page.go(step) },
  };
  const mark = h("span", { class: "cl-step-mark", "aria-hidden": "true" }, step + 1);
  return h("li", {}, h("button", attributes, mark, hiddenText(name)));
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

function drawSave(page) {
  const { kind, at } = page.store.status();
  const text = say(`save.${kind}`, { time: formatTime(at) });
  const { save } = page.parts;
  if (save.textContent !== text) save.textContent = text;
  save.className = `cl-save is-${kind}`;
  // Each save need not be spoken; a failing one, and its end, must be.
  if (kind === "late" && page.saveKind !== "late") announce(page, text);
  if (kind === "saved" && page.saveKind === "late") announce(page, text);
  if (kind === "late" || kind === "saved") page.saveKind = kind;
}

function drawProblems(page) {
  const rows = page.store.problems().map((text) =>
    closable("cl-problem", text, () => page.store.dismiss(text)),
  );
  fill(page.parts.alerts, rows);
}

function drawNotices(page) {
  const notices = page.store.state().notices ?? [];
  const rows = notices.map((text) => {
    const row = closable("cl-notice", text, () => row.remove());
    return row;
  });
  fill(page.parts.notices, rows);
}

function closable(style, text, close) {
  const button = { type: "button", class: "cl-quiet", on: { click: close } };
  return h("div", { class: style }, h("p", {}, text), h("button", button, say("problem.dismiss")));
}

const REDRAW = new Set(["state", "receipt", "marked"]);

function onChange(page, event) {
  if (event.type === "problem") return drawProblems(page);
  if (event.type === "status") return drawSave(page);
  if (event.type === "value") return refreshValue(page, event.task);
  if (event.type === "committed") return showCommitted(page, event.tasks);
  if (!REDRAW.has(event.type)) return undefined;
  if (event.restarted) return go(page, 0);
  const hadFocus = page.root.contains(document.activeElement);
  refresh(page);
  return hadFocus && event.type !== "state" ? page.heading.focus() : undefined;
}

function refreshValue(page, task) {
  drawSave(page);
  if (page.screen.view?.id !== task) return;
  const progress = page.parts.actions.querySelector(".cl-progress");
  if (progress) progress.textContent = screenProgress(page, page.screen);
  drawSteps(page);
}

function showCommitted(page, tasks) {
  if (!tasks.includes(page.screen.view?.id)) return drawSteps(page);
  drawStep(page);
  page.heading.focus({ preventScroll: true });
  return announce(page, say("feedback.title"));
}

/** Ask inside the page: {text, yes, no, then}. */
function ask(page, { text, yes, no, then }) {
  page.asking = { then };
  page.returnTo = document.activeElement;
  const id = nextId("ask");
  const button = (label, style, click) =>
    h("button", { type: "button", class: style, on: { click } }, label);
  const box = h(
    "div",
    { class: "cl-question", role: "group", tabindex: "-1", "aria-labelledby": id },
    h("p", { id }, text),
    h(
      "div",
      { class: "cl-question-buttons" },
      button(yes, "cl-go", () => answerYes(page)),
      button(no, "", () => answerNo(page)),
    ),
  );
  fill(page.parts.question, box);
  page.parts.actions.hidden = true;
  box.focus();
}

function answerYes(page) {
  const { then } = page.asking;
  closeQuestion(page);
  page.heading.focus({ preventScroll: true });
  then();
}

function answerNo(page) {
  closeQuestion(page);
  page.returnTo?.focus?.();
}

function closeQuestion(page) {
  page.asking = null;
  fill(page.parts.question);
  page.parts.actions.hidden = false;
}

async function runAction(page, action, ...values) {
  if (page.busy) return;
  page.busy = true;
  page.root.setAttribute("aria-busy", "true");
  announce(page, say("save.working"));
  try {
    await page.store[action](...values);
  } finally {
    page.busy = false;
    page.root.removeAttribute("aria-busy");
  }
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
