// The page's modules, joined exactly as the course joins them (src/caselens/widgets).
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const STATIC = new URL("../../src/caselens/widgets/static/", import.meta.url);

export const moduleNames = () =>
  readFileSync(new URL("modules.txt", STATIC), "utf8").split(/\s+/).filter(Boolean);

export const moduleText = (name) => readFileSync(new URL(name, STATIC), "utf8");

/** One script of all modules: local imports and the word "export" are dropped. */
export function joined() {
  const lines = moduleNames().flatMap((name) => moduleText(name).split("\n"));
  return lines
    .filter((line) => !/^import .* from "\.\/.*";$/.test(line))
    .map((line) => line.replace(/^export (?=(async )?(function|const|let|class)\b)/, ""))
    .join("\n");
}

/** Everything that any module names at its top level, from the joined script. */
export async function loadPage() {
  return importText(`${joined()}\nexport { ${topLevelNames().join(", ")} };`);
}

/** Import a script from a file of its own, so that an error names a line. */
export async function importText(source) {
  const folder = mkdtempSync(join(tmpdir(), "caselens-js-"));
  const file = join(folder, "joined.mjs");
  try {
    writeFileSync(file, source);
    return await import(pathToFileURL(file));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function topLevelNames() {
  const pattern = /^(?:export )?(?:async )?(?:function|const|class|let) (\w+)/gm;
  return moduleNames().flatMap((name) =>
    [...moduleText(name).matchAll(pattern)].map((match) => match[1]),
  );
}
