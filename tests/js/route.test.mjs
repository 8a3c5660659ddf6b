import assert from "node:assert/strict";
import { test } from "node:test";
import { installPage } from "./fakes.mjs";
import { loadPage } from "./load.mjs";

installPage();
const page = await loadPage();
const TASKS = [{ id: "t-goals", kind: "goals", case: "c1", stage: 1 }];
const kinds = (one) =>
  page.routeOf({ cases: [{ id: "c1", stages: [], ...one }], tasks: TASKS }).map(({ kind }) => kind);

test("a full case ends with one's own formulation and a look back", () => {
  assert.deepEqual(kinds({}), ["read", "task", "mine", "closing", "finish"]);
});

test("a short case ends with its last task", () => {
  assert.deepEqual(kinds({ short: true }), ["read", "task", "finish"]);
});

test("a case of which more is asked later is not looked back on yet", () => {
  assert.deepEqual(kinds({ continued: true }), ["read", "task", "mine", "finish"]);
});
