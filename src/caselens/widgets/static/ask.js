// The next question, and what each reply would do to two rival accounts.
import { answerKeeper, choicesInteraction, drawGroup, drawMeanings, partLabel } from "./choices.js";
import { h, nextId } from "./dom.js";
import { say } from "./strings.js";
import { drawAccount } from "./update.js";
import { TEXT_DELAY, writingBox } from "./writing.js";

/** The task kind `ask`: questions, a box for one's own, and a block for each reply. */
export const askInteraction = {
  fits: (view) => view.kind === "ask",
  blanks: askBlanks,
  count: choicesInteraction.count,
  draw: drawAsk,
  after: drawOwnAsked,
};

function replyGroups(view) {
  return (view.groups ?? []).slice(1);
}

function askBlanks(view, value) {
  const isBlank = ({ id }) => !value?.parts?.[id]?.choice;
  const [questions] = view.groups ?? [];
  const next = (questions?.parts ?? []).filter(isBlank).map(partLabel);
  const replies = replyGroups(view).flatMap(({ parts = [] }, index) =>
    parts.filter(isBlank).map((part) => replyLabel(part, index + 1)),
  );
  return [...next, ...replies];
}

function replyLabel(part, number) {
  return say("asking.blank", { number, account: partLabel(part) });
}

function drawAsk(context) {
  const answer = answerKeeper(context);
  const [questions] = context.view.groups ?? [];
  return [
    drawRivals(replyGroups(context.view)),
    questions ? drawGroup(context, questions, answer) : null,
    context.view.own ? drawOwnQuestion(context, answer) : null,
    drawReplies(context, answer),
  ];
}

// The question is chosen between these, so they are read before it.
function drawRivals([first]) {
  if (!first) return null;
  const rows = (first.parts ?? []).map((part) => h("li", {}, partLabel(part)));
  const title = h("h4", {}, say("asking.rivals"));
  return h("section", { class: "cl-rivals" }, title, h("ul", {}, rows));
}

function drawOwnQuestion({ view, readOnly }, answer) {
  return writingBox({
    label: view.own,
    text: answer.value().own,
    rows: 2,
    readOnly,
    change: (own) => answer.merge({ own }, TEXT_DELAY),
  });
}

function drawReplies(context, answer) {
  const groups = replyGroups(context.view);
  if (!groups.length) return null;
  return h(
    "section",
    { class: "cl-replies" },
    h("h4", {}, say("asking.replies")),
    h("p", { class: "cl-help" }, say("asking.repliesHelp")),
    drawMeanings(groups[0].choices ?? []),
    groups.map((group, index) => drawReply(context, answer, group, index + 1)),
  );
}

function drawReply(context, answer, { title, choices, parts = [] }, number) {
  const [head, reply] = [nextId("reply"), nextId("reply")];
  const fields = parts.map((part) => {
    const named = { ...part, short: replyLabel(part, number) };
    return drawAccount(context, answer, named, choices, null);
  });
  return h(
    "div",
    { class: "cl-box cl-reply", role: "group", "aria-labelledby": `${head} ${reply}` },
    h("h5", { id: head }, say("asking.reply", { number })),
    h("blockquote", { class: "cl-claim", id: reply }, title),
    h("div", { class: "cl-group is-pills" }, fields),
  );
}

/** Once committed: the question in the trainee's own words, beside the course's. */
function drawOwnAsked({ view, value, feedback }) {
  const own = value?.own?.trim();
  const next = view.groups?.[0]?.parts?.[0]?.id;
  const { keyed } = feedback?.parts?.find(({ part }) => part === next) ?? {};
  if (!own || !keyed) return null;
  return h(
    "div",
    { class: "cl-beside" },
    drawQuestion(say("asking.own"), own),
    drawQuestion(say("asking.course"), keyed),
  );
}

function drawQuestion(title, text) {
  return h("section", {}, h("h4", {}, title), h("div", { class: "cl-own" }, h("p", {}, text)));
}
