// What the start page lists: the units of a module, those that stand in for them, and
// the forms that each trainee works in an order of their own.

const ORDERS = ["ABC", "BCA", "CAB", "ACB", "BAC", "CBA"];
const FNV_OFFSET = 2166136261;
const FNV_PRIME = 16777619;

// The same name always gives the same order; different names, about equally often each.
export function orderOf(name) {
  let hash = FNV_OFFSET;
  for (const letter of name) hash = Math.imul(hash ^ letter.codePointAt(0), FNV_PRIME);
  return ORDERS[(hash >>> 0) % ORDERS.length];
}

// -> the modules, each with rows: [{unit, spares: [unit]}]
export function rowsOf(catalogue, name) {
  const units = catalogue.modules.flatMap((module) => module.units);
  const order = orderOf(name);
  return catalogue.modules.map((module) => ({
    ...module,
    rows: [
      ...module.units.filter(isListed).flatMap((unit) => [
        { unit, spares: sparesOf(unit, units) },
        ...formRows(module, unit.id, order, units),
      ]),
      ...formRows(module, null, order, units),
    ],
  }));
}

const isListed = ({ spare, form }) => !spare && !form;

// A unit and its stand-in name each other; only the earlier one has a row.
const sparesOf = (unit, units) => units.filter(({ id, spare }) => spare && id === unit.alternative);

// The forms that are written after a unit, or at the end of a module.
function formRows({ occasions = [] }, unitId, order, units) {
  return occasions.filter(({ after = null }) => after === unitId).flatMap((one) => formRow(one, order, units));
}

function formRow({ place, title, hint }, order, units) {
  const found = units.find(({ form }) => form === order[place - 1]);
  return found ? [{ unit: { ...found, title, hint }, spares: [] }] : [];
}

// A stand-in may be named by several units, and counts for one: the one that was opened
// and left for it, or else the first, in the order of the course, that was not worked
// itself. The other rows no longer offer it.
// -> the modules, where each stand-in that was begun is left in one row
export function settled(modules, statuses) {
  const stateOf = ({ id }) => statuses.get(id).state;
  const left = (rows) => leastAnswered(rows.filter(({ unit }) => stateOf(unit) === "begun"), statuses);
  const rows = modules.flatMap((module) => module.rows);
  const taken = new Map();
  for (const spare of new Set(rows.flatMap((row) => row.spares))) {
    const named = rows.filter((row) => row.spares.includes(spare));
    if (stateOf(spare) !== "new") taken.set(spare, left(named) ?? named.find(({ unit }) => stateOf(unit) === "new") ?? named[0]);
  }
  const keptIn = (row) => row.spares.filter((spare) => (taken.get(spare) ?? row) === row);
  return modules.map((module) => ({ ...module, rows: module.rows.map((row) => ({ ...row, spares: keptIn(row) })) }));
}

function leastAnswered(rows, statuses) {
  const given = ({ unit }) => statuses.get(unit.id).answered ?? Infinity;
  return rows.toSorted((one, two) => given(one) - given(two))[0];
}

// The unit of a row that was worked: a stand-in that was begun counts for it.
export function workedIn({ unit, spares }, statuses) {
  const stateOf = ({ id }) => statuses.get(id).state;
  if (stateOf(unit) === "done") return unit;
  const done = spares.find((one) => stateOf(one) === "done");
  const begun = spares.find((one) => stateOf(one) === "begun");
  const untouched = stateOf(unit) === "new" || statuses.get(unit.id).answered === 0;
  return done ?? (untouched ? begun : null) ?? unit;
}

export function progressOf(rows, statuses) {
  const done = rows.filter((row) => statuses.get(workedIn(row, statuses).id).state === "done");
  const lessons = rows.filter(({ unit }) => unit.kind === "lesson" && statuses.get(unit.id).state !== "new");
  return { done: done.length + lessons.length, of: rows.length };
}
