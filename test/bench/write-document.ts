// Puts the tables of a run between the markers in docs/benchmarks.md. It changes nothing outside of them, and
// refuses when a marker is missing, so that no table is lost unseen.

import { readFile, writeFile } from "node:fs/promises";
import { renderTopic, type Topic } from "./topic.ts";

const document = new URL("../../docs/benchmarks.md", import.meta.url);

/** @throws Error naming the marker that the document lacks; it is then left as it was */
export async function writeDocument(machine: string, topics: readonly Topic[]): Promise<void> {
  const parts = [
    { id: "machine", text: `Machine of these figures: ${machine}.` },
    ...topics.map((topic) => ({ id: topic.id, text: renderTopic(topic) })),
  ];
  const written = parts.reduce(replacePart, await readFile(document, "utf8"));
  await writeFile(document, written);
}

function replacePart(text: string, part: { id: string; text: string }): string {
  const [start, end] = [`<!-- bench:${part.id} -->`, `<!-- /bench:${part.id} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`docs/benchmarks.md has no part ${start} … ${end}`);
  return `${text.slice(0, from + start.length)}\n${part.text}\n${text.slice(to)}`;
}
