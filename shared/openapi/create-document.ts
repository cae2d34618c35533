// The whole API as one OpenAPI 3.1 document, made from the contracts. Needs no settings: what differs between gateways
// (address, tenant, application) is a placeholder that serving fills in.

import {
  createDocument,
  createSchema,
  type oas31,
  type ZodOpenApiPathItemObject,
  type ZodOpenApiPathsObject,
} from "zod-openapi";
import { operationCallbackSchema } from "../contracts/operation-callback.ts";
import { ROUTE_TEXTS, TAGS } from "../contracts/route-texts.ts";
import * as routes from "../contracts/routes.ts";
import { toOperationObject } from "./operation-object.ts";
import { PLACEHOLDER_BASE } from "./placeholders.ts";
import type { AnyContract } from "./problem-codes.ts";
import { problemExamples } from "./problem-responses.ts";
import { HEADERS } from "./response-headers.ts";
import { SECURITY_SCHEMES } from "./security.ts";

const DESCRIPTION = `Databricks Genie for Power Automate, Logic Apps, Teams, Copilot Studio and plain HTTP: ask a Genie space in plain
language as the signed-in user or as the app, and get the answer, its SQL and typed rows, or a reason that says what to grant.

Every failure is a problem document (RFC 9457) with a stable \`code\`; its \`type\` leads to what to do. No request hangs: what takes longer
than the wait that was asked for goes on as an operation.`;

/** @param version of the gateway, as `/health` shows it */
export async function createOpenApiDocument(version: string): Promise<oas31.OpenAPIObject> {
  const document = createDocument(
    {
      openapi: "3.1.0",
      info: {
        title: "Genie Gateway",
        version,
        description: DESCRIPTION,
        license: { name: "MIT", identifier: "MIT" },
      },
      servers: [{ url: PLACEHOLDER_BASE }],
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      paths: await toPaths(),
      components: {
        schemas: callbackSchema(),
        headers: HEADERS,
        examples: problemExamples(PLACEHOLDER_BASE),
        securitySchemes: SECURITY_SCHEMES,
      },
    },
    { override: ({ jsonSchema }) => dropPattern(jsonSchema) },
  );
  return document as oas31.OpenAPIObject;
}

/** A request of ours: zod-openapi would take it for one that comes in, and show every part of it twice. */
function callbackSchema() {
  const { components } = createSchema(operationCallbackSchema, { io: "output" });
  const { OperationCallback } = components;
  if (typeof OperationCallback !== "object") throw new Error("the callback has no schema");
  return { OperationCallback };
}

async function toPaths(): Promise<ZodOpenApiPathsObject> {
  const contracts = new Map<string, AnyContract>(Object.entries(routes));
  const paths: Record<string, ZodOpenApiPathItemObject> = {};
  for (const [name, text] of Object.entries(ROUTE_TEXTS)) {
    const contract = contracts.get(name);
    if (contract === undefined) throw new Error(`routes.ts has no ${name}`);
    const path = `/${contract.path}`;
    const operation = await toOperationObject(contract, text);
    paths[path] = { ...paths[path], [contract.method.toLowerCase()]: operation };
  }
  return paths;
}

/** zod adds the expression behind a format; the format says it better. */
function dropPattern(schema: { format?: string; pattern?: string }): void {
  if (schema.format === "date-time") delete schema.pattern;
}
