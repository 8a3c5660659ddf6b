// What a page is timed with, from inside: it hears the pointer and sees the frames.
(() => {
  const OPENING_PATIENCE = 60000;
  const SAVING_PATIENCE = 10000;

  // Where something goes wrong the page says so itself, in a line or in an output.
  function saysPage() {
    const found = document.querySelector(".caselens-line, .jp-OutputArea-output");
    return found?.innerText.trim().replace(/\s+/g, " ").slice(0, 300) || "nothing";
  }

  function inTime(promise, patience, what) {
    const why = () => new Error(`${what}; the page says: ${saysPage()}`);
    const late = (_, refuse) => setTimeout(() => refuse(why()), patience);
    return Promise.race([promise, new Promise(late)]);
  }

  /** The time at which the first frame in which `isShown` holds has been painted. */
  function painted(isShown) {
    return new Promise((resolve) => {
      const frame = () => {
        if (!isShown()) return requestAnimationFrame(frame);
        // A frame is painted right after its callbacks; this task comes after that.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        return port2.postMessage(null);
      };
      requestAnimationFrame(frame);
    });
  }

  /** Milliseconds from the beginning of the navigation until `selector` is painted. */
  function opened(selector) {
    const isShown = () => Boolean(document.querySelector(selector)?.getClientRects().length);
    return inTime(painted(isShown), OPENING_PATIENCE, `${selector} did not appear`);
  }

  /** The time at which the save line says Saved after it has said that it saves. */
  function saved(line) {
    return new Promise((resolve) => {
      let saving = false;
      const observer = new MutationObserver(() => {
        saving ||= line.classList.contains("is-saving");
        if (!saving || !line.classList.contains("is-saved")) return;
        observer.disconnect();
        resolve(performance.now());
      });
      observer.observe(line, { attributeFilter: ["class"] });
    });
  }

  /** Milliseconds from the pointer going down on `choice`: {shown, saved}. */
  async function clicked(choice) {
    const control = choice.control ?? choice;
    // A box or a radio button is ticked; a step that waited is taken from its list.
    const isShown = () => control.checked ?? !control.isConnected;
    if (isShown()) throw new Error("this choice is made already");
    const line = document.querySelector(".caselens-workbench .cl-save");
    const last = inTime(saved(line), SAVING_PATIENCE, "the answer was not saved");
    const began = await new Promise((resolve) => {
      const down = (event) => resolve(event.timeStamp);
      addEventListener("pointerdown", down, { capture: true, once: true });
    });
    return { shown: (await painted(isShown)) - began, saved: (await last) - began };
  }

  globalThis.caselensStopwatch = { opened, clicked };
})();
