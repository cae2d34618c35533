// What the Power Platform makes of an action: a request, from the committed definition, the maker's inputs and the
// policies of the connector; and a check of the answer against the action's own schema. It knows none of our code.

import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import type { GatewayRequest } from "../e2e/gateway-client.ts";
import type { ConnectorDefinition, ConnectorParameter } from "./connector-rules.ts";

const read = (file: string) => JSON.parse(readFileSync(`infra/connector/${file}`, "utf8"));
const definition: ConnectorDefinition = read("apiDefinition.swagger.json");
const policies: readonly Policy[] = read("apiProperties.json").properties.policyTemplateInstances;

interface Policy {
  readonly templateId: string;
  readonly parameters: {
    readonly "x-ms-apimTemplateParameter.newPath": string;
    readonly "x-ms-apimTemplateParameter.httpMethod": string;
    readonly "x-ms-apimTemplate-operationName": readonly string[];
  };
}

/** What a maker fills in, by parameter name; the body under `body`. */
export type MakersInputs = Readonly<Record<string, unknown>>;

export const ACTION_IDS = Object.values(definition.paths).flatMap((item) =>
  Object.values(item).map(({ operationId = "" }) => operationId),
);

function actionNamed(id: string) {
  for (const [path, item] of Object.entries(definition.paths)) {
    for (const [method, action] of Object.entries(item)) {
      if (action.operationId === id) return { path, method, action };
    }
  }
  throw new Error(`the connector has no action ${id}`);
}

/** @throws Error for an input that the action does not have */
export function connectorRequest(id: string, inputs: MakersInputs): GatewayRequest {
  const { path, method, action } = actionNamed(id);
  const { body, ...others } = inputs;
  const parameters = (action.parameters ?? []).filter((parameter) => parameter.in !== "body");
  refuseUnknown(id, others, parameters);
  const given = (place: string) =>
    parameters
      .filter((parameter) => parameter.in === place)
      // An engine sends the default of what nobody fills in.
      .map(({ name, default: standard }) => [name, others[name] ?? standard] as const)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, String(value)] as const);
  const filled = given("path").reduce(
    (text, [name, value]) => text.replace(`{${name}}`, encodeURIComponent(value)),
    routedPath(id) ?? path,
  );
  const query = new URLSearchParams(Object.fromEntries(given("query")));
  return {
    method: methodOf(method),
    path: query.size === 0 ? filled : `${filled}?${query}`,
    headers: Object.fromEntries(given("header")),
    ...(body === undefined ? {} : { body }),
  };
}

function refuseUnknown(id: string, inputs: object, parameters: readonly ConnectorParameter[]) {
  const known = new Set(parameters.map(({ name }) => name));
  const unknown = Object.keys(inputs).filter((name) => !known.has(name));
  if (unknown.length > 0) throw new Error(`${id} has no ${unknown.join(", ")}`);
}

function routedPath(id: string): string | undefined {
  const own = policies.find(({ parameters }) =>
    parameters["x-ms-apimTemplate-operationName"].includes(id),
  );
  return own?.parameters["x-ms-apimTemplateParameter.newPath"];
}

function methodOf(method: string): "GET" | "POST" | "DELETE" {
  const found = (["GET", "POST", "DELETE"] as const).find((each) => each === method.toUpperCase());
  if (found === undefined) throw new Error(`no method ${method}`);
  return found;
}

const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
ajv.addSchema({ $id: "connector", definitions: withNulls(definition.definitions) });

/** Where an answer does not fit the schema of its action; empty when it does. */
export function misfits(id: string, status: number, text: string): readonly unknown[] {
  const response = actionNamed(id).action.responses[String(status)];
  if (response === undefined) return [`${id} has no ${status}`];
  if (response.schema === undefined) return [];
  const schema = JSON.parse(JSON.stringify(response.schema).replace('"#/', '"connector#/'));
  return ajv.validate(schema, JSON.parse(text)) ? [] : (ajv.errors ?? []);
}

/** Swagger 2.0 knows no null: `x-nullable` says it. */
function withNulls(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withNulls);
  if (typeof part !== "object" || part === null) return part;
  const copy = Object.fromEntries(
    Object.entries(part).map(([key, value]) => [key, withNulls(value)]),
  );
  return copy["x-nullable"] === true ? { ...copy, type: [copy.type, "null"] } : copy;
}
