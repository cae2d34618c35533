// Filling in the connector: every placeholder goes, and what is no host or id is refused by name.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  fillApiProperties,
  fillDefinition,
  readGatewayFacts,
} from "../../../../local/documents/connector-facts.ts";
import { verifies } from "../../../support/verifies.ts";

const read = (file: string) => JSON.parse(readFileSync(`infra/connector/${file}`, "utf8"));
const guid = (digit: string) => "00000000-0000-0000-0000-000000000000".replaceAll("0", digit);
const given = {
  host: "my-gateway.azurewebsites.net",
  "tenant-id": guid("1"),
  "gateway-client-id": guid("2"),
  "connector-client-id": guid("3"),
};

verifies(
  "documents.connector-filled",
  "no placeholder is left, and each value has its place",
  () => {
    const facts = readGatewayFacts(given);
    const definition = fillDefinition(read("apiDefinition.swagger.json"), facts);
    const properties = fillApiProperties(read("apiProperties.json"), facts);
    expect(definition).toMatchObject({ host: given.host });
    expect(properties).toMatchObject({
      properties: {
        connectionParameters: {
          token: {
            oAuthSettings: {
              clientId: guid("3"),
              properties: { AzureActiveDirectoryResourceId: `api://${guid("2")}` },
              customParameters: {
                tenantId: { value: guid("1") },
                resourceUri: { value: `api://${guid("2")}` },
                enableOnbehalfOfLogin: { value: "true" },
              },
            },
          },
        },
      },
    });
    expect(JSON.stringify([definition, properties])).not.toMatch(/example\.com|0{8}-0{4}/);
  },
);

describe("what is no host or id", () => {
  const wrong: readonly [option: string, value: string | undefined][] = [
    ["host", undefined],
    ["host", "https://my-gateway.azurewebsites.net"],
    ["host", "my-gateway.azurewebsites.net/path"],
    ["host", 'x".azurewebsites.net'],
    ["tenant-id", "common"],
    ["gateway-client-id", `api://${guid("2")}`],
    ["connector-client-id", ""],
    ["connector-client-id", given["gateway-client-id"]],
  ];
  for (const [option, value] of wrong) {
    verifies("documents.connector-filled", `--${option} ${value}`, () => {
      expect(() => readGatewayFacts({ ...given, [option]: value })).toThrow(`--${option}: `);
    });
  }

  test("all of them are told at once", () => {
    expect(() => readGatewayFacts({})).toThrow(/host.*tenant.*gateway.*connector/s);
  });
});
