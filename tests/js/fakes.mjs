// Small stand-ins: a clock that is moved by hand, browser storage, and as much of a page
// as the modules touch.

export function fakeClock() {
  let now = 0;
  let last = 0;
  const waiting = new Map();
  const due = (end) =>
    [...waiting].filter(([, one]) => one.at <= end).sort((a, b) => a[1].at - b[1].at)[0];
  return {
    now: () => now,
    later(fn, wait) {
      last += 1;
      waiting.set(last, { fn, at: now + wait });
      return last;
    },
    cancel: (id) => waiting.delete(id),
    pass(time) {
      const end = now + time;
      for (let next = due(end); next; next = due(end)) {
        waiting.delete(next[0]);
        now = Math.max(now, next[1].at);
        next[1].fn();
      }
      now = end;
    },
  };
}

export function fakeStorage(given = {}) {
  const kept = new Map(Object.entries(given));
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => kept.set(name, value),
    removeItem: (name) => kept.delete(name),
    kept,
  };
}

export const brokenStorage = {
  getItem() {
    throw new Error("forbidden");
  },
  setItem() {
    throw new Error("full");
  },
  removeItem() {
    throw new Error("forbidden");
  },
};

class FakeNode {
  constructor(tag) {
    Object.assign(this, { tag, nodeType: 1, children: [], attributes: {}, listeners: {} });
    this.style = { setProperty() {} };
    this.classList = fakeClasses(this);
  }
  replaceChildren(...children) {
    this.children = children;
  }
  append(...children) {
    this.children.push(...children);
  }
  setAttribute(name, value) {
    this.attributes[name] = value;
  }
  getAttribute(name) {
    return this.attributes[name] ?? null;
  }
  removeAttribute(name) {
    delete this.attributes[name];
  }
  toggleAttribute(name, on) {
    if (on) this.attributes[name] = "";
    else delete this.attributes[name];
  }
  addEventListener(type, fn) {
    (this.listeners[type] ??= []).push(fn);
  }
  all(found = []) {
    for (const child of this.children) {
      if (!child?.nodeType) continue;
      found.push(child);
      child.all(found);
    }
    return found;
  }
  querySelectorAll(selector) {
    const name = selector.replace(/^\./, "").split(/[[,]/)[0];
    return this.all().filter((node) => node.tag === name || node.hasClass(name));
  }
  querySelector(selector) {
    return this.querySelectorAll(selector)[0] ?? null;
  }
  hasClass(name) {
    return (this.attributes.class ?? "").split(" ").includes(name);
  }
  get firstChild() {
    return this.children[0] ?? null;
  }
  get textContent() {
    return this.children.map((child) => child?.textContent ?? String(child)).join("");
  }
  set textContent(text) {
    this.children = [String(text)];
  }
  set className(text) {
    this.attributes.class = text;
  }
  dispatchEvent(event) {
    (this.listeners[event.type] ?? []).forEach((fn) => fn(event));
  }
  click() {
    (this.listeners.click ?? []).forEach((fn) => fn({ target: this, preventDefault() {} }));
  }
  getBoundingClientRect() {
    return { top: 0 };
  }
  contains() {
    return false;
  }
  closest() {
    return null;
  }
  focus() {
    document.activeElement = this;
  }
  remove() {}
  scrollTo() {}
}

function fakeClasses(node) {
  const names = () => new Set((node.attributes.class ?? "").split(" ").filter(Boolean));
  const put = (set) => (node.attributes.class = [...set].join(" "));
  return {
    contains: (name) => names().has(name),
    toggle(name, on) {
      const set = names();
      if (on) set.add(name);
      else set.delete(name);
      put(set);
    },
  };
}

/** Put a page into the global scope, as a browser would. */
export function installPage() {
  globalThis.document = {
    createElement: (tag) => new FakeNode(tag),
    createElementNS: (_space, tag) => new FakeNode(tag),
    addEventListener() {},
    removeEventListener() {},
    // Nobody listens, so nobody takes an event up.
    dispatchEvent: () => true,
    activeElement: null,
    hidden: false,
  };
  globalThis.addEventListener ??= () => {};
  globalThis.removeEventListener ??= () => {};
  return new FakeNode("div");
}
