// The only place that makes elements. Text always goes in as text, never as markup.

const AS_PROPERTY = new Set(["checked", "disabled", "hidden", "open", "value"]);

/** Make an element; `attributes.on` holds listeners, empty attributes are left out. */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  fill(node, children);
  for (const [name, value] of Object.entries(attributes)) {
    applyAttribute(node, name, value);
  }
  return node;
}

/** Replace everything inside `node` by `children` (elements, texts, lists, nothing). */
export function fill(node, ...children) {
  const kept = children.flat(Infinity).filter((child) => child || child === 0);
  node.replaceChildren(...kept.map((child) => (child.nodeType ? child : String(child))));
  return node;
}

/** An id that no other widget on the same page will have. */
export function nextId(prefix) {
  return `cl-${prefix}-${Math.random().toString(36).slice(2, 10)}`;
}

/** Paragraphs of a text whose paragraphs are parted by empty lines. */
export function paragraphs(text, attributes = {}) {
  return String(text ?? "")
    .split(/\n\s*\n/)
    .filter((part) => part.trim())
    .map((part) => h("p", attributes, part.trim()));
}

/** A native disclosure: a summary line and what opens under it. */
export function disclosure(summary, attributes, ...children) {
  return h("details", attributes, h("summary", {}, summary), children);
}

/** Text for screen readers only. */
export function hiddenText(text) {
  return h("span", { class: "cl-sr" }, text);
}

function applyAttribute(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "on") {
    Object.entries(value).forEach(([type, fn]) => node.addEventListener(type, fn));
  } else if (AS_PROPERTY.has(name)) {
    node[name] = value;
  } else {
    node.setAttribute(name, value === true ? "" : String(value));
  }
}
