// The fenced JSON blocks of a guide, as a reader would copy them. Nothing is corrected on the way.

import { readFileSync } from "node:fs";

export interface Snippet {
  /** Line of the opening fence, for whoever reads a failed test. */
  readonly line: number;
  readonly text: string;
}

/** Every block fenced as `json`. */
export function jsonSnippets(file: string): Snippet[] {
  const markdown = readFileSync(file, "utf8");
  return [...markdown.matchAll(/^```json\n(.*?)^```$/gms)].map(({ index, 1: text = "" }) => ({
    line: markdown.slice(0, index).split("\n").length,
    text,
  }));
}

/** The one block that parses to an object with this property. @throws Error when there is none or more than one */
export function snippetWith(file: string, holds: (value: object) => boolean): object {
  const found = jsonSnippets(file)
    .map(({ text }): unknown => JSON.parse(text))
    .filter(
      (value): value is object => typeof value === "object" && value !== null && holds(value),
    );
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`${found.length} blocks in ${file}`);
  return only;
}
