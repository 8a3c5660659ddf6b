import assert from "node:assert/strict";
import { test } from "node:test";

const STATIC = new URL("../../src/caselens/labextension/static/", import.meta.url);
const { orderOf, progressOf, rowsOf, settled, workedIn } = await import(new URL("rows.js", STATIC));
const { nextUnit } = await import(new URL("status.js", STATIC));

const unit = (id, more = {}) => ({ id, title: id, kind: "practice", spare: false, form: null, ...more });
const FORMS = ["A", "B", "C"].map((form) => unit(`form${form}`, { form, kind: "graded" }));
const occasion = (place) => ({ place, title: `Occasion ${place}`, hint: "Write." });
const CATALOGUE = {
  modules: [
    { id: "m00", occasions: [occasion(1)], units: [unit("lesson", { kind: "lesson" }), ...FORMS] },
    {
      id: "m01",
      occasions: [occasion(2), occasion(3)],
      units: [unit("first", { alternative: "other" }), unit("other", { alternative: "first", spare: true }), unit("last")],
    },
  ],
};
const modules = rowsOf(CATALOGUE, "somebody");
const [, { rows }] = modules;
const statuses = (states) =>
  new Map(CATALOGUE.modules.flatMap((one) => one.units).map(({ id }) => [id, { state: states[id] ?? "new" }]));

test("a trainee works each form once, and the occasion gives it its title", () => {
  const found = modules.flatMap((one) => one.rows).map((row) => row.unit).filter(({ form }) => form);
  assert.deepEqual(found.map(({ title }) => title), ["Occasion 1", "Occasion 2", "Occasion 3"]);
  assert.equal(found.map(({ form }) => form).join(""), orderOf("somebody"));
  assert.equal(new Set(found.map(({ form }) => form)).size, 3);
});

test("a form is written after the unit that its occasion names, or else at the module's end", () => {
  const [start, end] = CATALOGUE.modules;
  const early = { ...start, occasions: [{ ...occasion(1), after: "lesson" }], units: [...start.units, unit("trial")] };
  const [first, last] = rowsOf({ modules: [early, end] }, "somebody").map((one) => one.rows.map((row) => row.unit.title));
  assert.deepEqual(first, ["lesson", "Occasion 1", "trial"]);
  assert.deepEqual(last.slice(-2), ["Occasion 2", "Occasion 3"]);
});

test("the same name always gets the same order, and many names every order about equally often", () => {
  const counts = new Map();
  for (let n = 0; n < 6000; n += 1) {
    const order = orderOf(`trainee-${n}`);
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  assert.equal(counts.size, 6);
  for (const found of counts.values()) assert.ok(found > 850 && found < 1150, String(found));
  assert.equal(orderOf("ana"), orderOf("ana"));
});

test("a unit that stands in for another has no row of its own", () => {
  const ids = rows.map((row) => row.unit.id);
  assert.deepEqual(ids.slice(0, 2), ["first", "last"]);
  assert.deepEqual(rows[0].spares.map(({ id }) => id), ["other"]);
});

test("a stand-in that was begun counts for its unit, and work on the unit itself comes first", () => {
  assert.equal(workedIn(rows[0], statuses({ other: "done" })).id, "other");
  assert.equal(workedIn(rows[0], statuses({ other: "begun" })).id, "other");
  assert.equal(workedIn(rows[0], statuses({ first: "begun", other: "begun" })).id, "first");
  assert.equal(workedIn(rows[0], statuses({ first: "begun", other: "done" })).id, "other");
  assert.equal(workedIn(rows[0], statuses({})).id, "first");
});

test("what was done through a stand-in is not advised again", () => {
  const done = { lesson: "begun", formA: "done", formB: "done", formC: "done" };
  assert.equal(nextUnit(modules, statuses(done)).id, "first");
  assert.equal(nextUnit(modules, statuses({ ...done, other: "done" })).id, "last");
  assert.equal(nextUnit(modules, statuses({ ...done, other: "begun" })).id, "other");
});

test("a stand-in that several units name counts for one of them, and is no longer offered for the others", () => {
  const units = [
    unit("set1", { alternative: "spare" }), unit("set2", { alternative: "spare" }),
    unit("set3", { alternative: "spare" }), unit("spare", { alternative: "set2", spare: true }),
  ];
  const sets = rowsOf({ modules: [{ id: "m02", units }] }, "somebody");
  const all = (states) => new Map(units.map(({ id }) => [id, { state: states[id] ?? "new" }]));
  const worked = (states) => settled(sets, all(states))[0].rows.map((row) => workedIn(row, all(states)).id);
  const offered = (states) => settled(sets, all(states))[0].rows.map((row) => row.spares.length);
  assert.deepEqual(offered({}), [1, 1, 1]);
  assert.deepEqual(worked({ set1: "done", spare: "done" }), ["set1", "spare", "set3"]);
  assert.deepEqual(offered({ set1: "done", spare: "done" }), [0, 1, 0]);
  assert.deepEqual(worked({ spare: "begun" }), ["spare", "set2", "set3"]);
  assert.deepEqual(worked({ set1: "done", set2: "done", set3: "done", spare: "done" }), ["set1", "set2", "set3"]);
});

test("a stand-in counts for the unit that was opened and left for it", () => {
  const units = [
    unit("set1", { alternative: "spare" }), unit("set2", { alternative: "spare" }),
    unit("set3", { alternative: "spare" }), unit("spare", { spare: true }),
  ];
  const sets = rowsOf({ modules: [{ id: "m02", units }] }, "somebody");
  const worked = (states) => {
    const all = new Map(units.map(({ id }) => [id, { state: "new", ...states[id] }]));
    return settled(sets, all)[0].rows.map((row) => workedIn(row, all).id);
  };
  const begun = (answered) => ({ state: "begun", answered });
  assert.deepEqual(worked({ set2: begun(0), spare: begun(1) }), ["set1", "spare", "set3"]);
  assert.deepEqual(worked({ set1: begun(7), set2: begun(1), spare: { state: "done" } }), ["set1", "spare", "set3"]);
});

test("progress counts rows, a lesson when it was opened", () => {
  assert.deepEqual(progressOf(rows, statuses({ other: "done", last: "begun" })), { done: 1, of: 4 });
  assert.deepEqual(progressOf(modules[0].rows, statuses({ lesson: "begun" })), { done: 1, of: 2 });
});
