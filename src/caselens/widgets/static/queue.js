// Answers on their way to the file: one at a time for each task, repeated until confirmed.

export const SAVE_PATIENCE = 4000;
export const RETRY_EVERY = 5000;
const TICK = 1000;

/**
 * `post(message)` sends and returns the message's number, `revisionOf(task)` the last
 * confirmed revision, `clock` has now/later/cancel, `changed()` is called on any change.
 */
export function createQueue({ post, revisionOf, clock, changed }) {
  const waiting = new Map();
  const listeners = new Set();
  let ticker = null;

  function put(task, given, delay = 0) {
    const item = waiting.get(task) ?? newItem();
    waiting.set(task, item);
    Object.assign(item, { given, serial: item.serial + 1, refused: false });
    clock.cancel(item.timer);
    item.timer = delay ? clock.later(() => dispatch(task, item), delay) : null;
    if (!delay) dispatch(task, item);
    keepTicking();
    changed();
  }

  function dispatch(task, item) {
    item.timer = null;
    // A second save before the first is confirmed would carry an outdated revision.
    if (item.sentAt !== null || item.refused || waiting.get(task) !== item) return;
    item.sentAt = clock.now();
    if (item.since === null) clock.later(changed, SAVE_PATIENCE);
    item.since ??= item.sentAt;
    const message = { type: "save", task, ...item.given, revision: revisionOf(task) };
    item.numbers.set(post(message), item.serial);
  }

  /** Returns true when the newest value of the task is now safe. */
  function confirm(n, task) {
    const item = waiting.get(task);
    const serial = item?.numbers.get(n);
    if (serial === undefined) return false;
    Object.assign(item, { sentAt: null, since: null });
    if (serial !== item.serial) {
      if (item.timer === null) dispatch(task, item);
      return false;
    }
    remove(task);
    return true;
  }

  /** The course could not take this save now: say so, and try again before long. */
  function refuse(n) {
    for (const item of waiting.values()) {
      if (!item.numbers.has(n)) continue;
      Object.assign(item, { sentAt: null, refused: true, refusedAt: clock.now() });
      settle();
      return true;
    }
    return false;
  }

  function remove(task) {
    clock.cancel(waiting.get(task)?.timer);
    waiting.delete(task);
    settle();
  }

  function sendNow({ again = false } = {}) {
    for (const [task, item] of waiting) {
      clock.cancel(item.timer);
      item.refused = false;
      if (again) item.sentAt = null;
      dispatch(task, item);
    }
  }

  function tick() {
    ticker = null;
    for (const [task, item] of waiting) {
      const since = item.refused ? item.refusedAt : item.sentAt;
      if (since !== null && clock.now() - since >= RETRY_EVERY) {
        Object.assign(item, { sentAt: null, refused: false });
        dispatch(task, item);
      }
    }
    keepTicking();
    changed();
  }

  function keepTicking() {
    if (ticker === null && waiting.size) ticker = clock.later(tick, TICK);
  }

  function settle() {
    const refused = [...waiting.values()].some((item) => item.refused);
    if (waiting.size && !refused) return;
    listeners.forEach((resolve) => resolve(!refused));
    listeners.clear();
  }

  /** Send everything; resolves true when all is confirmed, false when it is not in time. */
  function flush(patience = 2 * SAVE_PATIENCE) {
    sendNow();
    return new Promise((resolve) => {
      listeners.add(resolve);
      clock.later(() => resolve(false), patience);
      settle();
    });
  }

  const isLate = () =>
    [...waiting.values()].some(
      (item) =>
        item.refused ||
        (item.since !== null && clock.now() - item.since >= SAVE_PATIENCE),
    );

  return {
    put,
    confirm,
    refuse,
    flush,
    sendNow,
    isLate,
    has: (task) => waiting.has(task),
    size: () => waiting.size,
    clear: () => [...waiting.keys()].forEach(remove),
    stop: () => clock.cancel(ticker),
  };
}

function newItem() {
  return { serial: 0, numbers: new Map(), since: null, sentAt: null, timer: null };
}
