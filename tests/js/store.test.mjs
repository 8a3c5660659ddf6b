import assert from "node:assert/strict";
import { test } from "node:test";
import { brokenStorage, fakeClock, fakeStorage } from "./fakes.mjs";
import { loadPage } from "./load.mjs";

const { createStore } = await loadPage();
const UNIT = { id: "u1", kind: "practice", tasks: [{ id: "t1" }, { id: "t2" }] };
const VALUE = { text: "first" };
const turn = () => new Promise((resolve) => setImmediate(resolve));

function open({ state = {}, storage = fakeStorage(), feedback = {} } = {}) {
  const clock = fakeClock();
  const sent = [];
  const send = (message) => sent.push(message);
  const given = { key: "k", ...state };
  const store = createStore({ unit: UNIT, state: given, feedback, send, storage, clock });
  const saved = (message, revision = 1) =>
    store.receive({ type: "saved", n: message.n, task: message.task, revision });
  const drafts = () => JSON.parse(storage.getItem("caselens:k") ?? "{}");
  return { store, clock, sent, saved, drafts, storage };
}

test("a choice is sent at once, with the revision last known", () => {
  const { store, sent } = open({ state: { tasks: { t1: { revision: 4 } } } });
  store.change("t1", VALUE, 0);
  assert.equal(sent.length, 1);
  const { n, ...message } = sent[0];
  assert.equal(typeof n, "number");
  const beside = { confidence: null, first_text: null, first_done: false };
  assert.deepEqual(message, { type: "save", task: "t1", value: VALUE, ...beside, revision: 4 });
});

test("typing waits for a pause and sends the last words only", () => {
  const { store, sent, clock } = open();
  store.change("t1", { text: "a" }, 400);
  clock.pass(300);
  store.change("t1", { text: "ab" }, 400);
  clock.pass(399);
  assert.equal(sent.length, 0);
  clock.pass(1);
  assert.deepEqual(sent.map((one) => one.value.text), ["ab"]);
});

test("a second save waits until the first is confirmed", () => {
  const { store, sent, saved } = open();
  store.change("t1", { text: "a" }, 0);
  store.change("t1", { text: "b" }, 0);
  assert.equal(sent.length, 1);
  saved(sent[0], 7);
  assert.equal(sent.length, 2);
  assert.equal(sent[1].revision, 7);
  assert.equal(store.status().kind, "saving");
  saved(sent[1], 8);
  assert.equal(store.status().kind, "saved");
});

test("tasks do not wait for each other", () => {
  const { store, sent } = open();
  store.change("t1", VALUE, 0);
  store.change("t2", VALUE, 0);
  assert.deepEqual(sent.map((one) => one.task), ["t1", "t2"]);
});

test("a save without an answer is called late after four seconds and tried again", () => {
  const { store, sent, clock, saved } = open();
  store.change("t1", VALUE, 0);
  clock.pass(3999);
  assert.equal(store.status().kind, "saving");
  clock.pass(1);
  assert.equal(store.status().kind, "late");
  clock.pass(1500);
  assert.equal(sent.length, 2);
  assert.notEqual(sent[0].n, sent[1].n);
  saved(sent[0]);
  assert.equal(store.status().kind, "saved");
});

test("coming back to the page tries again at once", () => {
  const { store, sent } = open();
  store.change("t1", VALUE, 0);
  store.retry();
  assert.equal(sent.length, 2);
});

test("a draft is kept until its save is confirmed", () => {
  const { store, sent, saved, drafts } = open();
  store.change("t1", VALUE, 400);
  assert.deepEqual(drafts().t1.value, VALUE);
  store.sendNow();
  saved(sent[0]);
  assert.deepEqual(drafts(), {});
});

test("a draft is kept when only an older text is confirmed", () => {
  const { store, sent, saved, drafts } = open();
  store.change("t1", { text: "a" }, 0);
  store.change("t1", { text: "ab" }, 400);
  saved(sent[0]);
  assert.equal(drafts().t1.value.text, "ab");
});

test("drafts of an earlier visit are offered, shown, and cleared when merged", () => {
  const draft = { value: VALUE, revision: 2, at: "2030-01-01T10:00:00Z" };
  const storage = fakeStorage({ "caselens:k": JSON.stringify({ t1: draft }) });
  const state = { tasks: { t1: { value: { text: "old" }, revision: 2 } } };
  const { store, sent, drafts } = open({ storage, state });
  assert.deepEqual(sent[0].tasks, { t1: draft });
  assert.deepEqual(store.entry("t1").value, VALUE);
  const merged = { tasks: { t1: { value: VALUE, revision: 3 } } };
  store.receive({ type: "state", n: sent[0].n, state: merged, feedback: {} });
  assert.equal(store.entry("t1").revision, 3);
  assert.deepEqual(drafts(), {});
});

test("an outdated draft is offered and not shown", () => {
  const draft = { value: VALUE, revision: 1 };
  const storage = fakeStorage({ "caselens:k": JSON.stringify({ t1: draft }) });
  const state = { tasks: { t1: { value: { text: "newer" }, revision: 2 } } };
  const { store, sent } = open({ storage, state });
  assert.equal(sent[0].type, "drafts");
  assert.equal(store.entry("t1").value.text, "newer");
});

test("what is being typed survives a state that arrives meanwhile", () => {
  const { store } = open();
  store.change("t1", { text: "mine" }, 400);
  const state = { tasks: { t1: { value: { text: "theirs" }, revision: 9 } } };
  store.receive({ type: "state", state, feedback: {} });
  assert.equal(store.entry("t1").value.text, "mine");
  assert.equal(store.entry("t1").revision, 9);
});

test("a browser without storage still saves", () => {
  const { store, sent } = open({ storage: brokenStorage });
  store.change("t1", VALUE, 0);
  assert.equal(sent.length, 1);
});

test("damaged drafts are left alone", () => {
  const { sent } = open({ storage: fakeStorage({ "caselens:k": "[not" }) });
  assert.equal(sent.length, 0);
});

test("committing saves first and waits for the confirmation", async () => {
  const { store, sent, saved } = open();
  store.change("t1", VALUE, 400);
  const done = store.commit("t1");
  assert.deepEqual(sent.map((one) => one.type), ["save"]);
  saved(sent[0]);
  await turn();
  assert.deepEqual(sent.map((one) => one.type), ["save", "commit"]);
  const feedback = { t1: { task: "t1", summary: "Well read." } };
  const tasks = { t1: "2030-01-01T10:00:00Z" };
  store.receive({ type: "committed", n: sent[1].n, tasks, feedback });
  assert.equal(await done, true);
  assert.equal(store.locked("t1"), true);
  assert.equal(store.feedback("t1").summary, "Well read.");
});

test("nothing is committed while a save is not confirmed", async () => {
  const { store, sent, clock } = open();
  store.change("t1", VALUE, 0);
  const done = store.commit("t1");
  clock.pass(9000);
  assert.equal(await done, false);
  assert.ok(sent.every((one) => one.type === "save"));
  assert.equal(store.problems().length, 1);
});

test("a committed task takes no more changes", () => {
  const { store, sent } = open({ state: { tasks: { t1: { committed: true } } } });
  store.change("t1", VALUE, 0);
  assert.equal(sent.length, 0);
});

test("handing in locks every task and keeps the receipt", async () => {
  const { store, sent } = open();
  const done = store.handIn();
  await turn();
  const receipt = { at: "2030-01-01T10:00:00Z", answered: 1, of: 2, digest: "abc" };
  store.receive({ type: "receipt", n: sent[0].n, receipt, tasks: {} });
  assert.equal(await done, true);
  assert.equal(store.locked("t2"), true);
  assert.equal(store.state().receipt.digest, "abc");
});

test("marking brings feedback and points", async () => {
  const { store, sent } = open();
  const done = store.mark();
  await turn();
  const feedback = { t1: { points: 1 } };
  store.receive({ type: "marked", n: sent[0].n, feedback, points: 1, maximum: 2 });
  assert.equal(await done, true);
  assert.deepEqual(store.state().marked, { points: 1, maximum: 2 });
});

test("starting again forgets answers, drafts and what was on its way", async () => {
  const { store, sent, drafts } = open();
  store.change("t1", VALUE, 0);
  const done = store.restart();
  await turn();
  const { n } = sent.find((one) => one.type === "restart");
  store.receive({ type: "state", n, state: { tasks: {}, receipt: null }, feedback: {} });
  assert.equal(await done, true);
  assert.equal(store.entry("t1").value, null);
  assert.deepEqual(drafts(), {});
  assert.notEqual(store.status().kind, "saving");
});

test("a problem is kept until it is dismissed, and said once", () => {
  const { store, sent } = open();
  store.change("t1", VALUE, 0);
  store.receive({ type: "problem", n: sent[0].n, text: "The disk is full." });
  store.receive({ type: "problem", n: sent[0].n, text: "The disk is full." });
  assert.deepEqual(store.problems(), ["The disk is full."]);
  assert.equal(store.status().kind, "late");
  store.dismiss("The disk is full.");
  assert.deepEqual(store.problems(), []);
});

test("a refused save is tried again before long, and the next change is sent", () => {
  const { store, sent, clock } = open();
  store.change("t1", VALUE, 0);
  store.receive({ type: "problem", n: sent[0].n, text: "Too long." });
  clock.pass(1000);
  assert.equal(sent.length, 1);
  clock.pass(6000);
  assert.equal(sent.length, 2);
  assert.deepEqual(sent[1].value, VALUE);
  store.receive({ type: "problem", n: sent[1].n, text: "Too long." });
  store.change("t1", { text: "shorter" }, 0);
  assert.deepEqual(sent.at(-1).value, { text: "shorter" });
  assert.equal(store.problems().length, 1);
});

test("a page opens where it was left, and at its beginning without storage", () => {
  const storage = fakeStorage();
  open({ storage }).store.bookmark.put("t1");
  assert.equal(open({ storage }).store.bookmark.read(), "t1");
  assert.equal(open({ storage: brokenStorage }).store.bookmark.read(), null);
});

test("a case that was opened stays open in this browser", () => {
  const storage = fakeStorage();
  const { store } = open({ storage });
  store.bookmark.put("t1");
  store.bookmark.open("c1");
  assert.equal(open({ storage }).store.bookmark.isOpened("c1"), true);
  assert.equal(open({ storage }).store.bookmark.isOpened("c2"), false);
  assert.equal(open({ storage }).store.bookmark.read(), "t1");
});

test("how sure and what was written first travel with the answer", () => {
  const { store, sent } = open();
  store.writeFirst("t1", "She may", 0);
  store.sure("t1", 4);
  store.openMenu("t1");
  store.change("t1", VALUE, 0);
  store.receive({ type: "saved", n: sent[0].n, task: "t1", revision: 5 });
  const { value, confidence, first_text: text, first_done: done } = sent.at(-1);
  assert.deepEqual([value, confidence, text, done], [VALUE, 4, "She may", true]);
});

test("what was written first is kept in the browser until it is saved", () => {
  const storage = fakeStorage();
  const before = open({ storage });
  before.store.writeFirst("t1", "Half a sentence", 0);
  const after = open({ storage });
  assert.equal(after.store.entry("t1").firstText, "Half a sentence");
  const drafts = after.sent.find((one) => one.type === "drafts");
  assert.equal(drafts.tasks.t1.first_text, "Half a sentence");
});

test("committing a stage saves first and names case and stage", async () => {
  const { store, sent } = open();
  store.change("t1", VALUE, 0);
  const done = store.commitStage({ case: "c1", stage: 1 });
  store.receive({ type: "saved", n: sent[0].n, task: "t1", revision: 5 });
  await Promise.resolve();
  await Promise.resolve();
  const asked = sent.at(-1);
  assert.deepEqual([asked.type, asked.case, asked.stage], ["commit-stage", "c1", 1]);
  store.receive({ type: "committed", n: asked.n, tasks: { t1: "2030" }, closing: { c1: {} } });
  assert.equal(await done, true);
  assert.equal(store.entry("t1").committed, true);
  assert.deepEqual(store.closing("c1"), {});
});

test("strange messages and those of another view do no harm", () => {
  const { store, sent } = open();
  for (const message of [null, undefined, "x", {}, { type: "toString" }, { type: "new" }]) {
    store.receive(message);
  }
  store.change("t1", VALUE, 0);
  store.receive({ type: "saved", n: -1, task: "t1", revision: 12 });
  assert.equal(store.entry("t1").revision, 12);
  assert.equal(store.status().kind, "saving");
  store.receive({ type: "committed" });
  store.receive({ type: "receipt" });
  store.receive({ type: "problem" });
  assert.equal(sent.length, 1);
});

test("a line that is closed is not an error", () => {
  const send = () => {
    throw new Error("closed");
  };
  const storage = fakeStorage();
  const store = createStore({ unit: UNIT, state: {}, send, storage, clock: fakeClock() });
  store.change("t1", VALUE, 0);
  assert.equal(store.status().kind, "saving");
});

test("own ratings are sent and remembered", () => {
  const { store, sent } = open();
  store.rate("t1", { plain: 2 });
  assert.equal(sent[0].type, "rate");
  assert.deepEqual(store.entry("t1").ratings, { plain: 2 });
});
