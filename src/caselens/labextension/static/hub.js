// In a class, graded units come from the instructor: through nbgrader's own
// assignment list, not by copying.
import { Problem } from "./problem.js";

export class Hub {
  constructor(app, jupyter) {
    this.services = jupyter.services;
    this.settings = app.serviceManager.serverSettings;
  }

  // -> nbgrader's assignments, or null where this hub has no assignment list
  async list() {
    const answer = await this.request("assignments?course_id=", { method: "GET" });
    if (answer.status === 404) return null;
    return this.read(answer);
  }

  async request(path, init) {
    const { ServerConnection } = this.services;
    try {
      return await ServerConnection.makeRequest(this.settings.baseUrl + path, init, this.settings);
    } catch {
      throw new Problem("Jupyter does not answer. Load this page again in a moment.");
    }
  }

  async read(answer) {
    const body = await answer.json().catch(() => null);
    if (answer.ok && body?.success) return body.value.filter((one) => one.status !== "submitted");
    throw new Problem(
      "The instructor's list of graded units could not be read. Tell the person who runs the class.",
    );
  }

  // -> the page's path once it is here; null where there is no assignment list
  async begin(unit) {
    const listed = await this.list();
    if (listed === null) return null;
    const found = listed.find((one) => one.assignment_id === unit.id);
    if (!found) {
      throw new Problem(`${unit.title} has not been released yet. Your instructor decides when it opens.`);
    }
    const here = found.status === "fetched" ? found : await this.fetch(found, unit);
    return pageOf(here, unit);
  }

  async fetch({ course_id, assignment_id }, unit) {
    const body = JSON.stringify({ course_id, assignment_id });
    const answer = await this.request("assignments/fetch", { method: "POST", body });
    const match = (one) => one.assignment_id === assignment_id && one.course_id === course_id;
    const found = (await this.read(answer)).find(match);
    if (found?.status === "fetched") return found;
    throw new Problem(`${unit.title} could not be fetched. Try again; if it stays so, tell your instructor.`);
  }
}

function pageOf(assignment, unit) {
  const page = assignment.notebooks.find((one) => one.notebook_id === unit.id);
  return (page?.path ?? `${assignment.path}/${unit.id}.ipynb`).replaceAll("\\", "/");
}
