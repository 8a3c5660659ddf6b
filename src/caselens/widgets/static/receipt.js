// The last step: what is done, handing in, the receipt, and where to go next.
import { h, disclosure } from "./dom.js";
import { isPointed, pointsText } from "./feedback.js";
import { taskProgress } from "./interactions.js";
import { say } from "./strings.js";
import { formatMoment } from "./text.js";

/** The screen for the step "Finish". */
export function drawFinish(page) {
  const graded = page.store.graded();
  return {
    title: say(graded ? "finish.gradedTitle" : "finish.title"),
    nodes: [
      graded ? drawGradedLead(page) : h("p", { class: "cl-lead" }, practiceLead(page)),
      h("div", { class: "cl-ways" }, graded ? gradedWays(page) : practiceWays(page)),
      drawOverview(page),
      drawDebriefs(page),
      drawPlace(page),
    ],
  };
}

function practiceLead(page) {
  const open = openTasks(page).length;
  return open ? say("finish.open", { count: open }) : say("finish.done");
}

function openTasks(page) {
  return page.tasks.filter((view) => !page.store.entry(view.id).committed);
}

function drawGradedLead(page) {
  const { receipt, marked } = page.store.state();
  if (!receipt) return h("p", { class: "cl-lead" }, say("finish.beforeHandIn"));
  return [drawReceipt(receipt), marked ? drawMarked(page, marked) : null];
}

function drawReceipt({ at, answered, of, digest }) {
  const rows = [
    [say("receipt.at"), formatMoment(at)],
    [say("receipt.answered"), say("receipt.count", { answered, of })],
    [say("receipt.digest"), h("code", {}, digest ?? "")],
  ];
  return h(
    "section",
    { class: "cl-receipt" },
    h("h4", {}, say("receipt.title")),
    h("dl", {}, rows.map(drawReceiptRow)),
    h("p", {}, say("receipt.locked")),
  );
}

function drawReceiptRow([name, text]) {
  return h("div", {}, h("dt", {}, name), h("dd", {}, text));
}

function drawMarked(page, marked) {
  const explained = page.tasks.map((view) => [view, page.store.feedback(view.id)]);
  const pointed = explained.filter(([view, feedback]) => isPointed(view, feedback));
  const total = (field) => pointed.reduce((sum, [, one]) => sum + (one[field] ?? 0), 0);
  const points = marked.points ?? total("points");
  const maximum = marked.maximum ?? total("maximum");
  return h(
    "div",
    { class: "cl-summary" },
    h("p", { class: "cl-points" }, pointsText({ points, maximum })),
    h("p", {}, say("finish.trusted")),
  );
}

function drawOverview(page) {
  const rows = page.tasks.map((view) => drawTaskRow(page, view));
  return h("ol", { class: "cl-overview", role: "list" }, rows);
}

function drawTaskRow(page, view) {
  const progress = taskProgress(view, page.store.entry(view.id));
  const feedback = page.store.feedback(view.id);
  const incomplete = feedback?.complete === false ? say("finish.incomplete") : null;
  const note = feedback?.summary ?? pointsLine(view, feedback);
  return h(
    "li",
    { class: `cl-row is-${feedback?.complete === false ? "begun" : progress}` },
    h(
      "button",
      { type: "button", class: "cl-link", on: { click: () => page.goTo(view.id) } },
      rowTitle(page, view),
    ),
    h("span", { class: "cl-row-state" }, incomplete ?? stateText(page, progress)),
    note ? h("span", { class: "cl-row-note" }, note) : null,
  );
}

// Two tasks of one name are told apart by their case, or by the part in which they stand.
function rowTitle(page, view) {
  const title = page.titleOf(view);
  const same = page.tasks.filter((one) => page.titleOf(one) === title);
  const found = (page.store.unit.cases ?? []).find((one) => one.id === view.case);
  const several = same.some((one) => one.case !== view.case);
  const stage = several ? found?.title : found?.stages?.[(view.stage ?? 1) - 1]?.title;
  return same.length > 1 && stage ? say("mine.task", { title, stage }) : title;
}

function pointsLine(view, feedback) {
  return isPointed(view, feedback) ? pointsText(feedback) : null;
}

function stateText(page, progress) {
  const handedIn = page.store.state().receipt && progress === "committed";
  return say(handedIn ? "progress.handedIn" : `progress.${progress}`);
}

function drawDebriefs(page) {
  const texts = (page.store.unit.cases ?? []).map((one) => one.debrief).filter(Boolean);
  return texts.map((text) => h("p", { class: "cl-debrief" }, text));
}

function practiceWays(page) {
  const { next } = page.store.unit;
  const [open] = openTasks(page);
  return [
    open ? way("finish.toOpen", () => page.goTo(open.id), "cl-go") : null,
    next ? way("finish.next", () => page.open(next), open ? "" : "cl-go") : null,
    way("finish.home", () => page.home(), open || next ? "" : "cl-go"),
    way("finish.restart", () => askRestart(page), "cl-quiet"),
  ];
}

function gradedWays(page) {
  const { receipt, can_mark: canMark, marked } = page.store.state();
  const home = way("finish.home", () => page.home(), "");
  if (!receipt) {
    const later = canMark ? h("p", { class: "cl-help" }, say("finish.markLater")) : null;
    return [way("finish.handIn", () => askHandIn(page), "cl-go"), home, later];
  }
  if (!canMark || marked) return [home];
  const onTrust = h("p", { class: "cl-help" }, say("finish.onTrust"));
  return [onTrust, way("finish.mark", () => page.run("mark"), "cl-go"), home];
}

function way(key, click, style) {
  return h("button", { type: "button", class: style, on: { click } }, say(key));
}

function askHandIn(page) {
  const blank = page.tasks.filter(
    (view) => taskProgress(view, page.store.entry(view.id)) !== "answered",
  );
  const titles = blank.map(page.titleOf).join("”, “");
  const text = blank.length
    ? say("ask.handInBlank", { count: blank.length, tasks: titles })
    : say("ask.handIn");
  const yes = say("ask.handInYes");
  page.ask({ text, yes, no: say("ask.notYet"), then: () => page.run("handIn") });
}

function askRestart(page) {
  page.ask({
    text: say("ask.restart"),
    yes: say("finish.restart"),
    no: say("ask.keep"),
    then: () => page.run("restart"),
  });
}

function drawPlace(page) {
  const { place } = page.store.state();
  if (!place) return null;
  const text = h("p", { class: "cl-place" }, place);
  return disclosure(say("finish.where"), { class: "cl-more" }, text);
}
