// What went wrong, in a sentence that says what to do.

export class Problem extends Error {}

const REASONS = [
  [/No space left|ENOSPC|quota/i, "the disk is full. Free some space, then try again."],
  [/Read-only file system|EROFS/i, "the folder cannot be written to. Choose another work folder."],
  [/Permission denied|Forbidden|\b403\b/i,
    "this folder may not be read or changed. Check who owns it, or tell the person who runs the course."],
  [/NetworkError|Failed to fetch|Load failed/i,
    "Jupyter does not answer. Check that it is still running, then load this page again."],
];

export function sentence(error, what) {
  const said = `${error.message ?? error} ${error.traceback ?? ""}`;
  const status = error.response?.status;
  const known = REASONS.find(([pattern]) => pattern.test(said) || pattern.test(String(status)));
  const why = known?.[1] ?? `Jupyter answered "${error.message ?? error}". Load this page again; ` +
    "if it stays so, tell the person who runs the course.";
  return `${what}: ${why}`;
}
