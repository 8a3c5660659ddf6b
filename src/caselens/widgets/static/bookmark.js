// Where a trainee was in a unit, kept in the browser: coming back goes on from there.

/** The step last looked at under one name in `storage`; 0 where nothing is known. */
export function openBookmark(key, storage) {
  const name = key ? `caselens:${key}:place` : null;
  return {
    read: () => readPlace(name, storage),
    put: (step) => writePlace(name, step, storage),
  };
}

function readPlace(name, storage) {
  try {
    const step = Number(storage.getItem(name));
    return Number.isInteger(step) && step > 0 ? step : 0;
  } catch {
    return 0;
  }
}

function writePlace(name, step, storage) {
  if (!name) return;
  try {
    storage.setItem(name, String(step));
  } catch {
    // Without storage a unit simply opens at its beginning.
  }
}
