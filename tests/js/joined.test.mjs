import assert from "node:assert/strict";
import { test } from "node:test";
import { importText, joined, moduleNames, moduleText, topLevelNames } from "./load.mjs";

test("the joined script is one module with one default export", async () => {
  const page = await importText(joined());
  assert.deepEqual(Object.keys(page), ["default"]);
  assert.equal(typeof page.default.render, "function");
});

test("no import is left over", () => {
  assert.doesNotMatch(joined(), /^\s*(import|export (?!default))\b/m);
});

test("names are unique over all modules", () => {
  const names = topLevelNames();
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  assert.deepEqual(twice, []);
});

test("a module imports only from modules before it", () => {
  const before = new Set();
  for (const name of moduleNames()) {
    const wanted = [...moduleText(name).matchAll(/^import .* from "\.\/(.*)";$/gm)];
    for (const [, other] of wanted) assert.ok(before.has(other), `${name}: ${other}`);
    before.add(name);
  }
});

test("an import names what the other module exports", () => {
  const pattern = /^import \{ (.*) \} from "\.\/(.*)";$/gm;
  for (const name of moduleNames()) {
    for (const [, names, other] of moduleText(name).matchAll(pattern)) {
      for (const one of names.split(", ")) {
        const exported = new RegExp(`^export (async )?(function|const|class) ${one}\\b`, "m");
        assert.match(moduleText(other), exported, `${name} asks ${other} for ${one}`);
      }
    }
  }
});

test("text never becomes markup", () => {
  assert.doesNotMatch(joined(), /innerHTML|outerHTML|insertAdjacentHTML|document\.write/);
});

test("every rule of the style sheet is under the workbench", () => {
  const names = moduleText("styles.txt").split(/\s+/).filter(Boolean);
  const css = names.map(moduleText).join("\n").replace(/\/\*[\s\S]*?\*\//g, "");
  const outer = css.match(/^[^\s@}][^{]*(?=\{)/gm) ?? [];
  const inMedia = css.match(/^ {2}[^\s@}-][^{;]*\{/gm) ?? [];
  assert.ok(outer.length > 0);
  for (const one of outer) assert.match(one, /\.caselens-workbench/);
  assert.ok(inMedia.length > 0);
});
