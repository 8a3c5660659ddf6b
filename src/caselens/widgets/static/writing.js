// Writing in one's own words, with a live count and the rubric at hand.
import { h, fill, disclosure, nextId } from "./dom.js";
import { drawRubric } from "./rating.js";
import { say } from "./strings.js";
import { countWords } from "./text.js";

export const TEXT_DELAY = 400;
const MOST_TEXT = 200000;

/** The task kind `write`. */
export const writingInteraction = {
  fits: (view) => Boolean(view.words || view.rubric),
  blanks: (view, value) => (value?.text?.trim() ? [] : [view.title]),
  count: (view, value) => ({ done: value?.text?.trim() ? 1 : 0, of: 1 }),
  draw: drawWriting,
};

function drawWriting(context) {
  const { view } = context;
  const value = { ...context.value };
  const change = (text) => context.change({ ...value, text }, TEXT_DELAY);
  const box = writingBox({
    label: say("write.label"),
    text: value.text,
    words: view.words,
    rows: rowsFor(view.words),
    readOnly: context.readOnly,
    change,
  });
  const rubric = view.rubric ? drawRubric(view.rubric) : null;
  return [
    rubric ? disclosure(say("write.rubric"), { class: "cl-more" }, rubric) : null,
    hasEarlier(context) ? besideEarlier(context, box, change) : box,
  ];
}

// As high as the text should be long, so that the count under it stays in view.
function rowsFor(words) {
  return words ? Math.min(12, Math.max(6, Math.ceil(words[1] / 14))) : 12;
}

// A unit may ask for the last formulation without the first.
function hasEarlier({ view, viewOf }) {
  return Boolean(view.rewrites && viewOf(view.rewrites));
}

// The first formulation comes back and is written anew, old and new side by side.
function besideEarlier(context, box, change) {
  const earlier = context.valueOf(context.view.rewrites)?.text ?? "";
  const area = box.querySelector("textarea");
  const copy = () => {
    area.value = earlier;
    area.dispatchEvent(new Event("input"));
    change(earlier);
    area.focus();
  };
  const start = h("button", { type: "button", on: { click: copy } }, say("write.copy"));
  const lines = (earlier || say("model.nothing")).split(/\n+/);
  return h(
    "div",
    { class: "cl-beside" },
    h(
      "section",
      {},
      h("h4", {}, say("write.earlier")),
      h("div", { class: "cl-own" }, lines.map((line) => h("p", {}, line))),
      earlier && !context.readOnly && !context.value?.text ? start : null,
    ),
    box,
  );
}

/** A labelled box for own words: count, and the line about real clients under it. */
export function writingBox({ label, help, text, words, rows, readOnly, change }) {
  const ids = { box: nextId("text"), count: nextId("count"), rule: nextId("rule") };
  const count = h("p", { class: "cl-count", id: ids.count });
  const area = h("textarea", {
    id: ids.box,
    rows,
    value: text ?? "",
    disabled: readOnly,
    spellcheck: "true",
    // The course keeps no more than this of one text.
    maxlength: MOST_TEXT,
    "aria-describedby": `${ids.count} ${ids.rule}`,
  });
  const update = () => fill(count, countLine(area.value, words, count));
  area.addEventListener("input", () => {
    update();
    change(area.value);
  });
  update();
  return h(
    "div",
    { class: "cl-writing" },
    h("label", { for: ids.box }, label),
    help ? h("p", { class: "cl-help" }, help) : null,
    area,
    h(
      "div",
      { class: "cl-under" },
      h("p", { class: "cl-rule", id: ids.rule }, say("write.privacy")),
      count,
    ),
  );
}

function countLine(text, words, line) {
  const count = countWords(text);
  const counted = say("write.count", { count });
  if (!words) return counted;
  const [low, high] = words;
  line.classList.toggle("is-within", count >= low && count <= high);
  return `${counted}. ${say(rangeKey(count, low, high), { low, high })}`;
}

function rangeKey(count, low, high) {
  if (count > high) return "write.over";
  return count >= low ? "write.within" : "write.aim";
}
