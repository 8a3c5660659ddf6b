// Everything that a trainee answered on one case, chapter by chapter, as plain data.
import { answeredItems, chosenByChoice, chosenIn, listBlock, viewGroups } from "./blocks.js";
import { partLabel, viewParts } from "./choices.js";
import { drawnLinks, linkWords } from "./linkwords.js";
import { orderedIds } from "./order.js";
import { pickedParts } from "./pick.js";
import { say } from "./strings.js";
import { readAppraised, readFirst, readWritten, sortedTexts, textTitle } from "./writings.js";

/**
 * The chapters in their order. `views` picks the tasks that one tells, `read(reader, view)`
 * gives the blocks of one task; a chapter without a title of its own is called after its
 * first task, and `named` says that each of its tasks keeps its title. `drawn` names a
 * drawing, `also(reader)` gives parts that are told over several tasks. What is `kept`
 * from the start is not asked to be committed.
 */
const CHAPTERS = [
  { title: "mine.texts", views: sortedTexts, read: readWritten, part: textTitle },
  { title: "mine.goals", views: kindIs("goals"), read: readGoals },
  { title: "mine.safety", views: kindIs("safety"), read: readChoices },
  { title: "mine.read", views: kindIs("observe", "evidence"), read: readSentences, named: true },
  { views: lensIs("cbt"), read: readSlots, drawn: "cbt" },
  { views: lensIs("dynamic"), read: readSlots, drawn: "dynamic" },
  { views: otherSlots, read: readSlots },
  { title: "mine.arrows", views: kindIs("link"), read: readLinks },
  { title: "mine.labels", views: kindIs("pick"), read: readPicked },
  { title: "mine.rivals", views: kindIs("ask"), read: readAsked, named: true, also: readMoved },
  { title: "mine.moves", views: kindIs("lens"), read: readMovesOf },
  { title: "mine.compared", views: kindIs("lens", "translate"), read: readCompared, named: true },
  { title: "mine.order", views: kindIs("order"), read: readOrder },
  { title: "mine.appraised", views: kindIs("appraise"), read: readAppraised },
  { title: "mine.others", views: otherKinds, read: readChoices, named: true },
  { title: "mine.before", views: (views) => views, read: readFirst, named: true, kept: true },
  { title: "mine.sure", views: () => [], also: readSure },
];
const STEPS_SURE = [1, 2, 3, 4, 5];
const TOLD = CHAPTERS.flatMap(({ views }) => views.kinds ?? []).concat("write", "slots", "update");

/** Chapters `{title, parts}`; a part is `{title, state, blocks}`; blanks are left out. */
export function chaptersOf(reader) {
  return CHAPTERS.map((chapter) => readChapter(reader, chapter)).filter(
    ({ parts }) => parts.length,
  );
}

function readChapter(reader, { title, views: pick, read, part, named, kept, drawn, also }) {
  const views = pick(reader.views);
  const own = views.map((view) => ({
    title: part ? part(reader, view) : reader.nameOf(view),
    state: kept ? null : reader.stateOf([view]),
    blocks: read(reader, view),
  }));
  const parts = [...own, ...(also ? also(reader) : [])].filter(({ blocks }) => blocks.length);
  // One task under the title of its chapter needs no second title.
  if (parts.length === 1 && !part && !named) parts[0].title = null;
  const picture = drawn && parts.length ? reader.drawing(drawn) : null;
  const pictured = picture ? [{ title: null, state: null, blocks: [picture] }] : [];
  return { title: title ? say(title) : views[0]?.title, parts: [...pictured, ...parts] };
}

function kindIs(...kinds) {
  const pick = (views) => views.filter((view) => kinds.includes(view.kind));
  return Object.assign(pick, { kinds });
}

function lensIs(...lenses) {
  return (views) => views.filter(({ kind, lens }) => kind === "slots" && lenses.includes(lens));
}

function otherSlots(views) {
  const lensed = lensIs("cbt", "dynamic")(views);
  return views.filter((view) => view.kind === "slots" && !lensed.includes(view));
}

function otherKinds(views) {
  return views.filter((view) => !TOLD.includes(view.kind));
}

function readChoices(reader, view) {
  return listBlock(viewGroups(view).flatMap((group) => answeredItems(reader, view, group)));
}

function readGoals(reader, view) {
  const { value } = reader.entry(view);
  const goals = viewParts(view).filter(({ id }) => reader.ids(value?.agenda).includes(id));
  const agenda = goals.map(partLabel).join("; ");
  const items = [
    { name: say("mine.agenda"), lines: agenda ? [agenda] : [] },
    { name: say("mine.offer"), lines: reader.typed(value?.offer) },
  ];
  return [...readChoices(reader, view), ...listBlock(items, say("agenda.title"))];
}

function readSentences(reader, view) {
  return view.kind === "evidence" ? readEvidence(reader, view) : readObserved(reader, view);
}

function readEvidence(reader, view) {
  const numbers = reader.numbers(reader.entry(view).value?.marked);
  if (!numbers.length) return [];
  return listBlock([{ name: null, lines: [view.claim ?? ""], numbers }]);
}

function readObserved(reader, view) {
  const sorted = new Map();
  for (const { part, label } of viewGroups(view).flatMap((one) => chosenIn(reader, view, one))) {
    const [number] = reader.numbers([part.sentence ?? part.id.split("-")[0]]);
    if (number) sorted.set(number, [...(sorted.get(number) ?? []), label]);
  }
  const rows = [...sorted].sort(([one], [two]) => one - two);
  return listBlock(
    rows.map(([number, labels]) => ({
      name: say("mine.sentence", { number }),
      lines: [labels.join("; ")],
    })),
  );
}

function readSlots(reader, view) {
  return viewGroups(view).flatMap((group) => chosenByChoice(reader, view, group));
}

function readLinks(reader, view) {
  const arrows = drawnLinks(view, reader.entry(view).value);
  return listBlock(
    arrows.map((arrow) => ({
      name: null,
      lines: [linkWords(view, arrow)],
      numbers: reader.numbers(arrow.evidence),
      notes: [{ name: say("link.breaks"), lines: reader.typed(arrow.breaks) }],
    })),
  );
}

function readPicked(reader, view) {
  const { value } = reader.entry(view);
  return listBlock(
    pickedParts(view, value).map((part) => ({
      name: null,
      lines: [partLabel(part)],
      numbers: reader.numbers(value.parts[part.id].evidence),
    })),
  );
}

function readAsked(reader, view) {
  const [questions, ...replies] = view.groups ?? [];
  const own = { name: say("mine.ownQuestion"), lines: reader.typed(reader.entry(view).value?.own) };
  const chosen = questions ? answeredItems(reader, view, questions) : [];
  return [
    ...listBlock([...chosen, own]),
    ...replies.flatMap((group) => readReply(reader, view, group)),
  ];
}

function readReply(reader, view, group) {
  const items = chosenIn(reader, view, group).map(({ part, label }) => ({
    name: label,
    lines: [partLabel(part)],
  }));
  return listBlock(items, say("mine.reply", { reply: group.title ?? "" }));
}

// The accounts are told once, each with all that the parts of the case did to it.
function readMoved(reader) {
  const views = reader.views
    .filter(({ kind }) => kind === "update")
    .sort((one, two) => (one.stage ?? 0) - (two.stage ?? 0));
  const accounts = new Map();
  for (const view of views) {
    for (const { part, label } of viewGroups(view).flatMap((one) => chosenIn(reader, view, one))) {
      const note = { name: reader.stageOf(view), lines: [label] };
      accounts.set(part.id, { part, notes: [...(accounts.get(part.id)?.notes ?? []), note] });
    }
  }
  const items = [...accounts.values()].map(({ part, notes }) => ({
    name: null,
    lines: [partLabel(part)],
    notes,
  }));
  return [{ title: say("update.moved"), state: reader.stateOf(views), blocks: listBlock(items) }];
}

function isMove(view, group) {
  const moves = new Set((view.moves ?? []).map(({ id }) => id));
  return (group.parts ?? []).some(({ id }) => moves.has(id));
}

function readMovesOf(reader, view) {
  const groups = viewGroups(view).filter((group) => isMove(view, group));
  return listBlock(groups.flatMap((group) => answeredItems(reader, view, group)));
}

function readCompared(reader, view) {
  if (view.kind === "translate") return readTranslated(reader, view);
  const groups = viewGroups(view).filter((group) => !isMove(view, group));
  return groups.flatMap((group) => chosenByChoice(reader, view, group));
}

function readTranslated(reader, view) {
  const lead = say("translate.counterparts");
  const items = viewGroups(view).flatMap((group) =>
    chosenIn(reader, view, group).map(({ part, choice, label }) => ({
      name: null,
      lines: [partLabel(part)],
      notes: [{ name: choice === "none" ? null : lead, lines: [label] }],
    })),
  );
  return listBlock(items);
}

function readOrder(reader, view) {
  const texts = new Map(viewParts(view).map((part) => [part.id, partLabel(part)]));
  const ids = orderedIds(view, reader.entry(view).value);
  const items = ids.map((id) => ({ name: null, lines: [texts.get(id)] }));
  return listBlock(items, null, { ordered: true });
}

function readSure(reader) {
  const views = reader.views.filter((view) => STEPS_SURE.includes(reader.entry(view).confidence));
  const items = views.map((view) => ({
    name: reader.nameOf(view),
    lines: [say(`sure.${reader.entry(view).confidence}`)],
  }));
  return [{ title: null, state: null, blocks: listBlock(items) }];
}
