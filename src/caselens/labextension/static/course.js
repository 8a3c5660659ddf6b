// The course as the start page needs it: the catalogue, how far each unit has
// come, and beginning one. It works through Jupyter's own file service.
import { rowsOf, settled } from "./rows.js";
import { statusOf } from "./status.js";
import { Hub } from "./hub.js";
import { Problem, sentence } from "./problem.js";

export function courseOf(app, jupyter, here) {
  return new Course(app, jupyter, here);
}

// JupyterLite: no server, the browser keeps the files.
const inBrowser = () => document.getElementById("jupyter-lite-main") !== null;

class Course {
  constructor(app, jupyter, here) {
    const { PageConfig } = jupyter.coreutils;
    Object.assign(this, { app, here, PageConfig });
    this.contents = app.serviceManager.contents;
    this.hub = PageConfig.getOption("hubPrefix") ? new Hub(app, jupyter) : null;
  }

  // Where answers are kept. Notebook 7 does not tell where its folder is.
  get place() {
    if (inBrowser()) return "Your answers are kept in this browser, on this computer only.";
    const folder = this.PageConfig.getOption("serverRoot");
    return `Your answers are kept in your work folder${folder ? `: ${folder}` : ""}.`;
  }

  // Whether the address names no file and no folder inside the work folder.
  get atRoot() {
    return this.PageConfig.getOption("treePath") === "";
  }

  async present() {
    return this.catalogue().then(() => true, () => false);
  }

  async catalogue() {
    this.read ??= this.file("course/course.json").then(JSON.parse);
    try {
      return await this.read;
    } catch {
      this.read = null;
      throw new Problem(
        "The list of units was not found. Install the course again, or tell the person who runs it.",
      );
    }
  }

  async file(path) {
    const answer = await fetch(this.here + path, { credentials: "same-origin" });
    if (!answer.ok) throw new Problem(`${path} is missing from the course. Install it again, or tell the person who runs it.`);
    return answer.text();
  }

  // What tells one trainee from another: the forms are given out by it.
  get who() {
    const names = ["hubUser", "serverRoot", "baseUrl"];
    return names.map((name) => this.PageConfig.getOption(name)).find(Boolean) ?? "";
  }

  // -> {title, modules with rows, statuses: Map of unit id -> status, problem}
  async survey() {
    const catalogue = await this.catalogue();
    const { released, problem } = await this.released();
    const top = await this.listing("");
    const statuses = new Map();
    const units = catalogue.modules.flatMap((module) => module.units);
    await Promise.all(units.map(async (unit) => {
      const folder = this.folderOf(unit, released);
      const begun = folder !== unit.id || top.has(unit.id);
      statuses.set(unit.id, await this.statusIn(unit, begun ? folder : null));
    }));
    const modules = settled(rowsOf(catalogue, this.who), statuses);
    return { title: catalogue.title, modules, statuses, problem };
  }

  // A class list that fails closes its graded units, and nothing else.
  async released() {
    const found = (released) => ({ released, problem: "" });
    const failed = ({ message }) => ({ released: null, problem: message });
    return this.hub ? this.hub.list().then(found, failed) : found(null);
  }

  folderOf(unit, released) {
    const fetched = unit.kind === "graded" && released?.find(
      (one) => one.assignment_id === unit.id && one.status === "fetched");
    return fetched ? fetched.path : unit.id;
  }

  async statusIn(unit, folder) {
    if (folder === null) return statusOf(unit, false, null);
    const names = await this.listing(folder);
    if (!names.has("answers.json")) return statusOf(unit, true, null);
    try {
      const { content } = await this.contents.get(`${folder}/answers.json`,
        { type: "file", format: "text", content: true });
      return statusOf(unit, true, JSON.parse(content));
    } catch {
      return { state: "begun", text: "Begun; its answers could not be read just now" };
    }
  }

  // -> the names in a folder of the work folder
  async listing(path) {
    try {
      const { content } = await this.contents.get(path, { content: true });
      return new Set(content.map(({ name }) => name));
    } catch (error) {
      throw new Problem(sentence(error, "Your work folder could not be read"));
    }
  }

  async open(id) {
    const catalogue = await this.catalogue();
    const unit = catalogue.modules.flatMap((module) => module.units).find((one) => one.id === id);
    if (!unit) throw new Problem(`This course has no unit called ${id}.`);
    const graded = this.hub && unit.kind === "graded";
    const path = (graded && await this.hub.begin(unit)) || await this.begin(unit);
    await this.view(path);
  }

  // Copies what is not there yet, and never replaces anything.
  async begin(unit) {
    const begun = (await this.listing("")).has(unit.id);
    const names = begun ? await this.listing(unit.id) : new Set();
    const page = `${unit.id}.ipynb`;
    const wanted = ["unit.json", page].filter((name) => !names.has(name));
    const texts = await Promise.all(wanted.map((name) => this.file(`${unit.folder}/${name}`)));
    try {
      if (!begun) await this.contents.save(unit.id, { type: "directory" });
      for (const [index, name] of wanted.entries()) await this.put(`${unit.id}/${name}`, texts[index]);
    } catch (error) {
      throw new Problem(sentence(error, `${unit.title} could not be put into your work folder`));
    }
    return `${unit.id}/${page}`;
  }

  put(path, text) {
    if (!path.endsWith(".ipynb")) {
      return this.contents.save(path, { type: "file", format: "text", content: text });
    }
    return this.contents.save(path, { type: "notebook", format: "json", content: JSON.parse(text) });
  }

  // JupyterLab opens a tab; Notebook 7 shows one page at a time.
  async view(path) {
    const page = this.PageConfig.getOption("notebookPage");
    if (!page) return this.app.commands.execute("docmanager:open", { path, factory: "Notebook" });
    const encoded = path.split("/").map(encodeURIComponent).join("/");
    const address = inBrowser() ? `notebooks/index.html?path=${encoded}` : `notebooks/${encoded}`;
    window.location.assign(this.PageConfig.getBaseUrl() + address);
    return null;
  }

  leaveForHome() {
    const address = inBrowser() ? "tree/index.html" : "tree";
    window.location.assign(this.PageConfig.getBaseUrl() + address);
  }
}
