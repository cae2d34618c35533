// The committed golden files and the document made from them: compares, or writes. What differs is a change of what would be
// deployed, which a person should see in a review.

import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { GOLDEN_VARIANTS, INFRA, type Infrastructure } from "./infrastructure.ts";
import { DOCUMENT, renderDocument } from "./resource-document.ts";

const repository = path.dirname(INFRA);

/** Path from the repository → content. */
function goldenFiles(infrastructure: Infrastructure): ReadonlyMap<string, string> {
  const { template, variants } = infrastructure;
  const kept = GOLDEN_VARIANTS.map((name) => [name, variants[name]] as const);
  const files = [["main", template] as const, ...kept].map(
    ([name, value]) => [`infra/golden/${name}.json`, toJson(value)] as const,
  );
  return new Map([...files, [DOCUMENT, renderDocument(infrastructure)]]);
}

const toJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

export async function writeGolden(infrastructure: Infrastructure): Promise<void> {
  for (const [file, content] of goldenFiles(infrastructure)) {
    await writeFile(path.join(repository, file), content);
  }
}

/** Files that are not as they should be, each with the first line that differs. */
export async function staleGolden(infrastructure: Infrastructure): Promise<string[]> {
  const stale = [...goldenFiles(infrastructure)].map(async ([file, content]) => {
    const committed = await readFile(path.join(repository, file), "utf8").catch(() => "");
    if (committed === content) return [];
    const lines = committed.split("\n");
    const line = content.split("\n").findIndex((text, index) => text !== lines[index]);
    return [`${file}:${line + 1} differs; npm run infra:check -- --write`];
  });
  return (await Promise.all(stale)).flat();
}
