import assert from "node:assert/strict";
import { test } from "node:test";
import { answers, drawingPage, filledPage, layoutFaults, slotsTask } from "./drawings.mjs";
import { installPage } from "./fakes.mjs";
import { loadPage } from "./load.mjs";

const page = await loadPage();
const { DYNAMIC_SLOTS, collectElements, drawTriangles, layoutTriangles, textWidth, trianglesInWords } = page;
installPage();

const LINKS = [
  ["wish", "response_of_other"],
  ["response_of_other", "response_of_self"],
  ["wish", "response_of_self"],
  ["defence", "hidden_feeling"],
  ["past_person", "wish"],
  ["repetition", "with_therapist"],
  ["anxiety", "defence"],
  ["hidden_feeling", "response_of_self"],
  ["core_conflict", "wish"],
  ["core_conflict", "defence"],
  ["past_person", "repetition"],
  ["anxiety", "past_person"],
];
const even = (count) => Object.fromEntries(DYNAMIC_SLOTS.map((slot) => [slot, count]));
const filled = (counts, links = [], more = {}) =>
  collectElements(filledPage({ lens: "dynamic", slots: DYNAMIC_SLOTS, counts, links, ...more }), "c1");
const asked = (slots) =>
  collectElements(drawingPage({ tasks: [slotsTask("t1", { lens: "dynamic", slots, statements: {} })] }), "c1");

test("nothing overlaps with one to four statements of 120 characters in a box", () => {
  for (let round = 0; round < 40; round += 1) {
    const counts = Object.fromEntries(DYNAMIC_SLOTS.map((slot, index) => [slot, 1 + ((round * 5 + index * (round + 3)) % 4)]));
    const links = LINKS.filter((_, index) => (round + index) % 3 || round === 0);
    for (const width of [300, 372, 460]) {
      const layout = layoutTriangles(filled(counts, links), { width });
      assert.deepEqual(layoutFaults(layout, textWidth), [], `round ${round}, width ${width}`);
    }
  }
});

test("nothing overlaps where some boxes are empty", () => {
  for (let round = 0; round < 20; round += 1) {
    const counts = Object.fromEntries(DYNAMIC_SLOTS.map((slot, index) => [slot, (round * 5 + index * 3) % 3]));
    const layout = layoutTriangles(filled(counts, LINKS, { length: 40 }), {});
    assert.deepEqual(layoutFaults(layout, textWidth), [], `round ${round}`);
  }
});

test("the lines of a triangle join its three corners", () => {
  const { mains } = layoutTriangles(asked(["defence"]));
  assert.equal(mains.length, 3);
  assert.ok(mains.every(({ head }) => head === false));
});

test("a figure of which nothing is asked is left out", () => {
  const { nodes, titles } = layoutTriangles(asked(["wish", "repetition"]));
  assert.deepEqual(titles.map(({ text }) => text), ["Between people", "Triangle of person"]);
  const states = Object.fromEntries(nodes.map(({ id, state }) => [id, state]));
  assert.deepEqual(states, {
    wish: "empty",
    response_of_other: "off",
    response_of_self: "off",
    repetition: "empty",
    with_therapist: "off",
    past_person: "off",
  });
});

test("a core conflict without its triangle stands alone", () => {
  const { nodes, titles } = layoutTriangles(asked(["core_conflict"]));
  assert.deepEqual(titles, []);
  assert.deepEqual(nodes.map(({ id }) => id), ["core_conflict"]);
});

test("the words tell every box and every arrow, and no more", () => {
  const elements = filled(even(1), LINKS.slice(0, 2), { length: 22 });
  const { nodes, links } = layoutTriangles(elements);
  const words = trianglesInWords(elements);
  assert.equal(words.length, nodes.length + links.length + 3);
  assert.match(words[1], /^Place wish: In the van she lets th\. Sentences 3, 11\.$/);
  assert.match(words.at(-1), /^Your own arrow: .* protects from /);
});

test("the drawing is read in the order of its figures", () => {
  const names = drawTriangles(filled({ wish: 1, defence: 1, past_person: 1 }))
    .all()
    .map(({ attributes }) => attributes["aria-label"])
    .filter(Boolean)
    .map((name) => name.match(/^Place (\w+)/)[1]);
  assert.deepEqual(names, DYNAMIC_SLOTS);
});

test("a statement in the wrong lens's menu is not drawn here", () => {
  const task = slotsTask("t1", { lens: null, slots: ["situation", "wish"], statements: { a1: "A.", a2: "B." } });
  const values = { t1: answers({ a1: ["situation"], a2: ["wish"] }) };
  const elements = collectElements(drawingPage({ tasks: [task], values }), "c1");
  const items = layoutTriangles(elements).nodes.flatMap((node) => node.items);
  assert.deepEqual(items.map(({ text }) => text), ["B."]);
});
