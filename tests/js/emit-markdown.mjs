// For test_asmarkdown.py: typed texts come in as JSON, each goes out as a document.
import { readFileSync } from "node:fs";
import { loadPage } from "./load.mjs";

const { markdownOf, paragraphsOf } = await loadPage();

function documentWith(paragraphs) {
  const lines = paragraphs.flat();
  const text = { kind: "text", title: null, asked: null, paragraphs };
  const note = { name: "Note", lines };
  const item = { name: null, lines, numbers: [3], notes: [note] };
  const list = { kind: "list", title: "A list", ordered: false, items: [item] };
  const parts = [{ title: null, note: null, blocks: [text, list] }];
  return {
    title: "T",
    caseTitle: "",
    people: [],
    about: [],
    chapters: [{ title: "C", note: null, parts }],
    sentences: [],
    end: "End.",
  };
}

const texts = JSON.parse(readFileSync(0, "utf8"));
const made = texts.map((text) => {
  const paragraphs = paragraphsOf(text);
  return { paragraphs, markdown: markdownOf(documentWith(paragraphs)) };
});
process.stdout.write(JSON.stringify(made));
