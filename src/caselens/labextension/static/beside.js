// What lies beside a page and could run in the course's place.
import { isCode, makesPackage, mayBePackage } from "./form.js";

export async function strangersBeside(contents, path) {
  const cut = path.lastIndexOf("/");
  const folder = cut < 0 ? "" : path.slice(0, cut);
  const beside = await listOf(contents, folder);
  const packages = await Promise.all(
    beside.filter(mayBePackage).map(async ({ name, path: inner }) =>
      (await listOf(contents, inner)).some(makesPackage) ? [name] : []),
  );
  return [...beside.filter(isCode).map(({ name }) => name), ...packages.flat()];
}

async function listOf(contents, path) {
  const { content } = await contents.get(path, { content: true });
  return content;
}
