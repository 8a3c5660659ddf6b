// Write first, then choose: a few own words before any menu is seen; kept, never scored.
import { h, fill } from "./dom.js";
import { linkedParagraphs } from "./feedback.js";
import { say } from "./strings.js";
import { TEXT_DELAY, writingBox } from "./writing.js";

/** Whether the menu of this task is still to be opened. */
export function isWritingFirst({ view, entry, readOnly }) {
  return Boolean(view.first) && !entry.firstDone && !readOnly;
}

/** The screen on which one writes before the menu. */
export function drawFirst({ view, entry, writeFirst }) {
  return [
    h("p", { class: "cl-lead" }, view.first),
    writingBox({
      label: say("first.label"),
      help: say("first.help"),
      text: entry.firstText,
      rows: 5,
      change: (text) => writeFirst(text, TEXT_DELAY),
    }),
  ];
}

/** What was written before the menu, above the menu. */
export function drawFirstKept({ view, entry }) {
  if (!view.first || !entry.firstText?.trim()) return null;
  return h(
    "details",
    { class: "cl-more", open: true },
    h("summary", {}, say("first.yours")),
    ownWords(entry.firstText),
  );
}

/** What was written first beside one way to write it, once that may be shown. */
export function drawFirstBeside(context) {
  const { view, entry, feedback } = context;
  if (!view.first || !feedback.first) return null;
  const own = entry.firstText?.trim() ? entry.firstText : say("model.nothing");
  return h(
    "section",
    { class: "cl-first" },
    h(
      "div",
      { class: "cl-beside" },
      h("section", {}, h("h4", {}, say("first.yours")), ownWords(own)),
      h("section", {}, h("h4", {}, say("model.text")), modelWords(context)),
    ),
    h("p", { class: "cl-unscored" }, say("first.unscored")),
  );
}

function modelWords(context) {
  const { first } = context.feedback;
  return h("div", { class: "cl-own" }, linkedParagraphs(context, first));
}

/** A text as it was typed, line by line. */
export function ownWords(text) {
  const body = h("div", { class: "cl-own" });
  return fill(body, text.split(/\n+/).map((line) => h("p", {}, line)));
}
