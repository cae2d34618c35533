// Every generated document is in the repository as the code makes it: `npm run generate` after a change.

import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { generatedDocuments } from "../../local/documents/generated-documents.ts";
import { verifies } from "../support/verifies.ts";

for (const { file, content } of await generatedDocuments()) {
  verifies("documents.in-sync", file, () => {
    expect(readFileSync(file, "utf8") === content, "run `npm run generate`").toBe(true);
  });
}
