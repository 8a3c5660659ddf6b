// The page of one unit, as anywidget loads it.
import { createPage } from "./page.js";
import { watchRoom } from "./room.js";
import { createStore } from "./store.js";

function browserStorage() {
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
}

/** A keystroke inside the page is never a command to the surrounding program. */
function guardKeys(root, page) {
  root.setAttribute("data-lm-suppress-shortcuts", "true");
  root.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (!event.defaultPrevented) page.key(event);
  });
}

const PLACED_ANEW = ".cl-actions, .cl-ways";

/** The second click of a double click never presses what has come into its place. */
function guardDoubles(root) {
  let pressed = null;
  const onClick = (event) => {
    const label = event.target.closest?.("button")?.textContent ?? null;
    const other = event.detail > 1 && label !== pressed;
    if (other && event.target.closest(PLACED_ANEW)) event.stopImmediatePropagation();
    else pressed = label;
  };
  root.addEventListener("click", onClick, true);
}

function openStore(model) {
  return createStore({
    unit: model.get("unit"),
    state: model.get("state"),
    feedback: model.get("feedback"),
    closing: model.get("closing"),
    send: (message) => model.send(message),
    storage: browserStorage(),
  });
}

/** Save what is still in the fingers when the lid closes, and try again on return. */
function watchVisibility(store) {
  const onChange = () => (document.hidden ? store.sendNow() : store.retry());
  document.addEventListener("visibilitychange", onChange);
  return () => document.removeEventListener("visibilitychange", onChange);
}

function renderWorkbench({ model, el }) {
  const root = document.createElement("section");
  root.className = "caselens-workbench";
  el.append(root);
  const store = openStore(model);
  const page = createPage(root, store);
  guardKeys(root, page);
  guardDoubles(root);
  const onMessage = (message) => store.receive(message);
  model.on("msg:custom", onMessage);
  const leave = [watchVisibility(store), watchRoom(root), page.stop, store.stop];
  return () => {
    store.sendNow();
    leave.forEach((stop) => stop());
    model.off?.("msg:custom", onMessage);
    root.remove();
  };
}

export default { render: renderWorkbench };
