// Plain text → Markdown that shows exactly that text, on one line, also inside a table (GitHub Flavoured Markdown). What
// it is given never becomes a link, an image, HTML, or a cell of its own.

/** What opens something wherever it stands; the second line only where it can, so that data stays readable. */
const SPECIAL =
  /[\\`*[\]|~#]|(?<![a-z0-9])_|_(?![a-z0-9])|<(?=[a-z/!?])|&(?=#?\w+;)|\$(?=\S)|^[=>]|^[-+](?=[-+\s]|$)/gi;
/** `1.` and `1)` at the start would be a list. */
const NUMBERED = /^(\d+)([.)])(?=\s|$)/;
/** What renderers make links of without being told to. */
const LINK_LIKE = /:\/\/|www\.|mailto:|xmpp:|[\w.+-]@\w/i;
/** An invisible character that no address may hold (U+2060). */
const WORD_JOINER = "\u2060";

/** @param text without line breaks (cell-text.ts) */
export function escapeMarkdown(text: string): string {
  const trimmed = text.trim();
  // A code span keeps an address whole for copying; a pipe in one has no form that every renderer reads the same.
  if (LINK_LIKE.test(trimmed)) return trimmed.includes("|") ? broken(trimmed) : codeSpan(trimmed);
  return escaped(trimmed);
}

function escaped(text: string): string {
  return text.replace(SPECIAL, "\\$&").replace(NUMBERED, "$1\\$2");
}

function broken(text: string): string {
  return escaped(text).replace(/(?=@|:)|(?<=www)(?=\.)/gi, WORD_JOINER);
}

function codeSpan(text: string): string {
  const fence = "`".repeat(longestRun(text) + 1);
  const room = /^`|`$/.test(text) ? " " : "";
  return `${fence}${room}${text}${room}${fence}`;
}

/** A fenced block; the fence is longer than any run of backticks inside. */
export function codeBlock(text: string, language: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

function longestRun(text: string): number {
  return [...text.matchAll(/`+/g)].reduce((longest, [run]) => Math.max(longest, run.length), 0);
}
