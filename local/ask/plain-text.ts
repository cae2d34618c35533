// Text from outside without its control characters, line breaks and tabs excepted: an answer must not be able to
// drive the terminal. It never shortens or translates.

export function plain(text: string): string {
  return text.replaceAll(/[^\P{C}\n\t]/gu, "");
}

/** JSON for a person. It lets some control characters stand as they are; a terminal would obey them. */
export function plainJson(value: unknown, indent = 2): string {
  return JSON.stringify(value, null, indent).replaceAll(/[\u007f-\u009f]/g, escaped);
}

function escaped(character: string): string {
  return `\\u00${character.charCodeAt(0).toString(16)}`;
}
