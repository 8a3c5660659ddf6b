// What the course says to the page, one small function a message. Messages may come in
// any order and of any type; what is unknown is left alone.
import { addProblem, adoptState, emit, entryOf } from "./entries.js";
import { say } from "./strings.js";

const RECEIVERS = {
  saved: receiveSaved,
  committed: receiveCommitted,
  receipt: receiveReceipt,
  marked: receiveMarked,
  state: receiveState,
  problem: receiveProblem,
};

/** Take in one message. */
export function receive(store, message) {
  const known = message && Object.hasOwn(RECEIVERS, message.type);
  if (known) RECEIVERS[message.type](store, message);
}

function receiveSaved(store, { n, task, revision, at }) {
  const entry = entryOf(store, task);
  entry.revision = Math.max(entry.revision, revision ?? 0);
  entry.saved = at ?? entry.saved ?? new Date(store.clock.now()).toISOString();
  if (store.queue.confirm(n, task)) store.drafts.clear(task);
  finishActions(store, (action, number) => number === n, true);
  emit(store, { type: "status" });
}

function receiveCommitted(store, { n, tasks, feedback, closing }) {
  const ids = markCommitted(store, tasks);
  Object.assign(store.feedback, feedback);
  Object.assign(store.closing, closing);
  const fits = (action, number) =>
    number === n || (action.type === "commit" && ids.includes(action.task));
  finishActions(store, fits, true);
  emit(store, { type: "committed", tasks: ids });
}

function markCommitted(store, tasks) {
  for (const [task, given] of Object.entries(tasks ?? {})) {
    const at = typeof given === "string" ? given : (given?.committed_at ?? null);
    Object.assign(entryOf(store, task), { committed: true, committedAt: at });
    if (!store.queue.has(task)) store.drafts.clear(task);
  }
  return Object.keys(tasks ?? {});
}

function receiveReceipt(store, { receipt, tasks }) {
  store.state.receipt = receipt ?? store.state.receipt;
  markCommitted(store, tasks);
  store.drafts.clearAll();
  finishActions(store, (action) => action.type === "hand-in", true);
  emit(store, { type: "receipt" });
}

function receiveMarked(store, { feedback, closing, points, maximum }) {
  Object.assign(store.feedback, feedback);
  Object.assign(store.closing, closing);
  store.state.marked = { points, maximum };
  finishActions(store, (action) => action.type === "mark", true);
  emit(store, { type: "marked" });
}

function receiveState(store, { n, task, state, feedback, closing }) {
  // A save that came too late is kept beside the answer: it need not be sent again.
  if (task && store.queue.confirm(n, task)) store.drafts.clear(task);
  const restarted = finishActions(store, (action) => action.type === "restart", true);
  if (restarted) store.queue.clear();
  if (restarted || store.draftsSince !== undefined) clearSettledDrafts(store);
  settleDrafts(store);
  store.feedback = { ...feedback };
  store.closing = { ...closing };
  adoptState(store, state ?? {}, { keep: (task) => store.queue.has(task) });
  emit(store, { type: "state", restarted });
}

function settleDrafts(store) {
  store.clock.cancel(store.draftsTimer);
  delete store.draftsSince;
}

function clearSettledDrafts(store) {
  Object.keys(store.drafts.read())
    .filter((task) => !store.queue.has(task))
    .forEach((task) => store.drafts.clear(task));
}

function receiveProblem(store, { n, text }) {
  const refused = store.queue.refuse(n);
  // Drafts that were refused stay in the browser; offering them again would not help.
  if (n === store.draftsNumber) settleDrafts(store);
  finishActions(store, (action, number) => number === n, false);
  addProblem(store, text || say("problem.unknown"));
  if (refused) emit(store, { type: "status" });
}

function finishActions(store, fits, outcome) {
  let finished = false;
  for (const [n, action] of store.waiting) {
    if (!fits(action, n)) continue;
    store.clock.cancel(action.timer);
    store.waiting.delete(n);
    action.resolve(outcome);
    finished = true;
  }
  return finished;
}
