// The view that compares the two lenses: in general, in one's own answers, in this case.
import { h, disclosure, nextId } from "./dom.js";
import { collectElements, elementsIn } from "./elements.js";
import { drawStatement } from "./ground.js";
import { say } from "./strings.js";
import { splitReferences } from "./text.js";
import { indexSentences } from "./vignette.js";

const COMPARED_IN = ["cbt", "dynamic", "shared"];

/** The rows of the comparison, and what of the trainee's own answers belongs in each. */
const COMPARED = [
  {
    id: "unit",
    cbt: { slots: ["situation", "automatic_thought", "behaviour"] },
    dynamic: { slots: ["wish", "response_of_other", "response_of_self"] },
  },
  {
    id: "maintains",
    cbt: { slots: ["maintaining"] },
    dynamic: { slots: ["defence", "repetition"] },
  },
  { id: "first", cbt: { ask: "next" }, dynamic: { ask: "next" } },
  { id: "misses", cbt: { ask: "misses" }, dynamic: { ask: "misses" } },
];

/** The comparison for a case, as nodes for a screen of its own. */
export function drawComparison({ page, caseId }) {
  const elements = collectElements(page, caseId);
  const rows = comparisonRows(elements, {
    frame: page.store.unit.frame ?? [],
    closing: page.store.closing?.(caseId)?.comparison ?? null,
  });
  const read = sentenceReader(page, caseId);
  return [
    h("p", { class: "cl-lead" }, say("compare.lead")),
    drawCompareTable(rows, elements, read),
    drawDecides(elements),
    drawWholeFrame(page.store.unit.frame ?? []),
  ];
}

/**
 * Rows `{id, name, cells}`, where a cell is `{general, own, here}`: text of the frame, the
 * trainee's own statements (null where nothing was asked), and text for this case.
 */
export function comparisonRows(elements, { frame, closing }) {
  return COMPARED.map((row) => {
    const general = frame.find(({ id }) => id === row.id) ?? {};
    const cells = COMPARED_IN.map((column) => ({
      column,
      general: general[column] || null,
      own: row[column] ? ownIn(elements, row[column], column) : null,
      here: closing?.[row.id]?.[column] || null,
    }));
    return { id: row.id, name: general.name ?? rowName(row.id), cells };
  });
}

function rowName(id) {
  const names = {
    unit: say("compare.unit"),
    maintains: say("compare.maintains"),
    first: say("compare.first"),
    misses: say("compare.misses"),
  };
  return names[id];
}

function ownIn(elements, { slots, ask }, lens) {
  if (ask) return movesOn(elements, ask, lens);
  const asked = slots.some((slot) => slot in elements.menus[lens]);
  return asked ? elementsIn(elements, slots) : null;
}

function movesOn({ moves }, ask, lens) {
  const asked = moves.filter((move) => move.ask === ask && (move.lens ?? lens) === lens);
  if (!asked.length) return null;
  return asked.filter(({ text }) => text).map(asStatement);
}

function asStatement({ number, text, course }) {
  const label = number ? say("compare.move", { number }) : null;
  return { label, text, numbers: [], course };
}

// Here the case may be out of sight, so its sentences are named and not linked.
function sentenceReader(page, caseId) {
  const found = (page.store.unit.cases ?? []).find((one) => one.id === caseId);
  const sentences = indexSentences(found);
  const numberOf = (id) => sentences.get(id)?.number ?? null;
  return (text) => splitReferences(text, numberOf).map((piece) => piece.text).join("");
}

// The roles stand in words, since a table that is stacked by its style loses them.
function drawCompareTable(rows, elements, read) {
  const titles = columnTitles();
  const head = COMPARED_IN.map((column) =>
    h("th", { scope: "col", role: "columnheader", class: `is-${column}` }, titles[column]),
  );
  const corner = h("td", { role: "cell", class: "cl-corner" });
  return h(
    "table",
    { class: "cl-compare", role: "table", "aria-label": say("compare.table") },
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, corner, head)),
    h(
      "tbody",
      { role: "rowgroup" },
      rows.map((row) => drawCompareRow(row, { titles, read })),
      drawShared(elements),
    ),
  );
}

function columnTitles() {
  return {
    cbt: say("lenses.cbt"),
    dynamic: say("lenses.dynamic"),
    shared: say("compare.shared"),
  };
}

function drawCompareRow({ name, cells }, { titles, read }) {
  return h(
    "tr",
    { role: "row" },
    h("th", { scope: "row", role: "rowheader" }, name),
    cells.map((cell) => drawCompareCell(cell, { title: titles[cell.column], read })),
  );
}

function drawCompareCell({ column, general, own, here }, { title, read }) {
  const told = (text) => h("p", {}, read(text));
  const layers = [
    general ? drawLayer("general", say("compare.general"), told(general)) : null,
    own ? drawLayer("own", say("compare.yours"), drawOwn(own)) : null,
    here ? drawLayer("here", say("compare.here"), told(here)) : null,
  ].filter(Boolean);
  const name = h("p", { class: "cl-cell-title", "aria-hidden": "true" }, title);
  const empty = layers.length ? "" : " is-empty";
  return h("td", { role: "cell", class: `is-${column}${empty}` }, name, layers);
}

function drawLayer(name, title, content) {
  return h(
    "div",
    { class: `cl-layer is-${name}` },
    h("p", { class: "cl-layer-name" }, title),
    content,
  );
}

function drawOwn(statements) {
  if (!statements.length) return h("p", { class: "cl-nothing" }, say("compare.nothing"));
  return h("ul", {}, statements.map(drawStatement));
}

// What was given to both lenses belongs to no one row, so it is told once, at the end.
function drawShared({ both, titles }) {
  if (!titles.lens.length) return null;
  const statements = both.map((one) => ({ ...one, numbers: [] }));
  return h(
    "tr",
    { role: "row" },
    h("th", { scope: "row", role: "rowheader" }, say("compare.both")),
    h(
      "td",
      { role: "cell", class: "is-shared", colspan: COMPARED_IN.length },
      drawLayer("own", say("compare.yours"), drawOwn(statements)),
    ),
  );
}

function drawDecides({ moves }) {
  const asked = moves.filter(({ ask }) => ask === "decides");
  if (!asked.length) return null;
  const chosen = asked.filter(({ text }) => text);
  const id = nextId("decides");
  return h(
    "section",
    { class: "cl-decides", "aria-labelledby": id },
    h("h4", { id }, say("compare.decides")),
    chosen.length ? null : h("p", { class: "cl-nothing" }, say("compare.nothing")),
    h("ul", {}, chosen.map(asStatement).map(drawStatement)),
  );
}

function drawWholeFrame(frame) {
  if (!frame.length) return null;
  const source = say("compare.source");
  const titles = { name: say("compare.dimension"), ...columnTitles(), source };
  const [first, ...others] = Object.keys(titles);
  const head = Object.values(titles).map((title) =>
    h("th", { scope: "col", role: "columnheader" }, title),
  );
  const rows = frame.map((row) =>
    h(
      "tr",
      { role: "row" },
      h("th", { scope: "row", role: "rowheader" }, row[first]),
      others.map((name) => drawWholeCell(row[name], titles[name])),
    ),
  );
  const table = h(
    "table",
    { class: "cl-compare is-frame", role: "table", "aria-label": say("compare.frame") },
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, head)),
    h("tbody", { role: "rowgroup" }, rows),
  );
  return disclosure(say("compare.frame"), { class: "cl-more cl-frame-whole" }, table);
}

function drawWholeCell(text, title) {
  const name = h("p", { class: "cl-cell-title", "aria-hidden": "true" }, title);
  return h("td", { role: "cell" }, name, h("p", {}, text ?? ""));
}
