// What the page knows: answers, what is committed, feedback, and the talk with the course.
import { openBookmark } from "./bookmark.js";
import { openDrafts } from "./drafts.js";
import { addProblem, adoptGiven, adoptState, emit, entryOf, givenOf } from "./entries.js";
import { receive } from "./messages.js";
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
export function createStore({ unit, state, feedback, closing, ...around }) {
  const { send, storage, clock = realClock } = around;
  const store = {
    unit: unit ?? {},
    state: state ?? {},
    feedback: { ...feedback },
    closing: { ...closing },
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
  store.bookmark = openBookmark(store.state.key, storage);
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
    bookmark: store.bookmark,
    entry: (task) => entryOf(store, task),
    feedback: (task) => store.feedback[task] ?? null,
    closing: (caseId) => store.closing[caseId] ?? null,
    state: () => store.state,
    problems: () => store.problems,
    graded: () => store.unit.kind === "graded",
    locked: (task) => isLocked(store, task),
    status: () => saveStatus(store),
    change: (task, value, delay) => give(store, task, { value }, delay),
    sure: (task, confidence) => give(store, task, { confidence }, 0),
    writeFirst: (task, firstText, delay) => give(store, task, { firstText }, delay),
    openMenu: (task) => give(store, task, { firstDone: true }, 0),
    rate: (task, ratings) => rate(store, task, ratings),
    commit: (task) => act(store, { type: "commit", task }),
    commitStage: (at) => act(store, { type: "commit-stage", ...at }),
    handIn: () => act(store, { type: "hand-in" }),
    mark: () => act(store, { type: "mark" }),
    restart: () => act(store, { type: "restart" }),
    receive: (message) => receive(store, message),
    retry: () => retry(store),
    sendNow: () => store.queue.sendNow(),
    tell: (text) => addProblem(store, text),
    dismiss: (problem) => dismiss(store, problem),
    subscribe: (listener) => {
      store.listeners.add(listener);
      return () => store.listeners.delete(listener);
    },
    stop: () => {
      store.queue.stop();
      store.clock.cancel(store.draftsTimer);
    },
  };
}

function isLocked(store, task) {
  return entryOf(store, task).committed || Boolean(store.state.receipt);
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

function give(store, task, partial, delay = 0) {
  if (isLocked(store, task)) return;
  const entry = entryOf(store, task);
  Object.assign(entry, partial);
  const given = givenOf(entry);
  const at = new Date(store.clock.now()).toISOString();
  store.drafts.put(task, { ...given, revision: entry.revision, at });
  store.queue.put(task, given, delay);
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
  if (newer && draft && !isLocked(store, task)) adoptGiven(entry, draft);
}

function postDrafts(store) {
  if (store.draftsSince === undefined) return;
  const tasks = store.drafts.read();
  store.draftsNumber = post(store, { type: "drafts", tasks });
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

function dismiss(store, text) {
  store.problems = store.problems.filter((problem) => problem !== text);
  emit(store, { type: "problem" });
}
