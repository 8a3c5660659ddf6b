// What the page knows: answers, what is committed, feedback, and the talk with the course.
import { openDrafts } from "./drafts.js";
import { createQueue, SAVE_PATIENCE } from "./queue.js";
import { say } from "./strings.js";

export const ACTION_PATIENCE = 15000;

/** The browser's own clock; tests bring another. */
export const realClock = {
  now: () => Date.now(),
  later: (fn, wait) => setTimeout(fn, wait),
  cancel: (id) => clearTimeout(id),
};

/** The state of one unit on this page. `send` carries a message to the course. */
export function createStore({ unit, state, feedback, send, storage, clock = realClock }) {
  const store = {
    unit: unit ?? {},
    state: state ?? {},
    feedback: { ...feedback },
    entries: new Map(),
    problems: [],
    clock,
    waiting: new Map(),
    listeners: new Set(),
    // Two views may talk over one line: a random start keeps their numbers apart.
    n: Math.floor(Math.random() * 1e9) * 1000,
    send,
  };
  store.drafts = openDrafts(store.state.key, storage);
  store.queue = createQueue({
    post: (message) => post(store, message),
    revisionOf: (task) => entryOf(store, task).revision,
    clock,
    changed: () => emit(store, { type: "status" }),
  });
  adoptState(store, store.state, {});
  offerDrafts(store);
  return publicFace(store);
}

function publicFace(store) {
  return {
    unit: store.unit,
    entry: (task) => entryOf(store, task),
    feedback: (task) => store.feedback[task] ?? null,
    state: () => store.state,
    problems: () => store.problems,
    graded: () => store.unit.kind === "graded",
    locked: (task) => isLocked(store, task),
    status: () => saveStatus(store),
    change: (task, value, delay) => changeValue(store, task, value, delay),
    rate: (task, ratings) => rate(store, task, ratings),
    commit: (task) => act(store, { type: "commit", task }),
    handIn: () => act(store, { type: "hand-in" }),
    mark: () => act(store, { type: "mark" }),
    restart: () => act(store, { type: "restart" }),
    receive: (message) => receive(store, message),
    retry: () => retry(store),
    sendNow: () => store.queue.sendNow(),
    dismiss: (problem) => dismiss(store, problem),
    subscribe: (listener) => {
      store.listeners.add(listener);
      return () => store.listeners.delete(listener);
    },
    stop: () => store.queue.stop(),
  };
}

function entryOf(store, task) {
  if (!store.entries.has(task)) store.entries.set(task, readEntry({}));
  return store.entries.get(task);
}

function readEntry(given) {
  return {
    value: given.value ?? null,
    committed: Boolean(given.committed),
    committedAt: given.committed_at ?? null,
    revision: given.revision ?? 0,
    saved: given.saved ?? null,
    ratings: { ...given.ratings },
  };
}

function isLocked(store, task) {
  return entryOf(store, task).committed || Boolean(store.state.receipt);
}

function emit(store, event) {
  [...store.listeners].forEach((listener) => listener(event));
}

function post(store, message) {
  store.n += 1;
  try {
    store.send({ ...message, n: store.n });
  } catch {
    // A closed line is noticed by the missing answer, and the save is repeated.
  }
  return store.n;
}

function changeValue(store, task, value, delay = 0) {
  if (isLocked(store, task)) return;
  const entry = entryOf(store, task);
  entry.value = value;
  const at = new Date(store.clock.now()).toISOString();
  store.drafts.put(task, { value, revision: entry.revision, at });
  store.queue.put(task, value, delay);
  emit(store, { type: "value", task });
}

function rate(store, task, ratings) {
  entryOf(store, task).ratings = { ...ratings };
  post(store, { type: "rate", task, ratings });
}

/** Save first, then ask; resolves true when the course has done it. */
async function act(store, message) {
  if (message.type !== "restart" && !(await store.queue.flush())) {
    addProblem(store, say("problem.saveFirst"));
    return false;
  }
  return new Promise((resolve) => {
    const n = post(store, message);
    const timer = store.clock.later(() => {
      store.waiting.delete(n);
      addProblem(store, say("problem.noAnswer"));
      resolve(false);
    }, ACTION_PATIENCE);
    store.waiting.set(n, { ...message, resolve, timer });
  });
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

function offerDrafts(store) {
  const tasks = store.drafts.read();
  if (!Object.keys(tasks).length) return;
  for (const [task, draft] of Object.entries(tasks)) showDraft(store, task, draft);
  store.draftsSince = store.clock.now();
  postDrafts(store);
}

function showDraft(store, task, draft) {
  const entry = entryOf(store, task);
  // Until the course has compared them, the trainee sees their own last words.
  const newer = (draft?.revision ?? 0) >= entry.revision;
  if (newer && draft?.value && !isLocked(store, task)) entry.value = draft.value;
}

function postDrafts(store) {
  if (store.draftsSince === undefined) return;
  post(store, { type: "drafts", tasks: store.drafts.read() });
  store.draftsTimer = store.clock.later(() => {
    emit(store, { type: "status" });
    postDrafts(store);
  }, SAVE_PATIENCE + 1000);
}

function retry(store) {
  store.queue.sendNow({ again: true });
}

function saveStatus(store) {
  const { draftsSince, queue, clock } = store;
  const draftsLate =
    draftsSince !== undefined && clock.now() - draftsSince >= SAVE_PATIENCE;
  if (draftsLate || queue.isLate()) return { kind: "late" };
  if (draftsSince !== undefined || queue.size()) return { kind: "saving" };
  const times = [...store.entries.values()].map((entry) => entry.saved).filter(Boolean);
  return times.length ? { kind: "saved", at: times.sort().at(-1) } : { kind: "idle" };
}

const RECEIVERS = {
  saved: receiveSaved,
  committed: receiveCommitted,
  receipt: receiveReceipt,
  marked: receiveMarked,
  state: receiveState,
  problem: receiveProblem,
};

function receive(store, message) {
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

function receiveCommitted(store, { n, tasks, feedback }) {
  const ids = markCommitted(store, tasks);
  Object.assign(store.feedback, feedback);
  const fits = (action, number) =>
    number === n || (action.type === "commit" && ids.includes(action.task));
  finishActions(store, fits, true);
  emit(store, { type: "committed", tasks: ids });
}

function markCommitted(store, tasks) {
  for (const [task, given] of Object.entries(tasks ?? {})) {
    const at = typeof given === "string" ? given : (given?.committed_at ?? null);
    Object.assign(entryOf(store, task), { committed: true, committedAt: at });
    store.drafts.clear(task);
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

function receiveMarked(store, { feedback, points, maximum }) {
  Object.assign(store.feedback, feedback);
  store.state.marked = { points, maximum };
  finishActions(store, (action) => action.type === "mark", true);
  emit(store, { type: "marked" });
}

function receiveState(store, { state, feedback }) {
  const restarted = finishActions(store, (action) => action.type === "restart", true);
  if (restarted) store.queue.clear();
  if (restarted || store.draftsSince !== undefined) clearSettledDrafts(store);
  store.clock.cancel(store.draftsTimer);
  delete store.draftsSince;
  store.feedback = { ...feedback };
  adoptState(store, state ?? {}, { keep: (task) => store.queue.has(task) });
  emit(store, { type: "state", restarted });
}

function clearSettledDrafts(store) {
  Object.keys(store.drafts.read())
    .filter((task) => !store.queue.has(task))
    .forEach((task) => store.drafts.clear(task));
}

function adoptState(store, state, { keep = () => false }) {
  const before = new Map(store.entries);
  // Some fields are told once only; a later state need not repeat them.
  store.state = { ...store.state, ...state };
  store.entries.clear();
  for (const [task, given] of Object.entries(state.tasks ?? {})) {
    store.entries.set(task, readEntry(given ?? {}));
  }
  for (const [task, entry] of before) {
    if (keep(task)) entryOf(store, task).value = entry.value;
  }
}

function receiveProblem(store, { n, text }) {
  const refused = store.queue.refuse(n);
  finishActions(store, (action, number) => number === n, false);
  addProblem(store, text || say("problem.unknown"));
  if (refused) emit(store, { type: "status" });
}

function addProblem(store, text) {
  // Repeated tries may fail in the same words; saying it once is enough.
  if (!store.problems.includes(text)) store.problems.push(text);
  emit(store, { type: "problem", text });
}

function dismiss(store, text) {
  store.problems = store.problems.filter((problem) => problem !== text);
  emit(store, { type: "problem" });
}
