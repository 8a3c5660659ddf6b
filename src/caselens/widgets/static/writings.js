// What a trainee wrote on a case, as blocks: own texts, first words, a text that was mended.
import { chosenIn, listBlock, textBlock, viewGroups } from "./blocks.js";
import { partLabel } from "./choices.js";
import { rubricCriteria } from "./rating.js";
import { say } from "./strings.js";

/** The last formulation first, then the one that it grew from, then what is said aloud. */
export function sortedTexts(views) {
  const texts = views.filter(({ kind }) => kind === "write");
  const rank = (view) => (isRewritten(texts, view) ? 1 : isFinal(view) ? 0 : 2);
  return [...texts].sort((one, two) => rank(one) - rank(two));
}

function isFinal({ rewrites, rubric }) {
  return Boolean(rewrites) || rubric?.id === "formulation";
}

function isRewritten(views, { id }) {
  return views.some(({ rewrites }) => rewrites === id);
}

/** What a written text is called in the document. */
export function textTitle(reader, view) {
  return isRewritten(reader.views, view) ? say("mine.first") : reader.nameOf(view);
}

/** A written text, and how its writer rated it. */
export function readWritten(reader, view) {
  const { value, ratings } = reader.entry(view);
  const rated = rubricCriteria(view.rubric).flatMap(({ id, label, levels }) => {
    const level = levels.find((one) => String(one.id) === String(ratings?.[id]));
    return level ? [{ name: label, lines: [level.label || String(level.id)] }] : [];
  });
  return [...textBlock(value?.text), ...listBlock(rated, say("mine.rated"))];
}

/** The levels given to what others wrote, and the text that was mended. */
export function readAppraised(reader, view) {
  const texts = (view.texts ?? []).flatMap(({ id, text }, index) => {
    const groups = viewGroups(view).filter((group) => group.text_id === id);
    const items = groups.flatMap((group) => readLevels(reader, view, group));
    const opening = openingOf(text);
    return listBlock(items, say("mine.text", { number: index + 1, opening }));
  });
  const repair = textBlock(reader.entry(view).value?.repair, { title: say("mine.repair") });
  return [...texts, ...repair];
}

function readLevels(reader, view, group) {
  const criterion = rubricCriteria(view.rubric).find(({ id }) => id === group.criterion);
  return chosenIn(reader, view, group).map(({ part, label }) => ({
    name: criterion?.label ?? partLabel(part),
    lines: [label],
  }));
}

// Whose levels these are is known by the first words of the text.
function openingOf(text) {
  const words = String(text ?? "").split(/\s+/).filter(Boolean);
  return words.length > 6 ? `${words.slice(0, 6).join(" ")} …` : words.join(" ");
}

/** What was written before a menu was shown. */
export function readFirst(reader, view) {
  return textBlock(reader.entry(view).firstText, { asked: view.first ?? null });
}
