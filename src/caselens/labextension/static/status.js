// How far a unit has come, from its answers (docs/formats.md, section 5).
import { workedIn } from "./rows.js";

// Anything given counts: a choice, a marked sentence, a word.
function given(value) {
  if (typeof value === "string") return value.trim() !== "";
  if (Array.isArray(value)) return value.some(given);
  if (value !== null && typeof value === "object") return Object.values(value).some(given);
  return typeof value === "number" || value === true;
}

export function answeredIn(answers) {
  const tasks = Object.values(answers?.tasks ?? {});
  return {
    answered: tasks.filter((task) => given(task?.value)).length,
    committed: tasks.filter((task) => task?.committed === true).length,
  };
}

// -> {state: "new" | "begun" | "done", text, answered}
export function statusOf(unit, begun, answers) {
  if (!begun) return { state: "new", text: "Not begun" };
  if (unit.kind === "lesson") return { state: "begun", text: "Begun" };
  const { answered, committed } = answeredIn(answers);
  const count = `${answered} of ${unit.tasks} answered`;
  if (answers?.receipt) return { state: "done", text: handedIn(answers.receipt, unit) };
  if (unit.tasks > 0 && committed >= unit.tasks) {
    return { state: "done", text: `Finished, ${answered} of ${unit.tasks} answered` };
  }
  return { state: "begun", text: `Begun, ${count}`, answered };
}

function handedIn(receipt, unit) {
  const at = new Date(receipt.at ?? "");
  const day = { day: "numeric", month: "long", year: "numeric" };
  const when = Number.isNaN(at.getTime()) ? "" : ` ${at.toLocaleDateString(undefined, day)}`;
  const of = receipt.of ?? unit.tasks;
  return `Handed in${when}` + (Number.isInteger(receipt.answered) ? `, ${receipt.answered} of ${of} answered` : "");
}

// The unit to go on with: one that was begun, else the first that was not. A
// lesson is read once.
export function nextUnit(modules, statuses) {
  const units = modules.flatMap(({ rows }) => rows.map((row) => workedIn(row, statuses)));
  const stateOf = ({ id }) => statuses.get(id).state;
  const begun = units.find((unit) => unit.kind !== "lesson" && stateOf(unit) === "begun");
  return begun ?? units.find((unit) => stateOf(unit) === "new") ?? null;
}

export const anyBegun = (statuses) => [...statuses.values()].some(({ state }) => state !== "new");
