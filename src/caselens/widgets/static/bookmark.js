// Where a trainee was in a unit, kept in the browser: coming back goes on from there.

/** The step last looked at, by name, and the cases that were opened. */
export function openBookmark(key, storage) {
  const name = key ? `caselens:${key}:place` : null;
  const keep = (partial) => writePlace(name, { ...readPlace(name, storage), ...partial }, storage);
  return {
    read: () => readPlace(name, storage).step ?? null,
    put: (step) => keep({ step }),
    isOpened: (caseId) => Boolean(readPlace(name, storage).opened?.includes(caseId)),
    open: (caseId) => {
      const opened = readPlace(name, storage).opened ?? [];
      keep({ opened: [...new Set([...opened, caseId])] });
    },
  };
}

function readPlace(name, storage) {
  try {
    const place = JSON.parse(storage.getItem(name));
    return place && typeof place === "object" && !Array.isArray(place) ? place : {};
  } catch {
    return {};
  }
}

function writePlace(name, place, storage) {
  if (!name) return;
  try {
    storage.setItem(name, JSON.stringify(place));
  } catch {
    // Without storage a unit simply opens at its beginning.
  }
}
