// How much of the page can be seen: the frame is made exactly that high.

const paneOf = (root) => root.closest(".jp-WindowedPanel-outer") ?? root.closest(".jp-Notebook");

/** Keep `--cl-room` on `root` equal to the visible height around it; returns stop. */
export function watchRoom(root) {
  let pane = null;
  let observer = null;
  // A page may be drawn before it is in its place: the pane is looked for again.
  const measure = () => {
    if (pane === null && (pane = paneOf(root))) observer?.observe(pane);
    const height = pane ? pane.clientHeight : globalThis.innerHeight;
    if (height) root.style.setProperty("--cl-room", `${height}px`);
  };
  if (!globalThis.ResizeObserver) {
    measure();
    globalThis.addEventListener("resize", measure);
    return () => globalThis.removeEventListener("resize", measure);
  }
  observer = new ResizeObserver(measure);
  observer.observe(root);
  measure();
  return () => observer.disconnect();
}
