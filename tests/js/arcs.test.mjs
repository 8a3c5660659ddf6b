import assert from "node:assert/strict";
import { test } from "node:test";
import { installPage } from "./fakes.mjs";
import { loadPage } from "./load.mjs";
import { fire } from "./tasks.mjs";

const { arcPath, arcRoutes, createArcs } = await loadPage();
const IDS = ["a1", "a2", "a3", "a4"];
const BOXES = new Map(IDS.map((id, index) => [id, { top: index * 60, height: 50 }]));
const ROOM = { 1: 100, "-1": 80 };

const routes = (...pairs) => routesWithin(ROOM, ...pairs);

function routesWithin(room, ...pairs) {
  const arrows = pairs.map((pair) => {
    const [from, to] = pair.split("-");
    return { key: pair, from, to };
  });
  const found = arcRoutes(BOXES, arrows, room);
  return new Map(found.map((route) => [route.arrow.key, route]));
}

test("an arrow down runs on one side, an arrow up on the other", () => {
  const found = routes("a1-a2", "a3-a2");
  assert.equal(found.get("a1-a2").side, 1);
  assert.equal(found.get("a3-a2").side, -1);
});

test("an arrow begins and ends at the height of its boxes", () => {
  const { top, bottom } = routes("a3-a1").get("a3-a1");
  assert.deepEqual([top, bottom], [25, 145]);
});

test("a long arc runs around the short ones that it encloses", () => {
  const found = routes("a1-a4", "a2-a3", "a1-a3");
  const reach = (key) => found.get(key).reach;
  assert.ok(reach("a2-a3") < reach("a1-a3"));
  assert.ok(reach("a1-a3") < reach("a1-a4"));
});

test("arcs that follow on one another share a lane", () => {
  const found = routes("a1-a2", "a2-a3");
  assert.equal(found.get("a1-a2").reach, found.get("a2-a3").reach);
});

test("at one box what ends stands above what begins, and no two ends meet", () => {
  const found = routes("a1-a2", "a2-a3", "a2-a4");
  const heights = [found.get("a1-a2").bottom, found.get("a2-a4").top, found.get("a2-a3").top];
  assert.deepEqual([...heights].sort((a, b) => a - b), heights);
  assert.equal(new Set(heights).size, 3);
});

test("however many arcs there are, they stay within the room beside the column", () => {
  const all = IDS.flatMap((one) => IDS.filter((two) => two !== one).map((two) => `${one}-${two}`));
  for (const { side, reach } of routes(...all).values()) {
    assert.ok(reach > 0 && reach + 10 <= ROOM[side], `${side}: ${reach}`);
  }
});

test("letters do not cover each other, however narrow it is", () => {
  const letters = [...routesWithin({ 1: 44, "-1": 44 }, "a1-a4", "a2-a3", "a1-a3").values()];
  for (const one of letters) {
    for (const two of letters) {
      const far = Math.hypot(one.reach - two.reach, one.letter - two.letter);
      assert.ok(one === two || far > 20, `${one.arrow.key} ${two.arrow.key}: ${far}`);
    }
  }
});

test("a letter does not stand where another arc crosses", () => {
  const found = routes("a1-a3", "a2-a4");
  assert.ok(Math.abs(found.get("a1-a3").letter - found.get("a2-a4").top) > 15);
});

test("an arrow to nowhere or to itself is not drawn", () => {
  assert.equal(routes("a1-a9", "a2-a2").size, 0);
});

test("a path starts at the box it comes from and points at the other", () => {
  const route = { side: 1, top: 20, bottom: 100, reach: 31 };
  assert.match(arcPath(route, 200), /^M 202 20 .* 100 H 209$/);
  assert.match(arcPath({ ...route, side: -1 }, 50), /^M 48 100 .* 20 H 41$/);
});

function layer() {
  installPage();
  const node = (box) => Object.assign(document.createElement("div"), box);
  const frame = node({ clientWidth: 600 });
  const column = node({ offsetLeft: 80, offsetWidth: 420 });
  const boxes = new Map(
    [...BOXES].map(([id, { top, height }]) => [id, node({ offsetTop: top, offsetHeight: height })]),
  );
  const told = [];
  const over = (key) => told.push(["over", key]);
  const pick = (key) => told.push(["pick", key]);
  return { frame, told, arcs: createArcs({ frame, column, boxes, over, pick }) };
}

const ARROWS = [
  { key: "a1-a3", from: "a1", to: "a3", letter: "L", words: "One leads to three" },
  { key: "a3-a2", from: "a3", to: "a2", tone: "course" },
];
const drawn = ({ arcs }) => arcs.element.querySelectorAll(".cl-arc");

test("the drawing is for the eye only, with a letter where there is one", () => {
  const shown = layer();
  shown.arcs.show(ARROWS);
  assert.equal(shown.arcs.element.getAttribute("aria-hidden"), "true");
  assert.deepEqual(shown.arcs.element.querySelectorAll("text").map((one) => one.textContent), ["L"]);
  assert.equal(drawn(shown).filter((one) => one.hasClass("is-course")).length, 1);
});

test("an arc is lit by its key, also when it is drawn again", () => {
  const shown = layer();
  shown.arcs.show(ARROWS);
  shown.arcs.light(["a3-a2"]);
  shown.arcs.show(ARROWS);
  const lit = drawn(shown).filter((one) => one.hasClass("is-lit"));
  assert.deepEqual(lit.map((one) => one.getAttribute("data-key")), ["a3-a2"]);
});

test("an arc tells when it is pointed at and when it is pressed", () => {
  const shown = layer();
  shown.arcs.show(ARROWS.slice(0, 1));
  const [arc] = drawn(shown);
  ["mouseenter", "click", "mouseleave"].forEach((type) => fire(arc, type));
  assert.deepEqual(shown.told, [["over", "a1-a3"], ["pick", "a1-a3"], ["over", null]]);
});

test("nothing is drawn where there is no room yet, and all of it once there is", () => {
  const shown = layer();
  shown.frame.clientWidth = 0;
  shown.arcs.show(ARROWS);
  assert.equal(drawn(shown).length, 0);
  shown.frame.clientWidth = 600;
  shown.arcs.watch();
  assert.equal(drawn(shown).length, 2);
});

test("the arcs are drawn anew when the size changes", () => {
  let resized = null;
  globalThis.ResizeObserver = class {
    constructor(fn) {
      resized = fn;
    }
    observe() {}
  };
  const shown = layer();
  shown.arcs.show(ARROWS);
  shown.arcs.watch();
  delete globalThis.ResizeObserver;
  const before = drawn(shown)[0];
  resized();
  assert.notEqual(drawn(shown)[0], before);
});
