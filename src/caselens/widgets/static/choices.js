// Goals, safety, slots, lens: groups of parts, each with the same menu of choices.
import { drawAgenda } from "./agenda.js";
import { h, fill, disclosure, nextId } from "./dom.js";
import { markButton } from "./evidence.js";
import { say } from "./strings.js";

const MOST_PILLS = 5;
const LONGEST_PILL = 44;

/** Every task kind whose view has groups of parts. */
export const choicesInteraction = {
  fits: (view) => Boolean(view.groups?.length),
  blanks: (view, value) => blankParts(view, value).map(partLabel),
  count: (view, value) => {
    const of = viewParts(view).length;
    return { done: of - blankParts(view, value).length, of };
  },
  draw: drawChoices,
};

/** All parts of a view, over its groups. */
export function viewParts(view) {
  return (view.groups ?? []).flatMap((group) => group.parts ?? []);
}

/** What a part is called where there is room for a few words only. */
export function partLabel(part) {
  return part.short || part.text || part.id;
}

function blankParts(view, value) {
  return viewParts(view).filter(({ id }) => !value?.parts?.[id]?.choice);
}

function drawChoices(context) {
  const { view } = context;
  const answer = answerKeeper(context);
  const agenda = view.agenda
    ? drawAgenda({
        view,
        value: answer.value(),
        readOnly: context.readOnly,
        change: answer.merge,
      })
    : null;
  return [(view.groups ?? []).map((group) => drawGroup(context, group, answer)), agenda];
}

export function answerKeeper(context) {
  let value = { ...context.value, parts: { ...context.value?.parts } };
  const merge = (partial, delay) => {
    value = { ...value, ...partial };
    context.change(value, delay);
  };
  return {
    value: () => value,
    merge,
    part: (id) => ({ choice: null, evidence: [], ...value.parts[id] }),
    mergePart(id, partial) {
      const part = { ...this.part(id), ...partial };
      merge({ parts: { ...value.parts, [id]: part } }, 0);
    },
  };
}

export function drawGroup(context, group, answer) {
  const style = groupStyle(group.choices ?? []);
  const parts = (group.parts ?? []).map((part) =>
    drawPart(context, { part, group, style, answer }),
  );
  return h(
    "div",
    { class: `cl-group is-${style}${hasStatements(group) ? " is-statements" : ""}` },
    group.title ? h("h4", {}, group.title) : null,
    drawMeanings(group.choices ?? []),
    parts,
  );
}

function hasStatements(group) {
  return group.parts?.some(({ text }) => (text ?? "").length > LONGEST_PILL);
}

/** Pills for a few short choices, a list for long ones, a menu for many. */
export function groupStyle(choices) {
  if (choices.some(({ label }) => (label ?? "").length > LONGEST_PILL)) return "list";
  return choices.length > MOST_PILLS ? "menu" : "pills";
}

export function drawMeanings(choices) {
  const list = listMeanings(choices);
  return list ? disclosure(say("choices.meaning"), { class: "cl-more" }, list) : null;
}

/** What the choices of several questions mean, question by question: [{title, choices}]. */
export function drawMeaningsOf(questions) {
  const lists = questions.map(({ title, choices }) => [title, listMeanings(choices)]);
  const helped = lists.filter(([, list]) => list);
  if (!helped.length) return null;
  const parts = helped.map(([title, list]) => [
    h("p", { class: "cl-meanings-of" }, title),
    list,
  ]);
  return disclosure(say("choices.meaning"), { class: "cl-more" }, parts);
}

function listMeanings(choices) {
  const helped = choices.filter((choice) => choice.help);
  if (!helped.length) return null;
  const rows = helped.map(({ label, help, source }) => [
    h("dt", {}, label),
    h("dd", {}, help, source ? [" ", h("span", { class: "cl-source" }, say("choices.source", { source }))] : null),
  ]);
  return h("dl", { class: "cl-meanings" }, rows);
}

function drawPart(context, { part, group, style, answer }) {
  const names = { text: nextId("part"), help: nextId("help") };
  const pick = (choice) => {
    // A choice elsewhere means that marking for the earlier part is over.
    if (context.marking.key() !== part.id) context.marking.stop();
    answer.mergePart(part.id, { choice });
  };
  const menu = { part, names, pick, choices: group.choices ?? [], answer, context };
  const control = style === "menu" ? drawMenu(menu) : drawRadios(menu);
  const foot = drawPartFoot(context, part, answer);
  const body = [drawPartHelp(part, names), control.element, foot, control.clear];
  const element =
    style === "menu"
      ? h("div", { class: "cl-part" }, control.label, body)
      : h("fieldset", { class: "cl-part" }, control.label, body);
  const asked = part.sentence ? [part.sentence] : [];
  watchPart(context, element, () => [...asked, ...(answer.part(part.id).evidence ?? [])]);
  return element;
}

function drawPartHelp(part, names) {
  return part.help ? h("p", { class: "cl-help", id: names.help }, part.help) : null;
}

function drawThreshold({ more }) {
  if (!more) return null;
  return disclosure(say("choices.threshold"), { class: "cl-more" }, h("p", {}, more));
}

export function drawRadios({ part, names, pick, choices, answer, context }) {
  const name = nextId("choice");
  const chosen = answer.part(part.id).choice;
  const inputs = choices.map((choice) => {
    const attributes = { type: "radio", name, value: choice.id };
    const state = { checked: chosen === choice.id, disabled: context.readOnly };
    const on = { change: () => pick(choice.id) };
    return h("input", { ...attributes, ...state, on });
  });
  const pills = choices.map((choice, index) =>
    h(
      "label",
      { class: "cl-pill", "data-choice": choice.id },
      inputs[index],
      h("span", {}, choice.label ?? choice.id),
    ),
  );
  const blank = () => {
    const first = inputs.find((input) => input.checked) ?? inputs[0];
    inputs.forEach((input) => (input.checked = false));
    pick(null);
    first?.focus();
  };
  return {
    label: h("legend", { id: names.text }, part.text ?? part.id),
    element: h("div", { class: "cl-pills", style: `--cl-count: ${pills.length}` }, pills),
    clear: context.readOnly ? null : drawClear(part, blank),
  };
}

// Native radio buttons cannot be unpicked, and a part may stay blank.
function drawClear(part, click) {
  const label = say("choices.clearFor", { part: partLabel(part) });
  const attributes = { type: "button", class: "cl-quiet cl-clear", "aria-label": label };
  return h("button", { ...attributes, on: { click } }, say("choices.clear"));
}

function drawMenu({ part, names, pick, choices, answer, context }) {
  const id = nextId("menu");
  const options = choices.map((choice) =>
    h("option", { value: choice.id }, choice.label ?? choice.id),
  );
  const select = h("select", {
    id,
    disabled: context.readOnly,
    "aria-describedby": part.help ? names.help : null,
    on: { change: () => pick(select.value || null) },
  });
  fill(select, h("option", { value: "" }, say("choices.choose")), options);
  select.value = answer.part(part.id).choice ?? "";
  if (select.selectedIndex < 0) select.value = "";
  return {
    label: h("label", { for: id, class: "cl-statement" }, part.text ?? part.id),
    element: select,
    clear: null,
  };
}

function drawPartFoot(context, part, answer) {
  const wanted = part.evidence ?? context.view.evidence;
  const button = wanted
    ? markButton(context, {
        key: part.id,
        label: partLabel(part),
        ids: answer.part(part.id).evidence,
        change: (evidence) => answer.mergePart(part.id, { evidence }),
      })
    : null;
  const threshold = drawThreshold(part);
  if (!button && !threshold) return null;
  return h("div", { class: "cl-part-foot" }, button, threshold);
}

export function watchPart(context, element, evidence) {
  const on = () => context.vignette.highlight(evidence());
  const off = () => context.vignette.highlight([]);
  element.addEventListener("mouseenter", on);
  element.addEventListener("focusin", on);
  element.addEventListener("mouseleave", off);
  element.addEventListener("focusout", off);
}
