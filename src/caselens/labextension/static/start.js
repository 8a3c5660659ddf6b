// The start page: what there is, how far it has come, what to do next.
import { progressOf, workedIn } from "./rows.js";
import { anyBegun, nextUnit } from "./status.js";

const KINDS = { lesson: "Lesson", practice: "Practice", graded: "Graded" };
const VERBS = { new: "Begin", begun: "Continue", done: "Look again" };

export function StartPage(jupyter, course) {
  const node = h("div", { class: "caselens-start" });
  const page = new Page(node, course);
  class Widget extends jupyter.widgets.Widget {
    onAfterShow() {
      node.scrollTop = 0;
      void page.refresh();
    }
    onCloseRequest(message) {
      super.onCloseRequest(message);
      this.dispose();
    }
    onActivateRequest() {
      page.focus();
    }
    refresh() {
      return page.refresh();
    }
    say(text) {
      page.say(text);
    }
  }
  const widget = new Widget({ node });
  widget.id = "caselens-start";
  widget.title.label = "Start";
  widget.title.caption = "Caselens: start page";
  widget.title.closable = true;
  return widget;
}

class Page {
  constructor(node, course) {
    Object.assign(this, { node, course, refreshing: null, opened: new Map() });
    this.body = h("div", {});
    this.status = h("p", { class: "caselens-said", role: "status" });
    node.tabIndex = -1;
    node.dataset.lmSuppressShortcuts = "true";
    node.append(h("div", { class: "caselens-sheet" }, this.status, this.body));
  }

  focus() {
    if (!this.node.contains(document.activeElement)) this.node.focus({ preventScroll: true });
  }

  say(text) {
    this.status.textContent = text;
    if (text) this.status.scrollIntoView?.({ block: "nearest" });
  }

  // Shown twice in a row, it asks once.
  refresh() {
    this.refreshing ??= this.draw().finally(() => {
      this.refreshing = null;
    });
    return this.refreshing;
  }

  async draw() {
    try {
      const { problem, ...survey } = await this.course.survey();
      const focused = document.activeElement?.dataset?.unit;
      this.body.replaceChildren(...this.parts(survey));
      if (problem) this.say(problem);
      if (focused) this.body.querySelector(`[data-unit="${focused}"]`)?.focus();
    } catch (error) {
      if (this.body.childElementCount === 0) this.body.replaceChildren(h("h1", {}, "Caselens"));
      this.say(error.message);
    }
  }

  parts({ title, modules, statuses }) {
    const begun = anyBegun(statuses);
    const next = nextUnit(modules, statuses);
    const about = [...welcome(this.course.place)];
    return [
      h("h1", {}, title),
      begun ? null : h("section", { class: "caselens-welcome", "aria-label": "Welcome" }, ...about),
      this.next(next, statuses),
      ...modules.map((module) => this.module(module, next, statuses)),
      begun ? h("details", { class: "caselens-about" }, h("summary", {}, "About this course"), ...about) : null,
    ].filter(Boolean);
  }

  next(unit, statuses) {
    if (!unit) {
      return h("section", { class: "caselens-next" },
        h("h2", {}, "What to do next"), h("p", {}, "You have finished every unit. Any of them can be looked at again."));
    }
    const { state, text } = statuses.get(unit.id);
    return h("section", { class: "caselens-next" },
      h("h2", {}, "What to do next"),
      h("div", { class: "caselens-row" },
        h("p", {}, h("strong", {}, unit.title), h("span", { class: "caselens-facts" }, facts(unit, text))),
        this.button(unit, state, "caselens-primary", "next")));
  }

  // Sixteen modules are a long page: only the one to go on with stands open, and
  // what was opened by hand stays open.
  module({ id, title, about, rows }, next, statuses) {
    const { done, of } = progressOf(rows, statuses);
    const summary = h("summary", {},
      h("h2", {}, h("span", { class: "caselens-number" }, String(Number(id.slice(1)))), " ", title),
      h("span", { class: "caselens-progress" }, done ? `${done} of ${of} done` : count(of)));
    const section = h("details", { class: "caselens-module", "data-module": id },
      summary,
      about ? h("p", {}, about) : null,
      h("ul", {}, ...rows.map((row) => this.row(row, statuses))));
    section.open = this.opened.get(id) ?? rows.some(({ unit, spares }) => [unit, ...spares].some((one) => one.id === next?.id));
    summary.addEventListener("click", () => this.opened.set(id, !section.open));
    return section;
  }

  row(row, statuses) {
    const unit = workedIn(row, statuses);
    return this.unit(unit, statuses.get(unit.id), [row.unit, ...row.spares].filter((one) => one !== unit));
  }

  unit(unit, { state, text }, instead) {
    return h("li", { class: `caselens-row caselens-${state}` },
      h("div", {},
        h("h3", {}, unit.title),
        h("p", { class: "caselens-facts" }, kind(unit), ` ${unit.minutes} minutes`),
        unit.hint ? h("p", { class: "caselens-hint" }, unit.hint) : null,
        ...instead.map((one) => this.instead(one))),
      h("p", { class: "caselens-state" }, text),
      this.button(unit, state, "", "list"));
  }

  // Whoever would rather not read a case takes another one, which counts the same.
  instead(unit) {
    return h("p", { class: "caselens-instead" }, "Or, counting the same: ",
      h("button", {
        type: "button", class: "caselens-link", "data-unit": `instead-${unit.id}`,
        onclick: (event) => void this.open(unit, event.currentTarget),
      }, unit.title));
  }

  button(unit, state, look, where) {
    const label = VERBS[state];
    return h("button", {
      type: "button", class: look, "data-unit": `${where}-${unit.id}`,
      "aria-label": `${label}: ${unit.title}`, onclick: (event) => void this.open(unit, event.currentTarget),
    }, label);
  }

  async open(unit, button) {
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    this.say(`Opening ${unit.title}\u2026`);
    try {
      await this.course.open(unit.id);
      this.say("");
    } catch (error) {
      this.say(error.message);
    } finally {
      button.removeAttribute("aria-disabled");
    }
  }
}

const count = (of) => (of === 1 ? "1 unit" : `${of} units`);

// A form is marked like graded work, and counts towards nothing.
const nameOfKind = ({ kind, form }) => (form ? "Writing, not counted" : (KINDS[kind] ?? kind));

const kind = (unit) => h("span", { class: `caselens-kind caselens-${unit.kind}` }, nameOfKind(unit));

const facts = (unit, status) => `${nameOfKind(unit)}, ${unit.minutes} minutes. ${status}.`;

function welcome(place) {
  return [
    h("p", {}, "You read short case stories, conceptualize each against the seven goals of psychotherapy, and compare " +
      "how a cognitive-behavioural and a dynamic approach would frame it. Take the units in order, or as you like."),
    h("ul", {},
      h("li", {}, "The clients are invented. The cases, and what the course holds to be good answers, are provisional: " +
        "licensed clinicians have not reviewed them yet."),
      h("li", {}, "This is education. It is not supervision, not a credential, and not clinical advice."),
      h("li", {}, "Nothing about a real client belongs in it, however disguised."),
      h("li", { class: "caselens-place" }, place)),
  ];
}

function h(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") node.addEventListener("click", value);
    else if (value !== "") node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}
