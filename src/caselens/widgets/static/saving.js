// Files and paper: a text becomes a download, a page goes to the printer.
import { h } from "./dom.js";

const FRAME_CLASS = "cl-print-frame";
const FRAME_STYLE = "position: fixed; width: 0; height: 0; border: 0; visibility: hidden";
// Some browsers fetch what is saved only after the click has come back.
const URL_PATIENCE = 60000;
const PRINT_PATIENCE = 600000;

/** What prints a window; a test may put something else here. */
export const PRINTER = { print: (view) => view.print() };

/** A name for a file of this unit and case, safe on every system. */
export function fileName(unitId, caseId, ending) {
  const plain = [unitId, caseId].map((one) => String(one ?? "").replace(/[^\w-]+/g, "-"));
  return `${[...plain.filter(Boolean), "formulation"].join("-")}.${ending}`;
}

/** Give a text to the browser as a file to keep. */
export function saveFile({ name, type, text }) {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = h("a", { href: url, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), URL_PATIENCE);
}

/** Print a page of its own, apart from everything that stands around. */
export function printHtml(html, title) {
  document.querySelectorAll(`iframe.${FRAME_CLASS}`).forEach((old) => old.remove());
  const hidden = { tabindex: "-1", "aria-hidden": "true", style: FRAME_STYLE };
  const frame = h("iframe", { class: FRAME_CLASS, title, ...hidden, srcdoc: html });
  frame.addEventListener("load", () => printFrame(frame), { once: true });
  document.body.append(frame);
}

function printFrame(frame) {
  const view = frame.contentWindow;
  // The dialogue may still be closing when it says that it is done; some never say so.
  view.addEventListener("afterprint", () => setTimeout(() => frame.remove(), 0));
  setTimeout(() => frame.remove(), PRINT_PATIENCE);
  PRINTER.print(view);
}

/** A drawing as text, to stand in a file. */
export function drawingText(svg) {
  return svg ? new XMLSerializer().serializeToString(svg) : "";
}
