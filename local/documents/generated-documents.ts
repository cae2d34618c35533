// The list of the documents that are made from the code, with their content. Each is a function of the code alone: the
// same on every machine.

import { VERSION } from "../../shared/app/version.ts";
import { createApiProperties } from "../../shared/openapi/connector/api-properties.ts";
import { createConnectorDefinition } from "../../shared/openapi/connector/create-connector.ts";
import { createOpenApiDocument } from "../../shared/openapi/create-document.ts";
import { renderErrorGuideMarkdown } from "../../shared/openapi/error-guide-markdown.ts";
import { describeSetUpCalls } from "./set-up-calls.ts";

export interface GeneratedDocument {
  /** Path from the root of the repository. */
  readonly file: string;
  readonly content: string;
}

export async function generatedDocuments(): Promise<readonly GeneratedDocument[]> {
  const openapi = await createOpenApiDocument(VERSION);
  return [
    { file: "docs/openapi.json", content: toJson(openapi) },
    { file: "docs/errors.md", content: renderErrorGuideMarkdown() },
    { file: "docs/set-up-calls.md", content: await describeSetUpCalls() },
    {
      file: "infra/connector/apiDefinition.swagger.json",
      content: toJson(createConnectorDefinition(openapi)),
    },
    { file: "infra/connector/apiProperties.json", content: toJson(createApiProperties()) },
  ];
}

const toJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
