// Which files `.funcignore` leaves to be deployed. Knows the part of the gitignore format that the file may use:
// comments, `!`, a leading slash, `*`, `**`, a trailing slash; the last matching line decides.

/** @returns whether a file, by its path from the app folder with forward slashes, is deployed. */
export function readFuncignore(text: string): (path: string) => boolean {
  const rules = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map(parseRule);
  return (path) => rules.findLast(({ pattern }) => pattern.test(path))?.keeps ?? true;
}

function parseRule(line: string): { keeps: boolean; pattern: RegExp } {
  const keeps = line.startsWith("!");
  const glob = keeps ? line.slice(1) : line;
  const bare = glob.replace(/^\/|\/$/g, "");
  const isAnchored = glob.startsWith("/") || bare.includes("/");
  const body = bare
    .replace(/[\\^$.+?()[\]{}|]/g, "\\$&")
    .replace(/\*\*|\*/g, (stars) => (stars === "**" ? ".*" : "[^/]*"));
  // A pattern that matches a folder matches everything in it.
  return { keeps, pattern: new RegExp(`${isAnchored ? "^" : "(?:^|/)"}${body}(?:/|$)`) };
}
