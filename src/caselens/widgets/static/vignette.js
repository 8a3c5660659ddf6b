// The case: always in view, every sentence numbered, able to become a list to mark.
import { h, fill } from "./dom.js";
import { say } from "./strings.js";

/** The panel that shows one case; `announce` speaks to screen readers. */
export function createVignette(announce) {
  const view = { announce, rows: new Map(), shown: null, stages: 0, marking: null };
  view.links = null;
  view.scroller = h("div", { class: "cl-case-scroll", tabindex: "0", role: "group" });
  view.bar = h("div", { class: "cl-marking-bar", hidden: true });
  view.toggle = h(
    "button",
    { type: "button", class: "cl-quiet cl-toggle", on: { click: () => foldCase(view) } },
    say("case.hide"),
  );
  view.toggle.setAttribute("aria-expanded", "true");
  view.title = h("h3", { class: "cl-case-title" });
  view.element = h(
    "section",
    { class: "cl-case", "aria-label": say("case.region") },
    h("div", { class: "cl-case-head" }, view.title, view.toggle),
    view.bar,
    view.scroller,
  );
  return {
    element: view.element,
    show: (caseView, stages, title) => showCase(view, caseView, { stages, title }),
    numberOf: (id) => view.sentences?.get(id)?.number ?? null,
    textOf: (id) => view.sentences?.get(id)?.text ?? "",
    highlight: (ids) => paintRows(view, "is-hinted", ids),
    reveal: (id) => revealSentence(view, id),
    toStage: (stage) => scrollToStage(view, stage - 1),
    mark: (marking) => setMarking(view, marking),
    link: (links) => setLinks(view, links),
    marking: () => view.marking,
  };
}

function showCase(view, caseView, { stages = Infinity, title }) {
  view.element.hidden = !caseView;
  if (view.shown !== caseView) setLinks(view, null);
  if (!caseView || (view.shown === caseView && view.stages === stages)) return;
  const opened = view.shown === caseView ? view.stages : null;
  Object.assign(view, { shown: caseView, stages, marking: null });
  view.sentences = indexSentences(caseView);
  view.title.textContent = title ?? caseView.title ?? "";
  drawCase(view);
  view.scroller.setAttribute("aria-label", say("case.text"));
  scrollToStage(view, opened);
}

function scrollToStage(view, opened) {
  const heading = view.scroller.querySelectorAll(".cl-stage")[opened ?? -1];
  view.scroller.scrollTop = heading ? heading.offsetTop - 8 : 0;
}

/** Sentences of a case by id, each with its number in the case. */
export function indexSentences(caseView) {
  const all = (caseView?.stages ?? []).flatMap((stage) => stage.sentences ?? []);
  return new Map(
    all.map((sentence, index) => [
      sentence.id,
      { ...sentence, number: sentence.number ?? index + 1 },
    ]),
  );
}

function drawCase(view) {
  const { shown, stages } = view;
  view.rows.clear();
  view.element.classList.toggle("is-marking", Boolean(view.marking));
  drawBar(view);
  const open = (shown.stages ?? []).slice(0, stages);
  fill(view.scroller, drawFacts(shown), open.map((stage) => drawStage(view, stage)));
}

function drawFacts(shown) {
  const clients = (shown.clients ?? []).map((client) => {
    const short = [client.age, client.pronouns].filter(Boolean).join(", ");
    const rest = [short, client.context].filter(Boolean).join(". ");
    const name = h("strong", {}, client.name ?? "");
    return h("p", {}, name, client.name && rest ? ", " : "", rest);
  });
  return h(
    "div",
    { class: "cl-facts" },
    clients,
    shown.setting ? h("p", {}, shown.setting) : null,
  );
}

function drawStage(view, stage) {
  return [
    stage.title ? h("h4", { class: "cl-stage" }, stage.title) : null,
    h(
      "ol",
      { class: "cl-sentences", role: "list" },
      (stage.sentences ?? []).map(({ id }) => drawSentence(view, view.sentences.get(id))),
    ),
  ];
}

function drawSentence(view, sentence) {
  const row = h("li", { class: "cl-sentence" });
  view.rows.set(sentence.id, row);
  fillRow(view, row, sentence);
  return row;
}

function fillRow(view, row, sentence) {
  const text = h("span", { class: "cl-text" }, sentence.text ?? "");
  const content = [drawNumber(view, sentence), text];
  fill(row, view.marking ? drawBox(view, sentence, content) : content);
}

// A number is a button where it leads to something, and never inside a box to tick.
function drawNumber(view, { id, number }) {
  const link = view.marking ? null : view.links?.get(id);
  if (!link) return h("span", { class: "cl-number" }, number);
  const attributes = { type: "button", class: "cl-number", "aria-label": link.label };
  const { on, off } = link;
  const events = { mouseenter: on, focus: on, mouseleave: off, blur: off };
  return h("button", { ...attributes, on: { ...events, click: link.go ?? on } }, number);
}

/**
 * Make the numbers of sentences buttons: a Map of sentence id to `{label, on, off, go?}`,
 * or null to take them away. They stay while the case is drawn anew.
 */
function setLinks(view, links) {
  if (!links && !view.links) return;
  view.links = links;
  if (!view.shown || view.marking) return;
  const rows = [...view.rows];
  const focused = rows.find(([, row]) => row.contains(document.activeElement))?.[1];
  rows.forEach(([id, row]) => fillRow(view, row, view.sentences.get(id)));
  focused?.querySelector("button")?.focus({ preventScroll: true });
}

function drawBox(view, { id }, content) {
  const row = view.rows.get(id);
  const box = h("input", {
    type: "checkbox",
    checked: view.marking.ids.includes(id),
    on: {
      change: () => toggleSentence(view, id, box.checked),
      keydown: (event) => walkBoxes(view, event),
    },
  });
  row.classList.toggle("is-marked", box.checked);
  return h("label", { class: "cl-mark" }, box, content);
}

function toggleSentence(view, id, on) {
  const others = view.marking.ids.filter((other) => other !== id);
  const order = [...view.sentences.keys()];
  view.marking.ids = (on ? [...others, id] : others).sort(
    (a, b) => order.indexOf(a) - order.indexOf(b),
  );
  view.rows.get(id).classList.toggle("is-marked", on);
  view.marking.change([...view.marking.ids]);
}

// Thirty sentences are many Tab presses: the arrows go from sentence to sentence.
function walkBoxes(view, event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.altKey || event.ctrlKey) return;
  const boxes = [...view.scroller.querySelectorAll("input[type=checkbox]")];
  const next = boxes[boxes.indexOf(event.target) + step];
  event.preventDefault();
  next?.focus();
}

/** `marking` is {label, ids, change, done} or null; `done` missing means: always on. */
function setMarking(view, marking) {
  const top = firstVisible(view);
  view.marking = marking;
  if (!view.shown) return;
  const steady = !marking || marking.done;
  const kept = view.scroller.scrollTop - (steady ? topOf(view.scroller) : 0);
  if (marking) foldCase(view, true);
  drawCase(view);
  // The bar must not push the words away from under the eyes.
  view.scroller.scrollTop = kept + (steady ? topOf(view.scroller) : 0);
  const row = view.rows.get(top) ?? [...view.rows.values()][0];
  if (marking?.done) row?.querySelector("input")?.focus({ preventScroll: Boolean(top) });
}

function topOf(element) {
  return element.getBoundingClientRect().top;
}

/** Marking starts where the trainee is reading, not back at the first sentence. */
function firstVisible(view) {
  const edge = view.scroller.scrollTop;
  for (const [id, row] of view.rows) if (row.offsetTop >= edge - 4) return id;
  return null;
}

function drawBar(view) {
  const { marking, bar, scroller } = view;
  bar.hidden = !marking;
  scroller.setAttribute("aria-label", marking ? barText(marking) : say("case.text"));
  if (!marking) return fill(bar);
  const done = marking.done
    ? h("button", { type: "button", class: "cl-done", on: { click: marking.done } },
        say("marking.done"), " ", h("kbd", {}, say("marking.key")))
    : null;
  return fill(bar, h("p", {}, say("marking.lead"), " ", h("b", {}, marking.label)), done);
}

function barText({ label }) {
  return `${say("marking.lead")} ${label}`;
}

function paintRows(view, name, ids) {
  view.rows.forEach((row, id) => row.classList.toggle(name, Boolean(ids?.includes(id))));
}

function revealSentence(view, id) {
  const row = view.rows.get(id);
  if (!row) return;
  foldCase(view, true);
  scrollToRow(view, row);
  paintRows(view, "is-flash", [id]);
  clearTimeout(view.flash);
  view.flash = setTimeout(() => paintRows(view, "is-flash", []), 2600);
  const { number, text } = view.sentences.get(id);
  // The place in the feedback is kept, so the sentence is spoken instead of focused.
  view.announce(say("case.spoken", { number, text }));
}

function scrollToRow(view, row) {
  const calm = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches;
  const behavior = calm ? "auto" : "smooth";
  const { scroller } = view;
  if (scroller.scrollHeight <= scroller.clientHeight + 1) {
    return row.scrollIntoView({ block: "nearest", behavior });
  }
  const top = row.offsetTop - scroller.clientHeight / 3;
  return scroller.scrollTo({ top, behavior });
}

function foldCase(view, open = view.element.classList.contains("is-folded")) {
  view.element.classList.toggle("is-folded", !open);
  view.toggle.setAttribute("aria-expanded", String(open));
  view.toggle.textContent = say(open ? "case.hide" : "case.unfold");
}
