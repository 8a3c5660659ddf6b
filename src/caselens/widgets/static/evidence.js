// Marking sentences: for one part of a task, or as a task of its own.
import { h, fill, nextId } from "./dom.js";
import { say } from "./strings.js";
import { listNumbers } from "./text.js";

/** One marking at a time; the vignette shows it, the button that asked gets focus back. */
export function createMarking(vignette, announce) {
  let current = null;

  function start({ key, label, ids, change, returnTo, always = false }) {
    stop({ silent: true });
    current = { key, returnTo };
    const done = always ? null : () => stop({ focus: true });
    vignette.mark({ label, ids: [...ids], change, done });
    returnTo?.setAttribute("aria-pressed", "true");
    if (!always) announce(say("marking.started", { label }));
  }

  function stop({ focus = false, silent = false } = {}) {
    if (!current) return false;
    const { returnTo } = current;
    current = null;
    vignette.mark(null);
    returnTo?.setAttribute("aria-pressed", "false");
    if (focus) returnTo?.focus();
    if (!silent) announce(say("marking.stopped"));
    return true;
  }

  return { start, stop, key: () => current?.key ?? null };
}

/** The button of a part that opens and closes marking, and says what is marked. */
export function markButton(context, { key, label, ids, change }) {
  let marked = [...ids];
  const button = h("button", {
    type: "button",
    class: "cl-mark-button",
    "aria-pressed": "false",
    disabled: context.readOnly,
    on: { click: () => toggle() },
  });
  const update = () => {
    const text = markedText(context, marked);
    fill(button, text);
    button.setAttribute("aria-label", `${text}: ${label}`);
    button.classList.toggle("is-marked", marked.length > 0);
  };
  const keep = (next) => {
    marked = next;
    update();
    change(next);
  };
  const toggle = () => {
    if (context.marking.key() === key) return context.marking.stop({ focus: true });
    const returnTo = button;
    return context.marking.start({ key, label, ids: marked, change: keep, returnTo });
  };
  update();
  return button;
}

function markedText(context, ids) {
  if (!ids.length) return say("marking.button");
  return say("marking.marked", { count: ids.length, numbers: markedNumbers(context, ids) });
}

function markedNumbers(context, ids) {
  return listNumbers(ids.map((id) => context.vignette.numberOf(id)).filter(Number));
}

/** The task kind `evidence`: a claim on the right, marking on from the start. */
export const evidenceInteraction = {
  fits: (view) => Boolean(view.claim),
  blanks: (view, value) => (value?.marked?.length ? [] : [view.title]),
  count: (view, value) => ({ done: value?.marked?.length ? 1 : 0, of: 1 }),
  draw: drawEvidence,
};

function drawEvidence(context) {
  const { view } = context;
  let value = { marked: [], ...context.value };
  const list = h("ul", { class: "cl-picked" });
  const heading = h("h4", { id: nextId("picked"), class: "cl-picked-title" });
  const update = () => {
    heading.textContent = pickedTitle(value.marked.length);
    fill(list, value.marked.map((id) => drawPicked(context, id)));
  };
  const change = (marked) => {
    value = { ...value, marked };
    update();
    context.change(value, 0);
  };
  update();
  context.afterDraw(() => startClaim(context, value.marked, change));
  return [
    h("blockquote", { class: "cl-claim" }, view.claim),
    context.readOnly ? null : h("p", { class: "cl-help" }, say("marking.how")),
    heading,
    list,
  ];
}

function startClaim(context, ids, change) {
  if (context.readOnly) return context.vignette.highlight(ids);
  const label = say("marking.claim");
  return context.marking.start({ key: context.view.id, label, ids, change, always: true });
}

function pickedTitle(count) {
  return count ? say("marking.count", { count }) : say("marking.none");
}

function drawPicked(context, id) {
  const number = context.vignette.numberOf(id);
  if (number === null) return null;
  return h(
    "li",
    {},
    h(
      "button",
      {
        type: "button",
        class: "cl-link is-number",
        "aria-label": say("sentence.show", { number }),
        on: { click: () => context.vignette.reveal(id) },
      },
      number,
    ),
    h("span", {}, context.vignette.textOf(id)),
  );
}
