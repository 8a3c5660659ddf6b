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
    const line = document.createElement("div");
    line.className = `caselens-line caselens-${kind}`;
    line.setAttribute("role", kind === "problem" ? "alert" : "status");
    line.append(paragraph(text), ...actions.map(button));
    this.widget = this.framed(line);
    this.panel.contentHeader.addWidget(this.widget);
  }

  // Jupyter's layout gives a line the height it asks for, and asks only once.
  framed(line) {
    const node = document.createElement("div");
    node.append(line);
    const widget = new this.Widget({ node });
    const grow = () => {
      node.style.minHeight = `${line.offsetHeight}px`;
      widget.parent?.fit();
    };
    const observer = new ResizeObserver(() => requestAnimationFrame(grow));
    observer.observe(line);
    widget.disposed.connect(() => observer.disconnect());
    return widget;
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
