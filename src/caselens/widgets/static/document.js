// "My formulation": a document of a trainee's own answers on one case, as plain data.
import { mentionedNumbers, paragraphsOf } from "./blocks.js";
import { chaptersOf } from "./chapters.js";
import { cycleInWords } from "./cycle.js";
import { collectElements } from "./elements.js";
import { openStages } from "./route.js";
import { say } from "./strings.js";
import { formatMoment } from "./text.js";
import { trianglesInWords } from "./triangles.js";
import { indexSentences } from "./vignette.js";

/**
 * `{title, caseTitle, people, about, chapters, sentences, end}`. Chapters hold parts, parts
 * hold blocks (see blocks.js); blank things are left out, and so is all that a key says.
 */
export function documentOf(page, caseId) {
  const found = caseOfDocument(page, caseId);
  const reader = readerOf(page, found, caseId);
  const chapters = chaptersOf(reader);
  return {
    title: say("step.mine"),
    caseTitle: found?.title ?? "",
    people: (found?.clients ?? []).map(personLine),
    about: aboutLines(page, reader, chapters),
    chapters: withNotes(chapters),
    sentences: usedSentences(reader, chapters),
    end: say("mine.end"),
  };
}

/** What the drawings are made of; nothing in it comes from a key. */
export function ownElements(page, caseId) {
  const { unit, entry } = page.store;
  const store = { unit, entry, feedback: () => null };
  return collectElements({ tasks: page.tasks, store }, caseId);
}

function caseOfDocument(page, caseId) {
  return (page.store.unit.cases ?? []).find((one) => one.id === caseId) ?? null;
}

function personLine({ name, age, pronouns, context }) {
  const who = [name, age, pronouns].filter(Boolean).join(", ");
  return [who, context].filter(Boolean).join(". ");
}

function readerOf(page, found, caseId) {
  const views = page.tasks.filter((view) => view.case === caseId);
  const sentences = openSentences(page, found, caseId);
  const listed = (ids) => (Array.isArray(ids) ? ids : []);
  const entry = (view) => page.store.entry(view.id);
  const stageOf = ({ stage }) => found?.stages?.[(stage ?? 1) - 1]?.title ?? say("read.more");
  return {
    views,
    sentences,
    entry,
    stageOf,
    ids: listed,
    parts: (view) => entry(view).value?.parts ?? {},
    numbers: (ids) => sortedNumbers(listed(ids).map((id) => sentences.get(id)?.number)),
    typed: (text) => paragraphsOf(text).flat(),
    nameOf: (view) => taskName(views, view, stageOf),
    stateOf: (own) => stateOfTasks(own.map((view) => entry(view).committed)),
    drawing: drawingReader(page, caseId),
  };
}

function sortedNumbers(numbers) {
  return [...new Set(numbers.filter(Number))].sort((one, two) => one - two);
}

// A text may name a sentence that its writer has not been shown: it stays unread here.
function openSentences(page, found, caseId) {
  const count = openStages(page, { kind: "mine", case: caseId });
  const open = (found?.stages ?? []).slice(0, count).flatMap(({ sentences }) => sentences ?? []);
  const all = indexSentences(found);
  return new Map(open.map(({ id }) => [id, all.get(id)]));
}

// Two tasks of one name are told apart by the part of the case that they stand in.
function taskName(views, view, stageOf) {
  const title = view.title || view.id;
  const same = views.filter((one) => (one.title || one.id) === title);
  const stages = new Set(same.map(({ stage }) => stage ?? 1));
  return stages.size > 1 ? say("mine.task", { title, stage: stageOf(view) }) : title;
}

function stateOfTasks(committed) {
  if (committed.every(Boolean)) return "committed";
  return committed.some(Boolean) ? "partly" : "open";
}

function drawingReader(page, caseId) {
  const elements = ownElements(page, caseId);
  const drawings = {
    cbt: { name: say("cycle.name"), inWords: cycleInWords },
    dynamic: { name: say("triangles.name"), inWords: trianglesInWords },
  };
  return (lens) => {
    if (!elements.placed.some((one) => one.lens === lens)) return null;
    const { name, inWords } = drawings[lens];
    return { kind: "drawing", lens, name, words: inWords(elements) };
  };
}

function aboutLines(page, { views, entry }, chapters) {
  const times = views.map((view) => entry(view).saved).filter(Boolean);
  const moment = formatMoment(times.sort().at(-1));
  const saved = moment ? say("mine.asOf", { moment }) : "";
  return [page.store.unit.title, saved, stateLine(page, chapters)].filter(Boolean);
}

function stateLine(page, chapters) {
  const { receipt } = page.store.state?.() ?? {};
  if (receipt) return say("mine.handedIn", { moment: formatMoment(receipt.at) });
  const states = chapters.flatMap(partStates);
  if (!states.length) return "";
  if (states.every((state) => state === "committed")) return say("mine.allCommitted");
  const none = states.every((state) => state === "open");
  return say(none ? "mine.noneCommitted" : "mine.someCommitted");
}

/** Where only some is committed, the rest says so of itself: a chapter once for all of it. */
function withNotes(chapters) {
  const states = new Set(chapters.flatMap(partStates));
  const mixed = ["committed", "partly"].some((state) => states.has(state));
  return chapters.map((chapter) => withNote(chapter, mixed));
}

function withNote({ title, parts }, mixed) {
  const states = new Set(partStates({ parts }));
  const alike = states.size === 1;
  const noteOf = (state) => (mixed ? stateNote(state) : null);
  return {
    title,
    note: alike ? noteOf([...states][0]) : null,
    parts: parts.map((part) => ({
      title: part.title,
      note: alike ? null : noteOf(part.state),
      blocks: part.blocks,
    })),
  };
}

function partStates({ parts }) {
  return parts.map(({ state }) => state).filter(Boolean);
}

function stateNote(state) {
  if (state === "open") return say("mine.open");
  return state === "partly" ? say("mine.partly") : null;
}

/** Every sentence that an answer rests on or names, once, in the order of the case. */
function usedSentences({ sentences }, chapters) {
  const used = new Set(numbersWithin(chapters));
  return [...sentences.values()]
    .filter(({ number }) => used.has(number))
    .map(({ number, text }) => ({ number, text: text ?? "" }));
}

function numbersWithin(value) {
  if (typeof value === "string") return mentionedNumbers(value);
  if (typeof value === "number") return [value];
  return value && typeof value === "object" ? Object.values(value).flatMap(numbersWithin) : [];
}
