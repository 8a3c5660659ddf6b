// What may run on opening is decided by form alone (docs/design.md, section 8).

export const IMPORT = "from caselens import task, workbench";
const TASK = /^task\("[a-z0-9-]+"\)$/;

const isCall = (source) => source === "workbench()" || TASK.test(source);

// cells: [{type, source, tags}] in order.
// -> {kind: "unit" | "lesson"} for a course page, else {kind: "other", cell, model}
export function formOf(cells) {
  let calls = 0;
  let unit = false;
  for (const [index, { type, source, tags }] of cells.entries()) {
    const text = source.trim();
    if (type !== "code" || text === "" || text === IMPORT) continue;
    if (!isCall(text)) return { kind: "other", cell: index + 1, model: isModel(tags) };
    calls += 1;
    unit ||= text === "workbench()";
  }
  if (calls === 0) return { kind: "other", cell: null, model: false };
  return { kind: unit ? "unit" : "lesson" };
}

const isModel = (tags) => Array.isArray(tags) && tags.includes("model-answer");

// Whether a page that is no course page still belongs to the course.
export function mentionsCourse(cells, metadata) {
  const named = (cell) => cell.type === "code" && cell.source.includes("caselens");
  return metadata?.caselens !== undefined || cells.some(named);
}

export function whyNothingRan({ cell, model }) {
  if (cell === null) return "This page holds nothing to work on, so nothing was run.";
  if (model) {
    return `This page holds model answers (cell ${cell}), so nothing was run. ` +
      "To see them, choose Run, then Run All Cells.";
  }
  return `This page holds a code cell that is not part of the course as released (cell ${cell}), ` +
    "so nothing was run. Begin the unit from the start page to work on the released one.";
}

// Python looks for its modules beside the page first: a file there could take
// the place of the course's own program. Units have no such neighbours.
const CODE = /\.(py|pyc|pyd|pyw|so)$/i;
const PACKAGE = /^[A-Za-z_]\w*$/;

export const isCode = ({ name }) => CODE.test(name);

// A folder can take a program's place only with one of these inside.
export const mayBePackage = ({ name, type }) => type === "directory" && PACKAGE.test(name);
export const makesPackage = ({ name }) => isCode({ name }) && name.startsWith("__init__.");
