// `npm run generate`: writes every committed document that is made from the code. CI runs it and fails when the tree
// is not clean afterwards. It never writes what a person wrote.

import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { generatedDocuments } from "./generated-documents.ts";

const repository = path.resolve(import.meta.dirname, "../..");

for (const { file, content } of await generatedDocuments()) {
  const target = path.join(repository, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, content);
  console.info(file);
}
