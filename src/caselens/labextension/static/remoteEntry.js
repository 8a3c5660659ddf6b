// The door through which JupyterLab, Notebook 7 and JupyterLite load Caselens.
//
// A federated extension is normally written by webpack. This one is plain
// JavaScript: it offers the same two functions, `init` and `get`, and loads the
// modules beside it by their address, so nothing has to be bundled.
(() => {
  const here = new URL(".", document.currentScript.src).href;
  let scope = {};

  // "4.10.1" is newer than "4.9.3".
  const newer = (a, b) => b.localeCompare(a, "en", { numeric: true });

  // Tokens are compared by identity: take the copy that Jupyter itself uses,
  // whatever its version.
  async function shared(name) {
    const versions = scope[name] ?? {};
    const names = Object.keys(versions).sort(newer);
    const chosen = names.find((version) => versions[version].loaded) ?? names[0];
    return chosen === undefined ? {} : (await versions[chosen].get())();
  }

  async function extension() {
    const names = {
      application: "@jupyterlab/application",
      apputils: "@jupyterlab/apputils",
      coreutils: "@jupyterlab/coreutils",
      notebook: "@jupyterlab/notebook",
      services: "@jupyterlab/services",
      signaling: "@lumino/signaling",
      widgets: "@lumino/widgets",
    };
    const jupyter = {};
    for (const [key, name] of Object.entries(names)) jupyter[key] = await shared(name);
    const { plugin } = await import(`${here}plugin.js`);
    return { __esModule: true, default: [plugin(jupyter, here)] };
  }

  window._JUPYTERLAB = window._JUPYTERLAB ?? {};
  window._JUPYTERLAB.caselens = {
    init(shareScope) {
      scope = shareScope;
    },
    async get(module) {
      if (module !== "./extension") throw new Error(`caselens has no ${module}`);
      const exports = await extension();
      return () => exports;
    },
  };
})();
