// The connector against the rules of the Power Platform and against the routes that it leads to.

import { describe, expect, test } from "vitest";
import { createApiProperties } from "../../../../shared/openapi/connector/api-properties.ts";
import { CONNECTOR_OPERATIONS } from "../../../../shared/openapi/connector/connector-operations.ts";
import {
  createConnectorDefinition,
  routeOf,
} from "../../../../shared/openapi/connector/create-connector.ts";
import { MAKER_TEXTS } from "../../../../shared/openapi/connector/maker-texts.ts";
import { createOpenApiDocument } from "../../../../shared/openapi/create-document.ts";
import { type ConnectorDefinition, connectorFaults } from "../../../support/connector-rules.ts";
import { verifies } from "../../../support/verifies.ts";

// What the generator writes is JSON: read it as the Power Platform does.
const definition: ConnectorDefinition = JSON.parse(
  JSON.stringify(createConnectorDefinition(await createOpenApiDocument("1.2.3"))),
);
const actions = Object.entries(definition.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, action]) => ({ path, method, action })),
);
const actionNamed = (id: string) => {
  const found = actions.find(({ action }) => action.operationId === id);
  if (found === undefined) throw new Error(`no action ${id}`);
  return found;
};

verifies("documents.connector-certifiable", "the definition keeps every rule", () => {
  expect(connectorFaults(definition)).toEqual([]);
  expect(actions).toHaveLength(CONNECTOR_OPERATIONS.length);
});

describe("a planted fault turns red", () => {
  const { path, method, action } = actionNamed("GetRows");
  const [parameter] = action.parameters ?? [];
  const withAction = (changed: object) => ({
    ...definition,
    paths: { ...definition.paths, [path]: { [method]: { ...action, ...changed } } },
  });
  const withParameter = (changed: object) =>
    withAction({
      parameters: [{ ...parameter, ...changed }, ...(action.parameters ?? []).slice(1)],
    });
  const withDefinition = (planted: object) => ({
    ...definition,
    definitions: { ...definition.definitions, Planted: planted },
  });
  const ok = { description: "Done.", schema: { type: "string" } };

  const planted: readonly [rule: string, faulty: unknown][] = [
    ["operationId", withAction({ operationId: "get-rows" })],
    ["operationId twice", withAction({ operationId: "AskGenie" })],
    ["summary with a slash", withAction({ summary: "Rows/pages" })],
    ["summary that ends in a stop", withAction({ summary: "Rows." })],
    ["two schemas", withAction({ responses: { 200: ok, 202: ok } })],
    ["schema of default", withAction({ responses: { 204: {}, default: ok } })],
    ["200 without a schema", withAction({ responses: { 200: {} } })],
    ["a status class", withAction({ responses: { 200: ok, "4XX": {} } })],
    ["a media type", withAction({ produces: ["application/problem+json"] })],
    [
      "body in GET",
      withAction({
        parameters: [...(action.parameters ?? []), { name: "b", in: "body" }],
        consumes: [],
      }),
    ],
    ["path parameter missing", withAction({ parameters: [] })],
    ["not encoded", withParameter({ "x-ms-url-encoding": undefined })],
    ["connectionId", withParameter({ name: "connectionId", in: "query" })],
    ["hidden, but optional", withParameter({ "x-ms-visibility": "internal" })],
    ["collectionFormat", withParameter({ collectionFormat: "multi" })],
    ["title", { ...definition, info: { ...definition.info, title: "Genie API" } }],
    ["description", { ...definition, info: { ...definition.info, description: "Short." } }],
    ["metadata", { ...definition, "x-ms-connector-metadata": [] }],
    ["a query in a path", { ...definition, paths: { ...definition.paths, "/a?b=c": {} } }],
    ["a path twice", { ...definition, paths: { ...definition.paths, [path.toUpperCase()]: {} } }],
    ["oneOf", withDefinition({ oneOf: [] })],
    ["nullable", withDefinition({ type: "string", nullable: true })],
    ["const", withDefinition({ const: 1 })],
    ["beside a reference", withDefinition({ $ref: "#/definitions/Answer", description: "no" })],
    ["a reference to nothing", withDefinition({ $ref: "#/definitions/Nowhere" })],
    ["an enum of another type", withDefinition({ type: "string", enum: [1] })],
  ];
  for (const [rule, faulty] of planted) {
    test(rule, () => {
      expect(connectorFaults(JSON.parse(JSON.stringify(faulty)))).not.toEqual([]);
    });
  }
});

verifies("documents.connector-certifiable", "an action for Copilot Studio is always a 200", () => {
  const { action } = actionNamed("AskGenieAndAnswerSoon");
  expect(Object.keys(action.responses)).toEqual(["200", "default"]);
  expect(action.parameters).toContainEqual(
    expect.objectContaining({ name: "async", default: "never", "x-ms-visibility": "internal" }),
  );
});

verifies("documents.connector-certifiable", "an action for flows may be a 202", () => {
  expect(Object.keys(actionNamed("AskGenie").action.responses)).toEqual(["200", "202", "default"]);
});

test("every text for makers stands at a field that is there", () => {
  for (const [name, texts] of Object.entries(MAKER_TEXTS)) {
    for (const [field, description] of Object.entries(texts)) {
      expect(definition.definitions[name]).toMatchObject({
        properties: { [field]: { description } },
      });
    }
  }
});

verifies("documents.connector-certifiable", "spaces are chosen from a list", () => {
  const values = { operationId: "ListSpaces", "value-path": "space" };
  expect(actionNamed("GetRows").action.parameters).toContainEqual(
    expect.objectContaining({ "x-ms-dynamic-values": expect.objectContaining(values) }),
  );
  expect(definition.definitions.Question).toMatchObject({
    properties: { space: { "x-ms-dynamic-values": values } },
  });
});

verifies("documents.connector-certifiable", "rows are a list that a maker can loop over", () => {
  for (const name of ["ResultPage", "QueryResult"]) {
    expect(definition.definitions[name]).toMatchObject({
      properties: { rows: { type: "array", items: { $ref: "#/definitions/Row" } } },
    });
  }
});

verifies("documents.connector-certifiable", "every path of its own is led to its route", () => {
  const own = CONNECTOR_OPERATIONS.filter(({ virtualPath }) => virtualPath !== undefined);
  expect(own.length).toBeGreaterThan(0);
  const policies = own.map((action) => ({
    templateId: "routerequesttoendpoint",
    parameters: {
      "x-ms-apimTemplateParameter.newPath": `/${routeOf(action).path}`,
      "x-ms-apimTemplateParameter.httpMethod": routeOf(action).method,
      "x-ms-apimTemplate-operationName": [action.operationId],
    },
  }));
  expect(createApiProperties()).toMatchObject({
    properties: { policyTemplateInstances: policies },
  });
});
