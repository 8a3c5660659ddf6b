// After the goals: which two to take up, and the sentence that offers them.
import { h, fill, nextId } from "./dom.js";
import { say } from "./strings.js";
import { writingBox, TEXT_DELAY } from "./writing.js";

/** Draw the agenda; `change(partial, delay)` takes {agenda} or {offer}. */
export function drawAgenda({ view, value, readOnly, change }) {
  const { agenda } = view;
  const size = agenda.size ?? 2;
  return h(
    "section",
    { class: "cl-agenda" },
    h("h4", {}, say("agenda.title")),
    h("p", { class: "cl-help" }, say("agenda.unscored")),
    drawGoalBoxes({ view, size, chosen: value.agenda ?? [], readOnly, change }),
    writingBox({
      label: agenda.offer || say("agenda.offer"),
      text: value.offer,
      rows: 3,
      readOnly,
      change: (offer) => change({ offer }, TEXT_DELAY),
    }),
  );
}

function drawGoalBoxes({ view, size, chosen, readOnly, change }) {
  const limit = h("p", { class: "cl-limit", id: nextId("limit"), role: "status" });
  const boxes = new Map();
  const update = (announced) => {
    const picked = pickedBoxes(boxes);
    boxes.forEach((box) => lockBox(box, picked.length >= size, readOnly, limit.id));
    fill(limit, limitText(picked.length, size));
    if (announced) change({ agenda: picked }, 0);
  };
  const rows = agendaParts(view).map(({ id, text }) => {
    const attributes = { type: "checkbox", checked: chosen.includes(id) };
    const box = h("input", { ...attributes, on: { change: () => update(true) } });
    box.addEventListener("click", (event) => refuseLocked(event, box));
    boxes.set(id, box);
    return h("label", { class: "cl-tick" }, box, h("span", {}, text));
  });
  update(false);
  const legend = view.agenda.prompt || say("agenda.prompt", { count: size });
  const grid = h("div", { class: "cl-ticks" }, rows);
  return h("fieldset", { class: "cl-part" }, h("legend", {}, legend), grid, limit);
}

function agendaParts(view) {
  return (view.groups ?? []).flatMap((group) => group.parts ?? []);
}

function pickedBoxes(boxes) {
  return [...boxes].filter(([, box]) => box.checked).map(([id]) => id);
}

// aria-disabled keeps the box reachable, so that the reason can be heard.
function lockBox(box, full, readOnly, reason) {
  const locked = full && !box.checked;
  box.disabled = Boolean(readOnly);
  box.setAttribute("aria-disabled", String(locked));
  if (locked) box.setAttribute("aria-describedby", reason);
  else box.removeAttribute("aria-describedby");
}

function refuseLocked(event, box) {
  if (box.getAttribute("aria-disabled") === "true") event.preventDefault();
}

function limitText(count, size) {
  return count >= size
    ? say("agenda.full", { count: size })
    : say("agenda.count", { count, size });
}
