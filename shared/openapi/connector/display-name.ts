// What makers read: `Conversation ID` instead of the name on the wire, and plain text instead of Markdown.

const ABBREVIATIONS: ReadonlyMap<string, string> = new Map(
  ["ID", "SQL", "JSON", "CSV", "PNG", "URL"].map((word) => [word.toLowerCase(), word]),
);

export function displayName(name: string): string {
  const words = name
    .split(/[_-]/)
    .map((word) => ABBREVIATIONS.get(word.toLowerCase()) ?? word.toLowerCase());
  const text = words.join(" ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Descriptions are shown as they are in the designers. */
export function plainText(markdown: string): string {
  return markdown.replaceAll("`", "");
}
