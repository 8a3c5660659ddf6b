// Drawing one arrow in place: from where, to where, and what the one does to the other.
import { h, fill, nextId } from "./dom.js";
import { relationLetters, statementWords } from "./linkwords.js";
import { say } from "./strings.js";

/**
 * The bar that says what comes next, and the panel that asks for the relation: {bar,
 * panel, show(state), focus()}. The state holds `from` and `to` (ids or null), `there`
 * (the arrow that already runs between them), `added` (the one just drawn) and `full`.
 * `add(choice)`, `cancel()` and `mark(key)` take what is pressed.
 */
export function createLinkBuilder(view, { add, cancel, mark, announce }) {
  const builder = { view, add, cancel, mark, announce, inputs: [] };
  const label = say("link.build");
  const bar = h("div", { class: "cl-link-bar", role: "group", "aria-label": label });
  const panel = h("div", { class: "cl-link-panel", hidden: true });
  builder.panel = panel;
  return {
    bar,
    panel,
    show(state) {
      fill(bar, drawLinkBar(builder, state));
      fill(panel, state.to ? drawRelations(builder, state) : null);
      panel.hidden = !state.to;
    },
    focus() {
      panel.scrollIntoView?.({ block: "nearest" });
      const { inputs } = builder;
      (inputs.find(({ checked }) => checked) ?? inputs[0])?.focus();
    },
  };
}

/** What has been done and what comes next, as two lines. */
export function builderLines(view, { from, to, added, full }) {
  if (from) {
    const text = statementWords(view, from);
    return [say("link.from", { text }), say(to ? "link.nowWhat" : "link.nowWhere")];
  }
  const drawn = say(added ? "link.isDrawn" : "link.build");
  if (full) return [drawn, say("link.full", { most: view.most })];
  return [drawn, say(added ? "link.beginNext" : "link.begin")];
}

function drawLinkBar(builder, state) {
  const { from, to, added } = state;
  const [done, next] = builderLines(builder.view, state);
  const button = from ? !to && drawLinkCancel(builder) : added && drawMarkLink(builder, added);
  const lines = h("div", {}, h("p", { class: "cl-link-done" }, done), h("p", {}, next));
  return [lines, button];
}

function drawLinkCancel({ cancel }) {
  const on = { click: () => cancel() };
  return h("button", { type: "button", class: "cl-quiet", on }, say("link.cancel"));
}

function drawMarkLink({ mark }, { key }) {
  const on = { click: () => mark(key) };
  return h("button", { type: "button", class: "cl-mark-button", on }, say("link.markAdded"));
}

function drawRelations(builder, { from, there }) {
  const { view } = builder;
  const name = nextId("relation");
  const letters = relationLetters(view);
  builder.inputs = view.relations.map(({ id }) =>
    h("input", { type: "radio", name, value: id, checked: id === there?.choice }),
  );
  const pills = view.relations.map((one, index) =>
    drawRelation(one, builder.inputs[index], letters.get(one.id)),
  );
  const legend = say("link.between", { from: statementWords(view, from) });
  const choices = h("div", { class: "cl-pills" }, pills);
  builder.need = h("p", { class: "cl-link-need", hidden: true }, say("link.chooseFirst"));
  return [
    h("fieldset", { class: "is-list" }, h("legend", {}, legend), choices),
    builder.need,
    h("div", { class: "cl-link-line" }, drawLinkAdd(builder, there), drawLinkCancel(builder)),
  ];
}

function drawRelation({ id, label, help }, input, letter) {
  const badge = h("span", { class: "cl-link-letter", "aria-hidden": "true" }, letter);
  const meaning = help ? h("span", { class: "cl-link-help" }, help) : null;
  const words = h("span", {}, h("b", {}, label ?? id), " ", meaning);
  return h("label", { class: "cl-pill" }, input, words, badge);
}

// Arrow keys choose as they walk over radio buttons: a press of its own draws the arrow.
function drawLinkAdd(builder, there) {
  const on = { click: () => addChosenLink(builder) };
  const label = say(there ? "link.change" : "link.add");
  return h("button", { type: "button", class: "cl-go", on }, label);
}

function addChosenLink({ inputs, need, panel, add, announce }) {
  const chosen = inputs.find(({ checked }) => checked);
  if (chosen) return add(chosen.value);
  need.hidden = false;
  inputs[0]?.focus();
  panel.scrollIntoView?.({ block: "nearest" });
  return announce(say("link.chooseFirst"));
}
