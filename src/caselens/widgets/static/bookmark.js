// Where a trainee was in a unit, kept in the browser: coming back goes on from there.

/**
 * The step last looked at, by name, and the cases that were opened. Where the browser
 * keeps nothing, this page remembers for as long as it is open.
 */
export function openBookmark(key, storage) {
  const name = key ? `caselens:${key}:place` : null;
  const place = readPlace(name, storage);
  const keep = (partial) => writePlace(name, Object.assign(place, partial), storage);
  return {
    read: () => place.step ?? null,
    put: (step) => keep({ step }),
    isOpened: (caseId) => Boolean(place.opened?.includes(caseId)),
    open: (caseId) => keep({ opened: [...new Set([...(place.opened ?? []), caseId])] }),
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
