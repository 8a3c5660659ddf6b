// The slim bar above a page that leads back to the start page.

export function showWayBack(panel, { jupyter, home }) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Back to the start page";
  button.addEventListener("click", () => void home());
  const node = document.createElement("nav");
  node.className = "caselens-way";
  node.setAttribute("aria-label", "Way back");
  node.append(button);
  panel.contentHeader.insertWidget(0, new jupyter.widgets.Widget({ node }));
}
