// One question with radio buttons, for tasks that lay out their parts in their own way.
import { drawRadios } from "./choices.js";
import { h, nextId } from "./dom.js";
import { rubricCriteria } from "./rating.js";

/**
 * A fieldset for one part. `more`: {choices, pick, kind, before, after, clear}: `kind`
 * adds a class, `before` and `after` stand around the choices, `clear` false means that
 * a choice can be changed and not taken back.
 */
export function drawField(context, answer, part, more) {
  const { choices, kind, before, after, clear = true } = more;
  const names = { text: nextId("part") };
  const pick = more.pick ?? ((choice) => answer.mergePart(part.id, { choice }));
  const control = drawRadios({ part, names, pick, choices, answer, context });
  return h(
    "fieldset",
    { class: kind ? `cl-part ${kind}` : "cl-part" },
    control.label,
    before,
    control.element,
    after,
    clear ? control.clear : null,
  );
}

/** One criterion of a rubric with its levels as a list; `part` names and keeps it. */
export function drawLevels(context, answer, part, more) {
  const { criterion, ...rest } = more;
  const before = criterion.text ? h("p", { class: "cl-help" }, criterion.text) : null;
  const choices = criterion.levels.map(levelChoice);
  return drawField(context, answer, part, { choices, before, ...rest });
}

// Points are numbers in a rubric and text in an answer.
function levelChoice({ id, label, text }) {
  const named = label && text ? [h("b", {}, `${label}. `), text] : label || text;
  return { id: String(id), label: named };
}

/** The criterion with this id, in the one form that `rubricCriteria` gives. */
export function criterionOf(rubric, id) {
  return rubricCriteria(rubric).find((one) => one.id === id) ?? null;
}
