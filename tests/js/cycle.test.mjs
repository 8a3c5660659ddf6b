import assert from "node:assert/strict";
import { test } from "node:test";
import { answers, drawingPage, filledPage, fire, layoutFaults, slotsTask } from "./drawings.mjs";
import { installPage } from "./fakes.mjs";
import { loadPage } from "./load.mjs";

const page = await loadPage();
const { CBT_SLOTS, collectElements, cycleInWords, drawCycle, layoutCycle, textWidth } = page;
installPage();

const LINKS = [
  ["situation", "automatic_thought"],
  ["automatic_thought", "emotion"],
  ["core_belief", "automatic_thought"],
  ["behaviour", "maintaining"],
  ["formative", "core_belief"],
  ["intermediate_belief", "behaviour"],
  ["situation", "behaviour"],
  ["coping_strategy", "maintaining"],
  ["thinking_pattern", "intermediate_belief"],
  ["body", "behaviour"],
  ["maintaining", "maintaining"],
  ["situation", "formative"],
];
const even = (count) => Object.fromEntries(CBT_SLOTS.map((slot) => [slot, count]));
const filled = (counts, links = [], more = {}) =>
  collectElements(filledPage({ lens: "cbt", slots: CBT_SLOTS, counts, links, ...more }), "c1");

test("nothing overlaps with one to four statements of 120 characters in a box", () => {
  for (let round = 0; round < 40; round += 1) {
    const counts = Object.fromEntries(CBT_SLOTS.map((slot, index) => [slot, 1 + ((round * 7 + index * (round + 3)) % 4)]));
    const links = LINKS.filter((_, index) => (round + index) % 3 || round === 0);
    for (const width of [300, 372, 460]) {
      const layout = layoutCycle(filled(counts, links), { width });
      assert.deepEqual(layoutFaults(layout, textWidth), [], `round ${round}, width ${width}`);
    }
  }
});

test("nothing overlaps where some boxes are empty", () => {
  for (let round = 0; round < 20; round += 1) {
    const counts = Object.fromEntries(CBT_SLOTS.map((slot, index) => [slot, (round * 5 + index * 3) % 3]));
    const layout = layoutCycle(filled(counts, LINKS, { length: 40 }), {});
    assert.deepEqual(layoutFaults(layout, textWidth), [], `round ${round}`);
  }
});

test("the drawing grows with the answers", () => {
  const heights = [0, 1, 2, 4].map((count) => layoutCycle(filled(even(count))).height);
  assert.deepEqual([...heights].sort((a, b) => a - b), heights);
  assert.ok(heights[3] > 2 * heights[0]);
});

test("every arrow between placed statements is drawn, from box to box", () => {
  const { links, nodes } = layoutCycle(filled(even(1), LINKS), {});
  assert.equal(links.length, LINKS.length);
  const touches = ([x, y], { x: left, y: top, w, h }) =>
    x >= left - 1 && x <= left + w + 1 && y >= top - 1 && y <= top + h + 1;
  for (const { id, from, to, points } of links) {
    const node = (name) => nodes.find((one) => one.id === name);
    assert.ok(touches(points[0], node(from)), `${id} begins at ${from}`);
    assert.ok(touches(points.at(-1), node(to)), `${id} ends at ${to}`);
  }
});

test("the cycle runs clockwise: thought to the right of behaviour, situation on top", () => {
  const { nodes } = layoutCycle(filled(even(1)), {});
  const at = (id) => nodes.find((node) => node.id === id);
  assert.ok(at("situation").y < at("automatic_thought").y);
  assert.ok(at("automatic_thought").x > at("maintaining").x);
  assert.ok(at("emotion").y > at("automatic_thought").y);
  assert.ok(at("behaviour").x < at("emotion").x);
  assert.ok(at("core_belief").y > at("behaviour").y);
});

test("a place on the menu waits as an empty box, another is faint or left out", () => {
  const task = slotsTask("t1", { lens: "cbt", slots: ["situation", "body"], statements: { a1: "The key." } });
  const elements = collectElements(drawingPage({ tasks: [task], values: { t1: answers({ a1: ["situation", "s2"] }) } }), "c1");
  const states = Object.fromEntries(layoutCycle(elements).nodes.map(({ id, state }) => [id, state]));
  assert.deepEqual(states, {
    situation: "filled",
    maintaining: "off",
    automatic_thought: "off",
    behaviour: "off",
    emotion: "empty",
  });
  assert.deepEqual(cycleInWords(elements).slice(1), [
    "Place situation: The key. Sentence 2.",
    "Automatic thought: not asked about in this case.",
    "Place body: nothing here yet.",
    "Behaviour: not asked about in this case.",
    "What keeps it going: not asked about in this case.",
  ]);
});

test("the words tell every box and every arrow, and no more", () => {
  const elements = filled(even(1), [["situation", "automatic_thought"]], { length: 22 });
  const words = cycleInWords(elements);
  const { nodes, links } = layoutCycle(elements);
  assert.equal(words.length, nodes.length + links.length + 2);
  assert.match(words[1], /^Place situation: In the van she lets th\. Sentences 3, 11\.$/);
  assert.match(words.at(-1), /^Your own arrow: “In the van she lets th” leads to /);
});

test("an emotion and a body sensation share a box", () => {
  const { nodes } = layoutCycle(filled({ emotion: 1, body: 2 }));
  const { label, items } = nodes.find(({ id }) => id === "emotion");
  assert.equal(label, "Emotion and body");
  assert.deepEqual(items.map(({ slot }) => slot), ["emotion", "body", "body"]);
});

test("a drawing is complete in itself: colours, sizes, and names for what it shows", () => {
  const drawing = drawCycle(filled({ situation: 1, behaviour: 1 }, [["situation", "behaviour"]]));
  assert.equal(drawing.tag, "svg");
  assert.equal(drawing.attributes.xmlns, "http://www.w3.org/2000/svg");
  assert.match(drawing.attributes.viewBox, /^0 0 372 \d/);
  const texts = drawing.all().filter(({ tag }) => tag === "text");
  assert.ok(texts.every(({ attributes }) => attributes["font-size"] && /^#/.test(attributes.fill)));
  const names = drawing.all().map(({ attributes }) => attributes["aria-label"]).filter(Boolean);
  assert.ok(names.some((name) => /^Place situation: .* Sentences 3, 11\.$/.test(name)));
  assert.ok(names.includes("Place core_belief: nothing here yet."));
  assert.ok(names.some((name) => / leads to .*Sentence 4\.$/.test(name)));
});

test("a drawing takes its colours from a palette", () => {
  const drawing = drawCycle(filled({ situation: 1 }), { palette: { cbt: "rebeccapurple" } });
  const strokes = drawing.all().map(({ attributes }) => attributes.stroke);
  assert.ok(strokes.includes("rebeccapurple"));
  assert.ok(!strokes.includes("#0b6590"));
});

test("whoever draws may make elements and arrows do something", () => {
  const seen = [];
  const wire = (node, { element, arrow }) => {
    node.addEventListener("focus", () => seen.push(element?.slot ?? arrow.relation));
  };
  const drawing = drawCycle(filled({ situation: 1, behaviour: 1 }, [["situation", "behaviour"]]), { wire });
  drawing.all().forEach((node) => fire(node, "focus"));
  assert.deepEqual(seen, ["situation", "behaviour", "Leads to"]);
});
