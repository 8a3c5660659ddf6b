// One plugin: course pages open ready to work, and the start page finds them.
import { watchPages } from "./page.js";
import { courseOf } from "./course.js";
import { StartPage } from "./start.js";
import { isCalm, keepCalm } from "./calm.js";

const HOME = "caselens:home";

export function plugin(jupyter, here) {
  const { application, apputils, notebook } = jupyter;
  const optional = [
    notebook.INotebookTracker,
    apputils.ICommandPalette,
    application.ILabShell,
    application.ILayoutRestorer,
  ];
  return {
    id: "caselens:opening",
    description: "Opens Caselens units ready to work, and lists them.",
    autoStart: true,
    // A page that lacks one of these (Notebook 7 has no shell of JupyterLab)
    // still gets the rest.
    optional: optional.filter((token) => token !== undefined),
    activate: (app, ...found) => {
      const services = new Map(optional.filter(Boolean).map((t, i) => [t, found[i]]));
      const get = (token) => (token && services.get(token)) ?? null;
      activate(app, jupyter, here, optional.map(get));
    },
  };
}

function activate(app, jupyter, here, [tracker, palette, labShell, restorer]) {
  if (isAlone(jupyter, labShell)) return;
  addStyle(here);
  const course = courseOf(app, jupyter, here);
  const calm = labShell !== null && isCalm(jupyter.coreutils.PageConfig);
  const home = new Home(app, jupyter, course, labShell, calm);
  const place = { app, jupyter, tracker, labShell, calm, home: () => home.show() };
  if (tracker) watchPages(place);
  if (calm) keepCalm(place, course);
  app.commands.addCommand(HOME, {
    label: "Caselens: start page",
    execute: () => home.show(),
  });
  palette?.addItem({ command: HOME, category: "Caselens" });
  restore(jupyter, restorer, home);
  answer(HOME, () => void home.show());
  answer("caselens:open", ({ detail }) => void home.open(detail?.unit));
  void home.greet();
}

// Voila shows one page and nothing around it: there is no start page to lead to, and
// a page that hears of no answer says so.
function isAlone({ coreutils: { PageConfig } }, labShell) {
  return labShell === null && !PageConfig.getOption("notebookPage");
}

// A page that hears of no answer tells the trainee the way in words.
function answer(name, act) {
  document.addEventListener(name, (event) => {
    event.preventDefault();
    act(event);
  });
}

function addStyle(here) {
  for (const name of ["page.css", "start.css"]) {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = here + name;
    document.head.append(link);
  }
}

// After a reload JupyterLab puts the start page back where it was.
function restore(jupyter, restorer, home) {
  if (!restorer) return;
  const tracker = new jupyter.apputils.WidgetTracker({ namespace: "caselens" });
  home.opened = (widget) => void tracker.add(widget);
  void restorer.restore(tracker, { command: HOME, name: () => "start" });
}

class Home {
  constructor(app, jupyter, course, labShell, calm) {
    Object.assign(this, { app, jupyter, course, labShell, calm });
    this.widget = null;
    this.opened = () => {};
  }

  // Notebook 7 keeps its list of files on a page of its own, with tabs.
  get tabs() {
    const [first] = this.labShell ? [] : this.app.shell.widgets("main");
    return first?.tabBar && first.addWidget ? first : null;
  }

  async show() {
    if (!this.labShell && !this.tabs) return this.course.leaveForHome();
    if (!this.widget || this.widget.isDisposed) this.add();
    if (this.tabs) this.tabs.currentWidget = this.widget;
    else this.app.shell.activateById(this.widget.id);
    await this.widget.refresh();
  }

  add() {
    this.widget = StartPage(this.jupyter, this.course);
    if (this.tabs) this.tabs.addWidget(this.widget);
    else this.app.shell.add(this.widget, "main");
    this.opened(this.widget);
  }

  async open(unit) {
    try {
      await this.course.open(unit);
    } catch (error) {
      await this.show();
      this.widget.say(error.message);
    }
  }

  // At start-up: only when there is a course here and nothing else in view. With
  // `caselens start` always, unless the address names a page: the start page then
  // says what to go on with, or that the units are missing.
  async greet() {
    await this.app.restored;
    // At once, or a unit opened in the meantime would be covered.
    if (this.calm) return this.course.atRoot || this.alone() ? this.show() : null;
    if (!(await this.course.present())) return;
    if (!this.labShell) return this.tabs && this.course.atRoot && this.show();
    if (!this.alone()) return null;
    this.labShell.collapseLeft();
    await this.show();
    return this.others().filter(isLauncher).forEach((launcher) => launcher.dispose());
  }

  others() {
    return [...this.app.shell.widgets("main")].filter((widget) => widget !== this.widget);
  }

  // JupyterLab fills an empty window with launchers.
  alone() {
    return this.others().every(isLauncher);
  }
}

const isLauncher = ({ id }) => id.startsWith("launcher");
