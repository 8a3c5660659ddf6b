// A course page: recognised by form, run once, and shown without its code.
import { IMPORT, formOf, mentionsCourse, whyNothingRan } from "./form.js";
import { Line } from "./line.js";
import { strangersBeside } from "./beside.js";
import { showWayBack } from "./way.js";

const READY = "Getting the page ready\u2026";
const LOST = "The page lost its connection. What you wrote is safe.";
const AWAY = "The connection to the course is interrupted. Go on: what you write is kept in this browser, " +
  "and saved when the connection is back.";
const WELCOME_TRIES = 30;
const WELCOME_PAUSE = 100;
const CLASSES = { unit: "caselens-unit", lesson: "caselens-lesson" };

// A second view of the same page shows the same outputs: run once for both.
const running = new WeakSet();

export function watchPages(place) {
  const open = (panel) => void openPage(panel, place);
  place.tracker.forEach(open);
  place.tracker.widgetAdded.connect((_, panel) => open(panel));
}

async function openPage(panel, place) {
  await panel.context.ready;
  if (panel.isDisposed) return;
  const form = formOf(cellsOf(panel));
  // A workbench leads back by itself once it is finished; tabs do at any time.
  if (form.kind === "lesson" || place.calm) showWayBack(panel, place);
  if (form.kind === "other") explain(panel, form, place);
  else await new CoursePage(panel, form.kind, place).open();
}

function cellsOf(panel) {
  const { cells } = panel.content.model;
  return Array.from({ length: cells.length }, (_, index) => {
    const cell = cells.get(index);
    const source = cell.sharedModel.getSource();
    return { type: cell.type, source, tags: cell.getMetadata("tags") };
  });
}

function explain(panel, form, { jupyter }) {
  const metadata = { caselens: panel.content.model.getMetadata("caselens") };
  if (!mentionsCourse(cellsOf(panel), metadata)) return;
  const line = new Line(panel, jupyter);
  line.show("note", whyNothingRan(form), [["Dismiss", () => line.clear()]]);
}

class CoursePage {
  constructor(panel, kind, place) {
    Object.assign(this, { panel, kind, place });
    this.line = new Line(panel, place.jupyter);
    this.busy = false;
    this.ran = false;
  }

  async open() {
    this.dress();
    this.guard();
    this.keepClean();
    const { context } = this.panel;
    if (running.has(context)) return this.undim();
    running.add(context);
    await this.prepare();
    this.watchConnection();
  }

  // Only the page itself stays in view; nothing outside it is changed.
  dress() {
    const { panel } = this;
    panel.addClass("caselens-page");
    panel.addClass("caselens-dim");
    panel.addClass(CLASSES[this.kind]);
    panel.toolbar.hide();
    this.widen();
    for (const cell of panel.content.widgets) cell.toggleClass?.("caselens-work", isWork(cell));
    if (panel.isVisible) void this.place.app.restored.then(() => this.place.labShell?.collapseLeft());
  }

  // Windowed rendering may take a cell that is off screen out of the page, and
  // with it a form that somebody is filling in. The other modes keep every cell.
  widen() {
    const { content } = this.panel;
    const { windowingMode: mode, scrollPastEnd } = content.notebookConfig;
    const windowingMode = mode === "full" || mode === "defer" ? "none" : mode;
    if (windowingMode === mode && !scrollPastEnd) return;
    content.notebookConfig = { ...content.notebookConfig, windowingMode, scrollPastEnd: false };
  }

  // Keys and clicks belong to the page: no stray "d d", no editing on double click.
  guard() {
    const { content } = this.panel;
    content.mode = "command";
    content.node.addEventListener("focusin", ownKeys, true);
    content.node.addEventListener("keydown", stopKeys);
    content.node.addEventListener("contextmenu", (event) => event.stopPropagation());
    content.node.addEventListener("dblclick", stopEditing, true);
  }

  // Answers are kept beside the page, never in it: it has nothing to save.
  keepClean() {
    const { model } = this.panel.context;
    const clean = () => void Promise.resolve().then(() => {
      if (!model.isDisposed && model.dirty) model.dirty = false;
    });
    model.stateChanged.connect((_, { name }) => name === "dirty" && clean());
    clean();
  }

  async prepare() {
    this.busy = true;
    this.line.show("quiet", READY);
    try {
      await this.run();
    } catch (error) {
      this.offer(`${error.message} What you wrote is safe.`);
    } finally {
      this.busy = false;
      this.undim();
    }
  }

  undim() {
    if (!this.panel.isDisposed) this.panel.removeClass("caselens-dim");
  }

  async run() {
    const { content, context, sessionContext } = this.panel;
    const { NotebookActions } = this.place.jupyter.notebook;
    const found = await strangersBeside(this.place.app.serviceManager.contents, context.path);
    if (found.length > 0) return this.refuse(found);
    await kernelOf(sessionContext);
    // Time has passed: what runs must still have the form.
    if (formOf(cellsOf(this.panel)).kind !== this.kind) return this.refuse([]);
    NotebookActions.clearAllOutputs(content);
    this.undim();
    // Known before any cell runs, so that a page which lost its first cell opens too.
    const code = { code: IMPORT, silent: true, store_history: false };
    await sessionContext.session.kernel.requestExecute(code).done;
    await NotebookActions.runCells(content, content.widgets, sessionContext);
    this.settle();
  }

  settle() {
    const { content } = this.panel;
    this.ran = true;
    const error = firstError(content.model.cells);
    this.line.clear();
    content.deselectAll();
    content.mode = "command";
    content.activeCellIndex = Math.max(0, content.widgets.findIndex(isWork));
    this.widen();
    if (!error) this.welcome(WELCOME_TRIES);
    if (error) {
      this.offer("The page could not be made ready. What you wrote is safe. If Reconnect does not help, " +
        `tell the person who runs the course: "${error}".`);
    }
  }

  // The page's own keys work at once: its heading is where somebody without a mouse
  // begins. Whoever is somewhere else by then is left there.
  welcome(tries) {
    const { node, isVisible } = this.panel;
    const here = document.activeElement;
    const elsewhere = here !== document.body && !node.contains(here);
    if (!isVisible || elsewhere || here.matches("input, textarea, select")) return;
    const heading = node.querySelector(".caselens-workbench .cl-heading");
    if (heading) return heading.focus({ preventScroll: true });
    // What a cell shows is drawn a little after the cell has run.
    if (tries > 0) setTimeout(() => this.welcome(tries - 1), WELCOME_PAUSE);
  }

  refuse(names) {
    const what = names.length > 0
      ? `Beside this page lies ${names.join(", ")}, which is not part of the course`
      : "This page was changed while it opened";
    this.line.show("problem", `${what}, so nothing was run. Move it elsewhere and open the page again.`,
      [["Start page", this.place.home]]);
  }

  offer(text) {
    this.line.show("problem", text, [["Reconnect", () => this.reconnect()], ["Start page", this.place.home]]);
  }

  watchConnection() {
    const { sessionContext } = this.panel;
    hushDialog(this.panel);
    const lost = () => this.ran && !this.busy && !this.panel.isDisposed && this.offer(LOST);
    const gone = new Set(["dead", "autorestarting", "restarting", "terminating"]);
    sessionContext.statusChanged.connect((_, status) => gone.has(status) && lost());
    sessionContext.kernelChanged.connect((_, { newValue }) => newValue === null && lost());
    if (this.place.calm) void this.place.app.restored.then(() => this.watchAway());
  }

  // Where Jupyter's own dialog is kept quiet (calm.js), a line says it and goes again.
  watchAway() {
    const { panel, line } = this;
    const { connectionFailure } = this.place.app.serviceManager;
    let shown = null;
    const gone = () => {
      if (!this.ran || this.busy || line.widget) return;
      line.show("note", AWAY);
      shown = line.widget;
    };
    const back = () => shown !== null && shown === line.widget && line.clear();
    connectionFailure.connect(gone);
    panel.sessionContext.iopubMessage.connect(back);
    panel.disposed.connect(() => connectionFailure.disconnect(gone));
  }

  async reconnect() {
    if (this.busy) return;
    this.busy = true;
    this.line.show("quiet", "Reconnecting\u2026");
    const { sessionContext } = this.panel;
    try {
      if (sessionContext.session?.kernel) await sessionContext.restartKernel();
      else await sessionContext.startKernel();
    } catch {
      this.busy = false;
      return this.offer("The page could not connect. What you wrote is safe; try again in a moment.");
    }
    await this.prepare();
  }
}

const isWork = (cell) => cell.model.sharedModel.getSource().trim() === "workbench()";

// Jupyter looks for its shortcuts from the focused element upwards, so the mark
// has to be on that element itself.
function ownKeys({ target }) {
  target.setAttribute("data-lm-suppress-shortcuts", "true");
}

function stopEditing(event) {
  if (event.target.closest?.(".jp-MarkdownCell")) event.stopPropagation();
}

// JupyterLab 4.6 takes Enter and Ctrl+Z away from text fields inside a page when
// it sees the key. And there is nothing to save: answers are kept as they are given.
function stopKeys(event) {
  event.stopPropagation();
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") event.preventDefault();
}

// Jupyter announces a restart in words that mean nothing here; the line says it.
function hushDialog(panel) {
  const announce = panel._onSessionStatusChanged;
  if (announce) panel.sessionContext.statusChanged.disconnect(announce, panel);
}

async function kernelOf(sessionContext) {
  await sessionContext.ready;
  if (!sessionContext.session?.kernel) await nextKernel(sessionContext);
  await sessionContext.session.kernel.info;
}

function nextKernel(sessionContext) {
  return new Promise((resolve) => {
    const found = (_, { newValue }) => {
      if (newValue === null) return;
      sessionContext.kernelChanged.disconnect(found);
      resolve();
    };
    sessionContext.kernelChanged.connect(found);
  });
}

function firstError(cells) {
  for (let index = 0; index < cells.length; index += 1) {
    const outputs = cells.get(index).outputs?.toJSON() ?? [];
    const error = outputs.find((output) => output.output_type === "error");
    if (error) return `${error.ename}: ${error.evalue}`;
  }
  return null;
}
