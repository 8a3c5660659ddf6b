// How much of the page can be seen: the frame is made exactly that high.

/** Keep `--cl-room` on `root` equal to the visible height around it; returns stop. */
export function watchRoom(root) {
  const pane = root.closest(".jp-WindowedPanel-outer") ?? root.closest(".jp-Notebook");
  const measure = () => {
    const height = pane ? pane.clientHeight : globalThis.innerHeight;
    if (height) root.style.setProperty("--cl-room", `${height}px`);
  };
  measure();
  if (!pane || !globalThis.ResizeObserver) {
    globalThis.addEventListener("resize", measure);
    return () => globalThis.removeEventListener("resize", measure);
  }
  const observer = new ResizeObserver(measure);
  observer.observe(pane);
  return () => observer.disconnect();
}
