import assert from "node:assert/strict";
import { test } from "node:test";
import { loadPage } from "./load.mjs";
import { fields, pick, taskContext } from "./tasks.mjs";

const { addRatings, drawAnchors, drawFeedback, ownRatings } = await loadPage();
const LEVELS = ["Not yet", "Beginning", "Sound", "Strong"].map((label, points) => ({ points, label }));
const VIEW = {
  id: "c1-write",
  kind: "write",
  rubric: {
    criteria: [
      { id: "grounded", name: "Grounded", levels: LEVELS },
      { id: "fair", name: "Fair", levels: LEVELS },
    ],
  },
};
const ANCHORS = [
  { id: "x1", level: "Poor", lens: "CBT", text: "First.", ratings: { grounded: 0, fair: 1 }, why: "See s4." },
  { id: "x2", level: "Excellent", lens: "Dynamic", text: "Second.", ratings: { grounded: 3, fair: 3 } },
];

function open({ ratings = {}, anchors = ANCHORS, entryOf } = {}) {
  const more = { feedback: { anchors }, readOnly: true, ...(entryOf ? { entryOf } : {}) };
  const one = taskContext(VIEW, { entry: { ratings }, context: more });
  const drawn = drawAnchors(one.context);
  return { ...one, drawn, root: one.draw(drawn) };
}

const examples = (root) => root.querySelectorAll("details");
const outcome = (root, index) => root.querySelectorAll(".cl-outcome")[index].textContent;
const sum = (root) => root.querySelector(".cl-sum").textContent;

test("without anchored examples nothing is drawn", () => {
  assert.equal(open({ anchors: [] }).drawn, null);
});

test("an example is rated before anything is told of its level", () => {
  const { root, kept } = open();
  assert.doesNotMatch(root.textContent, /Poor|CBT|See s4|the course:/);
  assert.ok(root.querySelectorAll("input").every((input) => !input.disabled));
  pick(fields(root)[0].inputs[1]);
  assert.deepEqual(kept.ratings, [{ "x1-grounded": 1 }]);
  assert.equal(outcome(root, 0), "");
  assert.equal(sum(root), "");
});

test("the last criterion brings level, lens, both ratings and the reason", () => {
  const { root } = open({ ratings: { "x1-grounded": 1 } });
  pick(fields(root)[1].inputs[1]);
  assert.match(outcome(root, 0), /The course’s rating: Poor\. Lens: CBT\./);
  assert.match(outcome(root, 0), /GroundedYou: Beginning, the course: Not yet\. One level more\./);
  assert.match(outcome(root, 0), /FairYou: Beginning, as the course\./);
  assert.match(outcome(root, 0), /See s4\./);
  assert.equal(outcome(root, 1), "");
});

test("what appears is also spoken, once", () => {
  const { root, kept } = open({ ratings: { "x1-grounded": 1 } });
  pick(fields(root)[1].inputs[1]);
  pick(fields(root)[1].inputs[0]);
  assert.equal(kept.said.length, 1);
  assert.match(kept.said[0], /^The course’s rating: Poor\..* on 1 of 2\.$/);
});

test("a rating that is changed later changes the comparison in place", () => {
  const { root } = open({ ratings: { "x1-grounded": 1, "x1-fair": 1 } });
  pick(fields(root)[0].inputs[3]);
  assert.match(outcome(root, 0), /You: Strong, the course: Not yet\. 3 levels more\./);
});

test("the examples are summed up in words", () => {
  const ratings = { "x1-grounded": 1, "x1-fair": 2, "x2-grounded": 1, "x2-fair": 3 };
  assert.equal(
    sum(open({ ratings }).root),
    "You gave the course’s level on 1 of 4. You gave one level more than the course on 2 of 4. " +
      "You gave 2 levels less than the course on 1 of 4.",
  );
});

test("the first example that is not rated is open, and the next one after it", () => {
  const { root } = open({ ratings: { "x1-grounded": 1 } });
  assert.deepEqual(examples(root).map((one) => Boolean(one.open)), [true, false]);
  pick(fields(root)[1].inputs[0]);
  assert.deepEqual(examples(root).map((one) => Boolean(one.open)), [true, true]);
  const again = open({ ratings: { "x1-grounded": 1, "x1-fair": 1 } });
  assert.deepEqual(examples(again.root).map((one) => Boolean(one.open)), [false, true]);
});

test("ratings of one's own text and of the examples never overwrite each other", () => {
  const { context, kept, root } = open({ ratings: { fair: 2, "x2-fair": 0 } });
  assert.deepEqual(ownRatings(context), { fair: 2 });
  pick(fields(root)[0].inputs[1]);
  addRatings(context, { grounded: 3 });
  assert.deepEqual(kept.ratings.at(-1), { fair: 2, "x2-fair": 0, "x1-grounded": 1, grounded: 3 });
});

test("an entry that has been replaced since is the one that counts", () => {
  const { root, kept } = open({ entryOf: () => ({ ratings: { fair: 3 } }) });
  pick(fields(root)[0].inputs[0]);
  assert.deepEqual(kept.ratings.at(-1), { fair: 3, "x1-grounded": 0 });
});

test("a rating of a level that the rubric does not have counts as none", () => {
  const { root } = open({ ratings: { "x1-grounded": 9, "x1-fair": null } });
  assert.equal(outcome(root, 0), "");
  assert.equal(sum(root), "");
});

test("after written work the examples come before one's own rating, with links", () => {
  const ratings = { "x1-grounded": 1, "x1-fair": 1 };
  const feedback = { parts: [], anchors: ANCHORS };
  const one = taskContext(VIEW, { entry: { ratings }, context: { feedback, readOnly: true } });
  const text = one.draw(drawFeedback(one.context)).textContent;
  assert.ok(text.indexOf("Example 1 of 2") < text.indexOf("Rate your own text"));
  assert.match(text, /See sentence 4\./);
});

test("texts by others have a rubric, and are not one's own to rate", () => {
  const feedback = { parts: [], anchors: [] };
  const view = { ...VIEW, kind: "appraise", texts: [] };
  const one = taskContext(view, { context: { feedback, readOnly: true } });
  assert.doesNotMatch(one.draw(drawFeedback(one.context)).textContent, /Rate your own text/);
});
