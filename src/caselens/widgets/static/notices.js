// What the page says about itself: saved or not, problems, notices.
import { h, fill } from "./dom.js";
import { say } from "./strings.js";
import { formatTime } from "./text.js";

/** Speak to screen readers, politely. */
export function announce(page, text) {
  // An unchanged text would not be spoken a second time.
  const { live } = page.parts;
  live.textContent = live.textContent === text ? `${text} ` : text;
}

/** Show whether everything is saved. */
export function drawSave(page) {
  const { kind, at } = page.busy ? { kind: "working" } : page.store.status();
  const text = say(`save.${kind}`, { time: formatTime(at) });
  const { save } = page.parts;
  if (save.textContent !== text) save.textContent = text;
  save.className = `cl-save is-${kind}`;
  // Each save need not be spoken; a failing one, and its end, must be.
  if (kind === "late" && page.saveKind !== "late") announce(page, text);
  if (kind === "saved" && page.saveKind === "late") announce(page, text);
  if (kind === "late" || kind === "saved") page.saveKind = kind;
}

/** Show all problems; they stay until dismissed. */
export function drawProblems(page) {
  const rows = page.store.problems().map((text) =>
    closable("cl-problem", text, () => page.store.dismiss(text)),
  );
  fill(page.parts.alerts, rows);
}

/** Show what the course has to say at the start. */
export function drawNotices(page) {
  const notices = page.store.state().notices ?? [];
  const rows = notices.map((text) => {
    const row = closable("cl-notice", text, () => row.remove());
    return row;
  });
  fill(page.parts.notices, rows);
}

function closable(style, text, close) {
  const button = { type: "button", class: "cl-quiet", on: { click: close } };
  const dismiss = h("button", button, say("problem.dismiss"));
  return h("div", { class: style }, h("p", {}, text), dismiss);
}
