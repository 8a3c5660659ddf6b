// Pick: which of these labels fit, one or several, each with its meaning at hand.
import { partLabel, viewParts, watchPart } from "./choices.js";
import { h, hiddenText, nextId } from "./dom.js";
import { markButton } from "./evidence.js";
import { say } from "./strings.js";

const PICK_FITS = "fits";

/** The task kind `pick`. */
export const pickInteraction = {
  fits: (view) => view.kind === "pick",
  blanks: (view, value) => (pickedParts(view, value).length ? [] : [view.title]),
  count: (view, value) => ({ done: pickedParts(view, value).length ? 1 : 0, of: 1 }),
  draw: drawPick,
};

/** The labels that are picked, in the order of the view. */
export function pickedParts(view, value) {
  return viewParts(view).filter(({ id }) => value?.parts?.[id]?.choice === PICK_FITS);
}

function drawPick(context) {
  const { view } = context;
  const list = { context, name: nextId("pick"), several: Boolean(view.several) };
  list.rows = viewParts(view).map((part) => drawPickLabel(list, part));
  updatePicked(list);
  return h(
    "fieldset",
    { class: "cl-part cl-pick-list" },
    h("legend", {}, pickWords(list)),
    h(
      "ul",
      { role: "list" },
      list.rows.map((row) => row.element),
    ),
    list.several || context.readOnly ? null : drawPickNone(list),
  );
}

function pickWords({ context, several }) {
  const marks = viewParts(context.view).some(({ evidence }) => evidence);
  if (several) return say(marks ? "pick.severalMark" : "pick.several");
  return say(marks ? "pick.singleMark" : "pick.single");
}

function drawPickLabel(list, part) {
  const { context } = list;
  const given = context.value?.parts?.[part.id];
  const row = { part, evidence: given?.evidence ?? [] };
  row.box = h("input", {
    type: list.several ? "checkbox" : "radio",
    name: list.name,
    checked: given?.choice === PICK_FITS,
    disabled: context.readOnly,
    on: { change: () => pickRow(list, row) },
  });
  const meaning = drawPickMeaning(part);
  const name = h("span", {}, partLabel(part));
  const label = h("label", { class: "cl-tick" }, row.box, name);
  const line = h("div", { class: "cl-pick-line" }, label, meaning?.button);
  row.foot = drawPickFoot(list, row);
  row.element = h("li", { class: "cl-pick-row" }, line, meaning?.panel, row.foot);
  watchPart(context, row.element, () => (row.box.checked ? row.evidence : []));
  return row;
}

function drawPickMeaning(part) {
  const { help, example, source } = part;
  if (!help && !example) return null;
  const panel = h(
    "div",
    { class: "cl-help cl-pick-meaning", id: nextId("meaning"), hidden: true },
    help ? h("p", {}, help) : null,
    example ? h("p", {}, say("pick.example", { example })) : null,
    source ? h("p", {}, say("pick.source", { source })) : null,
  );
  const button = h(
    "button",
    { type: "button", class: "cl-quiet", "aria-controls": panel.id },
    say("pick.what"),
    hiddenText(` ${partLabel(part)}`),
  );
  const open = (on) => {
    panel.hidden = !on;
    button.setAttribute("aria-expanded", String(on));
  };
  button.addEventListener("click", () => open(panel.hidden));
  open(false);
  return { button, panel };
}

function drawPickFoot(list, row) {
  const { part } = row;
  if (!part.evidence) return null;
  const change = (evidence) => {
    row.evidence = evidence;
    savePicked(list);
  };
  const label = partLabel(part);
  const given = { key: part.id, label, ids: row.evidence, change };
  return h("div", { class: "cl-part-foot" }, markButton(list.context, given));
}

// Native radio buttons cannot be unpicked, and the task may stay blank.
function drawPickNone(list) {
  const click = () => {
    const first = list.rows.find(({ box }) => box.checked) ?? list.rows[0];
    list.rows.forEach(({ box }) => (box.checked = false));
    pickRow(list, null);
    first?.box.focus();
  };
  const attributes = { type: "button", class: "cl-quiet cl-clear" };
  return h("button", { ...attributes, on: { click } }, say("pick.clear"));
}

function pickRow(list, row) {
  const { marking } = list.context;
  if (row && !list.several) {
    list.rows.forEach((other) => (other.box.checked = other === row));
  }
  // A choice elsewhere means that marking for the earlier label is over.
  if (!row?.box.checked || marking.key() !== row.part.id) marking.stop();
  updatePicked(list);
  savePicked(list);
}

function updatePicked(list) {
  list.rows.forEach(({ box, foot, element }) => {
    element.classList.toggle("is-picked", box.checked);
    if (foot) foot.hidden = !box.checked;
  });
}

// What was marked for a label is kept in its row, should it be picked again.
function savePicked({ context, rows }) {
  const picked = rows.filter(({ box }) => box.checked);
  const parts = picked.map(({ part, evidence }) => [part.id, { choice: PICK_FITS, evidence }]);
  context.change({ ...context.value, parts: Object.fromEntries(parts) }, 0);
}
