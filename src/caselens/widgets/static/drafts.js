// What is typed is also kept in the browser until the course confirms that it is saved:
// a dead connection takes its channel along, and the words must not go with it.

/** Drafts under one name in `storage`; a browser without storage simply keeps none. */
export function openDrafts(key, storage) {
  const name = key ? `caselens:${key}` : null;
  const read = () => readDrafts(name, storage);
  const edit = (change) => {
    const drafts = read();
    change(drafts);
    writeDrafts(name, drafts, storage);
  };
  return {
    read,
    put: (task, draft) => edit((drafts) => (drafts[task] = draft)),
    clear: (task) => edit((drafts) => delete drafts[task]),
    clearAll: () => writeDrafts(name, {}, storage),
  };
}

function readDrafts(name, storage) {
  try {
    const found = JSON.parse(storage.getItem(name) ?? "{}");
    return found && typeof found === "object" && !Array.isArray(found) ? found : {};
  } catch {
    return {};
  }
}

function writeDrafts(name, drafts, storage) {
  if (!name) return;
  try {
    if (Object.keys(drafts).length) storage.setItem(name, JSON.stringify(drafts));
    else storage.removeItem(name);
  } catch {
    // Storage may be full, or forbidden in a private window; saving goes on without it.
  }
}
