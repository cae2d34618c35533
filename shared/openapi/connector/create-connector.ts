// The Power Platform connector as its two files: the definition (Swagger 2.0) and its properties. Both are made from the
// OpenAPI document; address, tenant and application are placeholders that `npm run connector` fills in.

import type { oas31 } from "zod-openapi";
import * as routes from "../../contracts/routes.ts";
import { PLACEHOLDER_BASE } from "../placeholders.ts";
import { CONNECTOR_OPERATIONS, type ConnectorOperation } from "./connector-operations.ts";
import { usedDefinitions } from "./definitions.ts";
import { MAKER_TAGS } from "./maker-texts.ts";
import { toConnectorOperation } from "./to-connector-operation.ts";

const { host: HOST } = new URL(PLACEHOLDER_BASE);
const SIGN_IN = "https://login.microsoftonline.com/common/oauth2/v2.0";

/** `apiDefinition.swagger.json` */
export function createConnectorDefinition(document: oas31.OpenAPIObject): Record<string, unknown> {
  const paths = toPaths(document);
  return {
    swagger: "2.0",
    info: {
      title: "Genie Gateway",
      description:
        "Ask a Databricks Genie space in plain language as yourself, and get the answer, its SQL and typed rows.",
      version: document.info.version,
      contact: { name: "Genie Gateway", url: `https://${HOST}/docs` },
    },
    host: HOST,
    basePath: "/",
    schemes: ["https"],
    consumes: [],
    produces: [],
    paths,
    definitions: usedDefinitions(document, paths),
    securityDefinitions: {
      entra: {
        type: "oauth2",
        flow: "accessCode",
        authorizationUrl: `${SIGN_IN}/authorize`,
        tokenUrl: `${SIGN_IN}/token`,
        scopes: {},
      },
    },
    security: [{ entra: [] }],
    tags: usedTags(document, paths),
    "x-ms-connector-metadata": [
      { propertyName: "Website", propertyValue: `https://${HOST}/docs` },
      { propertyName: "Privacy policy", propertyValue: `https://${HOST}/docs` },
      { propertyName: "Categories", propertyValue: "AI;Business Intelligence" },
    ],
  };
}

function toPaths(document: oas31.OpenAPIObject) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const action of CONNECTOR_OPERATIONS) {
    const { path, method } = routeOf(action);
    const operation = operationOf(document, `/${path}`, method);
    const shown = `/${action.virtualPath ?? path}`;
    const entry = { [method.toLowerCase()]: toConnectorOperation(action, operation) };
    paths[shown] = { ...paths[shown], ...entry };
  }
  return paths;
}

function usedTags({ tags }: oas31.OpenAPIObject, paths: unknown) {
  const text = JSON.stringify(paths);
  return (tags ?? [])
    .filter(({ name }) => text.includes(`"tags":["${name}"]`))
    .map(({ name, description }) => ({ name, description: MAKER_TAGS[name] ?? description }));
}

/** The route behind an action: what a policy has to lead to. */
export function routeOf({ route }: ConnectorOperation) {
  const contract = new Map(Object.entries(routes)).get(route);
  if (contract === undefined) throw new Error(`routes.ts has no ${route}`);
  return { path: contract.path, method: contract.method };
}

function operationOf(document: oas31.OpenAPIObject, path: string, method: string) {
  const item = document.paths?.[path] ?? {};
  const operation = { GET: item.get, POST: item.post, DELETE: item.delete }[method];
  if (operation === undefined) throw new Error(`the document has no ${method} ${path}`);
  return operation;
}
