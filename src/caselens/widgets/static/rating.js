// The rubric of a written task, and rating one's own text against it.
import { h, nextId } from "./dom.js";
import { say } from "./strings.js";

/** Criteria of a rubric in one form, whatever the file calls things. */
export function rubricCriteria(rubric) {
  const criteria = rubric?.criteria ?? [];
  return criteria.map((criterion, index) => ({
    id: criterion.id ?? String(index),
    label: criterion.label ?? criterion.name ?? criterion.title ?? criterion.id ?? "",
    text: criterion.question ?? criterion.text ?? criterion.help ?? "",
    levels: rubricLevels(criterion.levels ?? rubric.levels ?? []),
  }));
}

function rubricLevels(levels) {
  const list = Array.isArray(levels)
    ? levels
    : Object.entries(levels).map(([id, level]) =>
        typeof level === "object" ? { id, ...level } : { id, text: level },
      );
  return list.map((level, index) => {
    if (typeof level !== "object") return { id: index, label: "", text: String(level) };
    return {
      id: level.id ?? level.level ?? level.points ?? index,
      label: level.label ?? level.name ?? "",
      text: level.text ?? level.description ?? level.anchor ?? "",
    };
  });
}

/** The criteria with their levels, to read before writing. */
export function drawRubric(rubric) {
  return h(
    "div",
    { class: "cl-rubric" },
    rubricCriteria(rubric).map(({ label, text, levels }) => [
      h("h4", {}, label),
      text ? h("p", {}, text) : null,
      h(
        "ul",
        {},
        levels.map((level) => h("li", {}, levelText(level))),
      ),
    ]),
  );
}

function levelText({ label, text }) {
  if (!label || !text) return label || text;
  return [h("b", {}, `${label}. `), text];
}

/** Radio levels for each criterion; `change(ratings)` takes all of them. */
export function drawSelfRating({ rubric, ratings, change }) {
  const chosen = { ...ratings };
  const pick = (criterion, level) => {
    chosen[criterion] = level;
    change({ ...chosen });
  };
  return h(
    "section",
    { class: "cl-rating" },
    h("h4", {}, say("rating.title")),
    h("p", { class: "cl-help" }, say("rating.help")),
    rubricCriteria(rubric).map((criterion) => drawCriterion(criterion, chosen, pick)),
  );
}

function drawCriterion({ id, label, text, levels }, chosen, pick) {
  const name = nextId("level");
  const rows = levels.map((level) => {
    const checked = String(chosen[id]) === String(level.id);
    const on = { change: () => pick(id, level.id) };
    const box = h("input", { type: "radio", name, checked, on });
    return h("label", { class: "cl-pill" }, box, h("span", {}, levelText(level)));
  });
  return h(
    "fieldset",
    { class: "cl-part" },
    h("legend", {}, label),
    text ? h("p", { class: "cl-help" }, text) : null,
    h("div", { class: "cl-group is-list" }, h("div", { class: "cl-pills" }, rows)),
  );
}
