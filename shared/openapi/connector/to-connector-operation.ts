// One action of the connector: an operation of the OpenAPI document as the Power Platform wants it (connectors.md §2).

import type { oas31 } from "zod-openapi";
import type { ConnectorOperation } from "./connector-operations.ts";
import { displayName, plainText } from "./display-name.ts";
import { SPACE_VALUES } from "./maker-texts.ts";
import { asSchema, toSwaggerSchema } from "./to-swagger-schema.ts";

/** The order in which makers fill them in. */
const PLACES = ["path", "query", "header"];
/** Headers that a maker may want to set; the others are the engine's own. */
const HEADERS = new Set(["Idempotency-Key"]);

export function toConnectorOperation(
  action: ConnectorOperation,
  operation: oas31.OperationObject,
): Record<string, unknown> {
  const body = bodyParameter(operation);
  return {
    operationId: action.operationId ?? operation.operationId,
    tags: operation.tags,
    summary: action.summary ?? operation.summary,
    description: plainText(action.description ?? operation.description ?? ""),
    "x-ms-visibility": action.visibility,
    ...(body.length > 0 ? { consumes: ["application/json"] } : {}),
    produces: ["application/json"],
    parameters: [...parametersOf(action, operation), ...body],
    responses: responsesOf(action, operation),
  };
}

function parametersOf(action: ConnectorOperation, operation: oas31.OperationObject) {
  const always = action.always ?? {};
  return (operation.parameters ?? [])
    .filter((parameter) => "name" in parameter)
    .filter(({ in: place, name }) => place !== "header" || HEADERS.has(name))
    .filter(({ name }) => !(action.without ?? []).includes(name))
    .toSorted((a, b) => PLACES.indexOf(a.in) - PLACES.indexOf(b.in))
    .map((parameter) => {
      const value = always[parameter.name];
      return value === undefined ? toParameter(parameter) : alwaysSent(parameter, value);
    });
}

function toParameter({ name, in: place, required, description, schema }: oas31.ParameterObject) {
  const { type, description: _same, ...rest } = toSwaggerSchema(asSchema(schema));
  return {
    name,
    in: place,
    required: required === true,
    type,
    ...rest,
    description: plainText(description ?? ""),
    "x-ms-summary": displayName(name),
    ...(place === "path" ? { "x-ms-url-encoding": "single" } : {}),
    ...(required === true
      ? {}
      : { "x-ms-visibility": name === "space" ? "important" : "advanced" }),
    ...(name === "space" ? { "x-ms-dynamic-values": SPACE_VALUES } : {}),
  };
}

/** Not shown and always sent: for this the Power Platform wants a default and `required` (connectors.md §2.5). */
function alwaysSent({ name, in: place }: oas31.ParameterObject, value: string) {
  const shown = { name, in: place, required: true, type: "string", enum: [value], default: value };
  return { ...shown, "x-ms-summary": displayName(name), "x-ms-visibility": "internal" };
}

function bodyParameter({ requestBody }: oas31.OperationObject) {
  if (requestBody === undefined || !("content" in requestBody)) return [];
  const schema = toSwaggerSchema(asSchema(requestBody.content["application/json"]?.schema));
  return [{ name: "body", in: "body", required: true, schema }];
}

/** One schema, and no other status has one (connectors.md §2.5). */
function responsesOf(action: ConnectorOperation, { responses }: oas31.OperationObject) {
  const { "200": done, "202": accepted, "204": nothing } = responses ?? {};
  const schema = action.answersWith
    ? { $ref: `#/definitions/${action.answersWith}` }
    : schemaOf(done);
  return {
    ...(schema === undefined ? {} : { 200: { description: "Done.", schema } }),
    ...(nothing === undefined ? {} : { 204: { description: "Done." } }),
    // With `async=never` no answer is a 202.
    ...(accepted === undefined || action.always?.async === "never"
      ? {}
      : { 202: { description: "Not done yet; the flow waits and asks again." } }),
    default: { description: "A problem: its code and what to do are in the body." },
  };
}

function schemaOf(response: oas31.ResponseObject | oas31.ReferenceObject | undefined) {
  if (response === undefined || !("content" in response)) return undefined;
  const schema = response.content?.["application/json"]?.schema;
  return schema === undefined ? undefined : toSwaggerSchema(asSchema(schema));
}
