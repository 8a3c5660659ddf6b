// The page's own keys.
import { answerNo, answerYes } from "./question.js";
import { screenActions } from "./screens.js";

const STEP_KEYS = { PageDown: 1, PageUp: -1 };

/** Only the page's own keys are handled; everything else is left to the browser. */
export function onKey(page, event) {
  if (event.key === "Escape" && leaveInner(page)) return event.preventDefault();
  if (event.altKey && STEP_KEYS[event.key]) {
    event.preventDefault();
    return page.go(page.step + STEP_KEYS[event.key]);
  }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    return goOn(page);
  }
  return undefined;
}

function leaveInner(page) {
  if (page.asking) {
    answerNo(page);
    return true;
  }
  if (!page.vignette.marking()?.done) return false;
  return page.marking.stop({ focus: true });
}

function goOn(page) {
  if (page.asking) return answerYes(page);
  const actions = screenActions(page, page.screen).filter(Boolean);
  return actions.find((action) => action.main)?.run();
}
