// The way through a unit: what its steps are, and which of them are open.

/** Every step in order: {kind, case, stage?, view?}. */
export function routeOf(unit) {
  const tasks = unit.tasks ?? [];
  const cases = unit.cases ?? [];
  const known = new Set(cases.map((one) => one.id));
  const steps = cases.flatMap((one) => stepsOfCase(one, tasks));
  const strays = tasks.filter((view) => !known.has(view.case));
  const start = steps.length ? [] : [{ kind: "read", case: null, stage: 1, first: true }];
  return [...start, ...steps, ...strays.map(taskStep), { kind: "finish", case: null }];
}

function taskStep(view) {
  return { kind: "task", case: view.case, stage: view.stage ?? 1, view };
}

function stepsOfCase(one, tasks) {
  const own = tasks.filter((view) => view.case === one.id);
  const steps = [];
  let stage = 0;
  for (const view of own) {
    const opens = view.stage ?? 1;
    if (opens > stage) {
      steps.push({ kind: "read", case: one.id, stage: opens, first: !stage });
      stage = opens;
    }
    steps.push(taskStep(view));
  }
  if (!steps.length) steps.push({ kind: "read", case: one.id, stage: 1, first: true });
  return [...steps, ...viewsOfCase(one, own)];
}

// What is looked at once there are answers; nothing is asked there.
function viewsOfCase(one, own) {
  const lenses = new Set(own.map((view) => (view.kind === "slots" ? view.lens : null)));
  const both = lenses.has("cbt") && lenses.has("dynamic");
  const drawn = both ? [{ kind: "lenses", case: one.id }, { kind: "compare", case: one.id }] : [];
  // Of a short case nothing more is said than under its tasks.
  if (!own.length || one.short) return drawn;
  const closing = one.continued ? [] : [{ kind: "closing", case: one.id }];
  return [...drawn, { kind: "mine", case: one.id }, ...closing];
}

/** A name for a step that stays the same when steps are added elsewhere. */
export function stepName({ kind, case: caseId, stage, view }) {
  if (kind === "task") return view.id;
  return [kind, caseId, kind === "read" ? stage : null].filter(Boolean).join("-");
}

/** The tasks that must be committed before a stage of a case opens, and are not. */
export function openBefore(page, { case: caseId, stage = 1 }) {
  return page.tasks.filter(
    (view) =>
      view.case === caseId &&
      (view.stage ?? 1) < stage &&
      !page.store.locked(view.id),
  );
}

/** How many stages of a case may be shown at this step. */
export function openStages(page, step) {
  const own = page.tasks.filter((view) => view.case === step.case);
  if (!own.some((view) => view.stage)) return Infinity;
  const first = Math.min(...own.map((view) => view.stage ?? 1));
  const begun = own.filter((view) => isBegun(page.store.entry(view.id)));
  const stages = begun.map((view) => view.stage ?? 1);
  const here = openBefore(page, step).length ? 0 : (step.stage ?? 0);
  // What was read once stays in view when one looks back.
  const seen = page.seen?.get(step.case) ?? 0;
  return Math.max(first, here, seen, ...stages);
}

/** Whether anything at all was given or committed. */
export function isBegun({ value, committed, firstText }) {
  return Boolean(value || committed || firstText);
}
