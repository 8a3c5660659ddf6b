// What `caselens start` asks for: one page at a time, and no machinery around it.
// In any other JupyterLab nothing here happens.
const NAME = "Caselens";

export const isCalm = (PageConfig) => PageConfig.getOption("caselensCalm") === "true";

export function keepCalm({ app, jupyter, labShell, home }, course) {
  void app.restored.then(() => {
    clear(labShell);
    hushConnection(app, jupyter);
    // A page that closes is still there when this is said.
    const fill = () => labShell.currentWidget ?? home();
    labShell.currentChanged.connect(() => void requestAnimationFrame(fill));
  });
  void nameTab(labShell, course);
}

// The strips of icons at the sides, and the one with the file's name at the top.
function clear(labShell) {
  document.body.classList.add("caselens-calm");
  labShell.mode = "single-document";
  labShell.collapseLeft();
  labShell.collapseRight();
  for (const side of ["left", "right"]) {
    if (labShell.isSideTabBarVisible(side)) labShell.toggleSideTabBarVisibility(side);
  }
  if (labShell.isTopInSimpleModeVisible()) labShell.toggleTopInSimpleModeVisibility();
}

// Jupyter tells of a lost connection in a dialog, and a dialog takes the keys: what is
// being typed just then would go nowhere. The page itself tells of it instead.
function hushConnection({ serviceManager }, { signaling: { Signal } }) {
  Signal?.disconnectSender(serviceManager);
}

// The browser's tab says the unit's title. Jupyter writes the file's name there
// whenever it keeps its layout, so what it writes is answered at once.
async function nameTab(labShell, course) {
  const titles = await titlesOf(course);
  const name = () => {
    const wanted = tabName(labShell.currentWidget?.context?.path ?? "", titles);
    if (document.title !== wanted) document.title = wanted;
  };
  labShell.currentChanged.connect(name);
  new MutationObserver(name).observe(document.head, { childList: true, subtree: true, characterData: true });
  name();
}

async function titlesOf(course) {
  try {
    const { modules } = await course.catalogue();
    return Object.fromEntries(modules.flatMap(({ units }) => units.map(({ id, title }) => [id, title])));
  } catch {
    return {};
  }
}

export function tabName(path, titles) {
  const file = path.slice(path.lastIndexOf("/") + 1);
  const id = file.endsWith(".ipynb") ? file.slice(0, -".ipynb".length) : "";
  return Object.hasOwn(titles, id) ? `${titles[id]} \u2013 ${NAME}` : NAME;
}
