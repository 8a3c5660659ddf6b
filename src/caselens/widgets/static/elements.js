// What the drawings are made of: answers turned into elements, each with its sentences.
import { say } from "./strings.js";
import { listNumbers } from "./text.js";
import { indexSentences } from "./vignette.js";

/** The slots of the two lenses, in the order in which the drawings tell them. */
export const CBT_SLOTS = [
  "situation",
  "automatic_thought",
  "emotion",
  "body",
  "behaviour",
  "maintaining",
  "thinking_pattern",
  "intermediate_belief",
  "core_belief",
  "coping_strategy",
  "formative",
];
export const DYNAMIC_SLOTS = [
  "wish",
  "response_of_other",
  "response_of_self",
  "core_conflict",
  "defence",
  "anxiety",
  "hidden_feeling",
  "repetition",
  "with_therapist",
  "past_person",
];
const HELD_BACK = ["too_early", "not_supported"];
const OTHERWISE = new Set(["missed", "unsupported"]);

/**
 * Everything that a trainee has said of one case, for drawing: `placed` statements with
 * lens ("cbt", "dynamic", "common", "held") and slot, `menus` (slots on the menu of this
 * case, by lens), `titles` (of its tasks, by lens and kind), `arrows`, `both`, `pairs`,
 * `moves` (`text` is null where nothing is chosen). Numbers are the case's own.
 */
export function collectElements(page, caseId) {
  const reader = readerFor(page, caseId);
  const slots = reader.views.filter(isSlots);
  const placed = slots.flatMap((view) => readPlaced(reader, view));
  return {
    placed,
    menus: readMenus(slots),
    titles: readTitles(reader.views),
    arrows: reader.views.flatMap((view) => readArrows(reader, view, placed)),
    both: ofKind(reader, "lens").flatMap((view) => readBoth(reader, view)),
    pairs: ofKind(reader, "translate").flatMap((view) => readPairs(reader, view)),
    moves: ofKind(reader, "lens").flatMap((view) => readMoves(reader, view)),
  };
}

/** The statements that were placed in any of these slots. */
export function elementsIn(elements, slots) {
  return slots.flatMap((slot) => elements.placed.filter((one) => one.slot === slot));
}

/** "Automatic thought: She hopes. Sentence 11." */
export function elementName(element) {
  return say("elements.name", { label: element.label, rest: elementWords(element) });
}

/** The statement with its sentences and, where it differs, the course's own place. */
export function elementWords({ text, numbers, course }) {
  const note = course ? say("elements.course", { course: asSentence(course) }) : "";
  return [asSentence(text), sentencesWords(numbers), note].filter(Boolean).join(" ");
}

/** "Sentences 3, 11.", or nothing where none is named. */
export function sentencesWords(numbers) {
  if (!numbers?.length) return "";
  const values = { count: numbers.length, numbers: listNumbers(numbers) };
  return say("elements.sentences", values);
}

/** An arrow of the trainee's own in words, with its sentences. */
export function arrowWords({ from, to, relation, numbers }) {
  const ends = { from: withoutStop(from.text), to: withoutStop(to.text) };
  const values = { ...ends, relation: relation.toLowerCase() };
  return [say("elements.arrow", values), sentencesWords(numbers)].filter(Boolean).join(" ");
}

/** Whether anything of this lens is on a menu of the case. */
export function isAsked(elements, lens) {
  return Object.keys(elements.menus[lens]).length > 0;
}

function asSentence(text) {
  const plain = String(text ?? "").trim();
  return /[.?!…]["”’')]*$/.test(plain) ? plain : `${plain}.`;
}

function withoutStop(text) {
  return String(text ?? "").trim().replace(/\.$/, "");
}

function readerFor({ tasks, store }, caseId) {
  const found = (store.unit.cases ?? []).find((one) => one.id === caseId);
  const sentences = indexSentences(found);
  return {
    views: tasks.filter((view) => view.case === caseId),
    parts: (view) => store.entry(view.id)?.value?.parts ?? {},
    feedback: (view) => store.feedback(view.id),
    known: (ids) => [...new Set(idsIn(ids))].filter((id) => sentences.has(id)),
    numbers: (ids) => ids.map((id) => sentences.get(id).number).sort((a, b) => a - b),
    number: (id) => sentences.get(id)?.number ?? null,
  };
}

function idsIn(given) {
  return Array.isArray(given) ? given : [];
}

function isSlots(view) {
  return view.kind === "slots" && Boolean(view.groups?.length);
}

function ofKind(reader, kind) {
  return reader.views.filter((view) => view.kind === kind);
}

function lensOfSlot(slot) {
  if (CBT_SLOTS.includes(slot)) return "cbt";
  if (DYNAMIC_SLOTS.includes(slot)) return "dynamic";
  return HELD_BACK.includes(slot) ? "held" : "common";
}

function readMenus(slots) {
  const menus = { cbt: {}, dynamic: {}, common: {}, held: {} };
  const choices = slots.flatMap((view) => view.groups[0].choices ?? []);
  for (const { id, label } of choices) menus[lensOfSlot(id)][id] ??= label ?? id;
  return menus;
}

function readTitles(views) {
  const titled = (test) => views.filter(test).map((view) => view.title || view.id);
  const menu = (view) => (view.groups?.[0]?.choices ?? []).map(({ id }) => lensOfSlot(id));
  return {
    cbt: titled((view) => isSlots(view) && menu(view).includes("cbt")),
    dynamic: titled((view) => isSlots(view) && menu(view).includes("dynamic")),
    link: titled((view) => view.kind === "link"),
    lens: titled((view) => view.kind === "lens"),
    translate: titled((view) => view.kind === "translate"),
  };
}

// What comes from an answer is only ever an id; words come from the task itself.
function readChosen(reader, view, group) {
  const parts = reader.parts(view);
  const choices = new Map((group.choices ?? []).map((one) => [one.id, one]));
  return (group.parts ?? [])
    .map((part) => ({ part, answer: parts[part.id] ?? {} }))
    .filter(({ answer }) => choices.has(answer.choice))
    .map(({ part, answer }) => ({
      part,
      choice: choices.get(answer.choice),
      ids: reader.known(answer.evidence),
      course: courseWords(reader.feedback(view), part.id),
    }));
}

function courseWords(feedback, part) {
  const found = feedback?.parts?.find((one) => one.part === part);
  return OTHERWISE.has(found?.verdict) ? (found.keyed ?? null) : null;
}

function readPlaced(reader, view) {
  return readChosen(reader, view, view.groups[0]).map(({ part, choice, ids, course }) => ({
    id: `${view.id}:${part.id}`,
    text: part.text ?? part.id,
    lens: lensOfSlot(choice.id),
    slot: choice.id,
    label: choice.label ?? choice.id,
    ids,
    numbers: reader.numbers(ids),
    course,
  }));
}

function readArrows(reader, view, placed) {
  if (view.kind !== "link") return [];
  const relations = new Map((view.relations ?? []).map((one) => [one.id, one]));
  const ends = new Map((view.elements ?? []).map((one) => [one.id, one]));
  const end = (id) =>
    placed.find((one) => one.id === `${view.of}:${id}`) ?? { ...ends.get(id), slot: null };
  return Object.entries(reader.parts(view)).flatMap(([id, answer]) => {
    const [from, to] = id.split("-");
    const relation = relations.get(answer?.choice);
    if (!relation || !ends.has(from) || !ends.has(to)) return [];
    const ids = reader.known(answer.evidence);
    const arrow = { id: `${view.id}:${id}`, from: end(from), to: end(to), ids };
    const words = { relation: relation.label ?? relation.id, breaks: answer.breaks ?? "" };
    return [{ ...arrow, ...words, numbers: reader.numbers(ids) }];
  });
}

function readBoth(reader, view) {
  const groups = (view.groups ?? []).filter((group) => !movesOf(view, group).length);
  return groups
    .flatMap((group) => readChosen(reader, view, group))
    .filter(({ choice }) => choice.id === "both")
    .map(({ part, course }) => ({ text: part.text ?? part.id, course }));
}

function movesOf(view, group) {
  const ids = new Set((group.parts ?? []).map(({ id }) => id));
  return (view.moves ?? []).filter(({ id }) => ids.has(id));
}

// Moves that wait for an answer are told too, without a text.
function readMoves(reader, view) {
  return (view.groups ?? []).flatMap((group) => {
    const chosen = readChosen(reader, view, group);
    return movesOf(view, group).map(({ id, ask, lens, sentence }) => {
      const found = chosen.find(({ part }) => part.id === id);
      const text = found ? (found.choice.label ?? found.choice.id) : null;
      const number = reader.number(sentence);
      return { ask, lens: lens ?? null, number, text, course: found?.course ?? null };
    });
  });
}

function readPairs(reader, view) {
  return (view.groups ?? [])
    .flatMap((group) => readChosen(reader, view, group))
    .filter(({ choice }) => choice.id !== "none")
    .map(({ part, choice, course }) => ({
      text: part.text ?? part.id,
      counterpart: choice.label ?? choice.text ?? choice.id,
      course,
    }));
}
