// The one line at the top of a page: why, and what to do.

export class Line {
  constructor(panel, jupyter) {
    this.panel = panel;
    this.Widget = jupyter.widgets.Widget;
    this.widget = null;
  }

  // kind: "quiet" (getting ready), "note" or "problem"; actions: [[label, function]]
  show(kind, text, actions = []) {
    this.clear();
    const node = document.createElement("div");
    node.className = `caselens-line caselens-${kind}`;
    node.setAttribute("role", kind === "problem" ? "alert" : "status");
    // Suppressed, or the buttons' Enter and letters would act on the page.
    node.setAttribute("data-lm-suppress-shortcuts", "true");
    node.append(paragraph(text), ...actions.map(button));
    this.widget = new this.Widget({ node });
    this.panel.contentHeader.addWidget(this.widget);
  }

  clear() {
    this.widget?.dispose();
    this.widget = null;
  }
}

function paragraph(text) {
  const node = document.createElement("p");
  node.textContent = text;
  return node;
}

function button([label, act]) {
  const node = document.createElement("button");
  node.type = "button";
  node.textContent = label;
  node.addEventListener("click", () => void act());
  return node;
}
