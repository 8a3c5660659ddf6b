// The parts of the store that both its actions and its messages use.

/** The answer to one task and all that is known about it. */
export function entryOf(store, task) {
  if (!store.entries.has(task)) store.entries.set(task, readEntry({}));
  return store.entries.get(task);
}

function readEntry(given) {
  return {
    value: given.value ?? null,
    confidence: given.confidence ?? null,
    firstText: given.first_text ?? null,
    firstDone: Boolean(given.first_done),
    committed: Boolean(given.committed),
    committedAt: given.committed_at ?? null,
    revision: given.revision ?? 0,
    saved: given.saved ?? null,
    ratings: { ...given.ratings },
  };
}

/** What a save and a draft carry: all that a trainee gave for one task. */
export function givenOf({ value, confidence, firstText, firstDone }) {
  return { value, confidence, first_text: firstText, first_done: firstDone };
}

/** Take over what was given, as a save or a draft carries it; blanks take nothing away. */
export function adoptGiven(entry, given) {
  entry.value = given.value ?? entry.value;
  entry.confidence = given.confidence ?? entry.confidence;
  entry.firstText = given.first_text ?? entry.firstText;
  entry.firstDone = Boolean(given.first_done) || entry.firstDone;
}

/** Tell everybody who listens. */
export function emit(store, event) {
  [...store.listeners].forEach((listener) => listener(event));
}

/** Take over a whole state; `keep(task)` says which answers here are newer. */
export function adoptState(store, state, { keep = () => false }) {
  const before = new Map(store.entries);
  // Some fields are told once only; a later state need not repeat them.
  store.state = { ...store.state, ...state };
  store.entries.clear();
  for (const [task, given] of Object.entries(state.tasks ?? {})) {
    store.entries.set(task, readEntry(given ?? {}));
  }
  for (const [task, entry] of before) {
    if (keep(task)) adoptGiven(entryOf(store, task), givenOf(entry));
  }
}

/** Show a problem until it is dismissed. */
export function addProblem(store, text) {
  // Repeated tries may fail in the same words; saying it once is enough.
  if (!store.problems.includes(text)) store.problems.push(text);
  emit(store, { type: "problem", text });
}
