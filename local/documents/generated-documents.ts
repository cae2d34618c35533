// The list of the documents that are made from the code, with their content. Each is a function of the code alone: the
// same on every machine.

import { VERSION } from "../../shared/app/version.ts";
import { createOpenApiDocument } from "../../shared/openapi/create-document.ts";

export interface GeneratedDocument {
  /** Path from the root of the repository. */
  readonly file: string;
  readonly content: string;
}

export async function generatedDocuments(): Promise<readonly GeneratedDocument[]> {
  return [{ file: "docs/openapi.json", content: toJson(await createOpenApiDocument(VERSION)) }];
}

const toJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
