// Rating what others wrote, point by point, and then putting it right.
import { answerKeeper, choicesInteraction } from "./choices.js";
import { h, nextId } from "./dom.js";
import { linkedParagraphs, withReferences } from "./feedback.js";
import { criterionOf, drawField, drawLevels } from "./radios.js";
import { say } from "./strings.js";
import { TEXT_DELAY, writingBox } from "./writing.js";

/** The task kind `appraise`: texts with the levels of a rubric, and a box to repair. */
export const appraiseInteraction = {
  fits: (view) => view.kind === "appraise",
  blanks: appraiseBlanks,
  count: choicesInteraction.count,
  draw: drawAppraise,
  after: drawRepaired,
};

// The mended text earns nothing, but it cannot be written once all is committed.
function appraiseBlanks(view, value) {
  const mended = !view.repair || value?.repair?.trim();
  return [...choicesInteraction.blanks(view, value), ...(mended ? [] : [say("appraise.repair")])];
}

function drawAppraise(context) {
  const answer = answerKeeper(context);
  const texts = context.view.texts ?? [];
  return [
    texts.map((text, index) => drawAppraised(context, answer, { ...text, number: index + 1 })),
    context.view.repair ? drawRepair(context, answer) : null,
  ];
}

function drawAppraised(context, answer, { id, text, number }) {
  const name = nextId("text");
  const groups = (context.view.groups ?? []).filter((group) => group.text_id === id);
  return h(
    "section",
    { class: "cl-appraised", role: "group", "aria-labelledby": name },
    h("h4", { id: name }, say("appraise.text", { number })),
    h("div", { class: "cl-own" }, linkedParagraphs(context, text)),
    groups.map((group) => drawGroupLevels(context, answer, group)),
  );
}

function drawGroupLevels(context, answer, { criterion: id, choices = [], parts = [] }) {
  const criterion = criterionOf(context.view.rubric, id);
  const fields = parts.map((part) => {
    if (!criterion) return drawField(context, answer, part, { choices });
    const named = { id: part.id, text: criterion.label, short: part.text };
    return drawLevels(context, answer, named, { criterion });
  });
  return h("div", { class: "cl-group is-list" }, fields);
}

function drawRepair({ view, readOnly }, answer) {
  const box = writingBox({
    label: view.repair,
    text: answer.value().repair,
    rows: 9,
    readOnly,
    change: (repair) => answer.merge({ repair }, TEXT_DELAY),
  });
  return h("section", { class: "cl-repair" }, h("h4", {}, say("appraise.repair")), box);
}

/** Once committed: the trainee's repair and the course's, side by side. */
function drawRepaired(context) {
  const model = context.feedback?.model;
  if (!model?.text) return [];
  const own = context.value?.repair?.trim() || say("model.nothing");
  const linked = (text) => withReferences(context, text);
  const points = (model.look_for ?? []).map((one) => h("li", {}, linked(one)));
  return [
    h(
      "div",
      { class: "cl-beside" },
      drawBeside(say("appraise.own"), own),
      drawBeside(say("appraise.model"), model.text, linked),
    ),
    points.length ? drawPoints(points) : null,
  ];
}

function drawBeside(title, text, read = (line) => line) {
  const lines = text.split(/\n+/).map((line) => h("p", {}, read(line)));
  return h("section", {}, h("h4", {}, title), h("div", { class: "cl-own" }, lines));
}

function drawPoints(points) {
  const title = h("h4", {}, say("model.look"));
  return h("section", { class: "cl-look" }, title, h("ul", {}, points));
}
