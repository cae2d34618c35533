// Spaces, storage and callback hosts: the settings with a grammar of their own.

import { describe, expect } from "vitest";
import { appEndpointAuthLevel } from "../../../shared/config/app-endpoint-auth-level.ts";
import { parseSettings } from "../../../shared/config/settings.ts";
import { verifies } from "../../support/verifies.ts";
import { anAzureEnvironment, anEnvironment, faultySettings } from "./an-environment.ts";

describe("spaces", () => {
  const spacesOf = (text: string, single?: string) =>
    Object.fromEntries(
      parseSettings(anEnvironment({ GENIE__SPACES: text, GENIE__SPACE_ID: single })).spaces,
    );

  verifies("settings.spaces", "the list and the single space are joined", () => {
    expect(spacesOf('{"sales":"s1","a-2":"s2"}', "d")).toEqual({
      sales: "s1",
      "a-2": "s2",
      default: "d",
    });
    expect(spacesOf('{"sales":"s1"}')).toEqual({ sales: "s1" });
    expect(spacesOf('{"default":"d"}', "d")).toEqual({ default: "d" });
  });

  verifies("settings.spaces", "an alias that every object inherits is just a name", () => {
    const settings = parseSettings(anEnvironment({ GENIE__SPACES: '{"sales":"s1"}' }));
    expect(settings.spaces.get("constructor")).toBeUndefined();
    expect(spacesOf('{"constructor":"s1"}')).toEqual({ constructor: "s1" });
  });

  for (const [what, text] of [
    ["not JSON", "{sales:s1}"],
    ["an array", '["s1"]'],
    ["null", "null"],
    ["a capital letter", '{"Sales":"s1"}'],
    ["an alias of 64 characters", `{"${"a".repeat(64)}":"s1"}`],
    ["__proto__", '{"__proto__":"s1"}'],
    ["a blank alias", '{"":"s1"}'],
    ["an id that is a number", '{"sales":1}'],
    ["an id with a slash", '{"sales":"../x"}'],
    ["default with another id", '{"default":"other"}'],
  ] as const) {
    verifies("settings.spaces", `${what} is a fault`, () => {
      expect(faultySettings(anEnvironment({ GENIE__SPACES: text }))).toEqual(["GENIE__SPACES"]);
    });
  }

  verifies("settings.spaces", "none at all is a fault", () => {
    expect(
      faultySettings(anEnvironment({ GENIE__SPACES: "{}", GENIE__SPACE_ID: undefined })),
    ).toEqual(["GENIE__SPACE_ID"]);
  });
});

describe("storage", () => {
  const storageOf = (overrides: Record<string, string>) =>
    parseSettings(anEnvironment({ AzureWebJobsStorage: undefined, ...overrides })).storage;

  verifies("settings.storage", "by account name, with the two service addresses", () => {
    expect(storageOf({ AzureWebJobsStorage__accountName: "geniestore" })).toEqual({
      kind: "identity",
      tableUrl: "https://geniestore.table.core.windows.net",
      queueUrl: "https://geniestore.queue.core.windows.net",
      clientId: null,
    });
  });

  verifies("settings.storage", "by service addresses and a user-assigned identity", () => {
    expect(
      storageOf({
        AzureWebJobsStorage__tableServiceUri: "https://t.example/",
        AzureWebJobsStorage__queueServiceUri: "https://q.example",
        AzureWebJobsStorage__credential: "managedidentity",
        AzureWebJobsStorage__clientId: "id",
      }),
    ).toEqual({
      kind: "identity",
      tableUrl: "https://t.example",
      queueUrl: "https://q.example",
      clientId: "id",
    });
  });

  verifies("settings.storage", "a connection string wins, as in the host", () => {
    const connectionString = "AccountName=a;AccountKey=b==;EndpointSuffix=core.windows.net";
    expect(
      storageOf({
        AzureWebJobsStorage: connectionString,
        AzureWebJobsStorage__accountName: "geniestore",
      }),
    ).toEqual({ kind: "connection-string", connectionString });
  });

  for (const [what, overrides, faults] of [
    ["nothing", {}, ["AzureWebJobsStorage"]],
    ["half a connection string", { AzureWebJobsStorage: "AccountName=a" }, ["AzureWebJobsStorage"]],
    [
      "one of two addresses",
      { AzureWebJobsStorage__tableServiceUri: "https://t.example" },
      ["AzureWebJobsStorage"],
    ],
    [
      "a bad account name",
      { AzureWebJobsStorage__accountName: "Genie_Store" },
      ["AzureWebJobsStorage__accountName"],
    ],
    [
      "another credential",
      { AzureWebJobsStorage__accountName: "store", AzureWebJobsStorage__credential: "key" },
      ["AzureWebJobsStorage__credential"],
    ],
  ] as const) {
    verifies("settings.storage", `${what} is a fault`, () => {
      const environment = anEnvironment({ AzureWebJobsStorage: undefined, ...overrides });
      expect(faultySettings(environment)).toEqual(faults);
    });
  }
});

describe("callback hosts", () => {
  verifies("settings.callback-hosts", "each form is understood, letter case aside", () => {
    const hosts = "Hooks.Example, .suffix.example,*.other.example,127.0.0.1:9000,[::1]:80";
    expect(parseSettings(anEnvironment({ CALLBACK_ALLOWED_HOSTS: hosts })).callbackHosts).toEqual([
      { kind: "host", host: "hooks.example" },
      { kind: "below", suffix: ".suffix.example" },
      { kind: "below", suffix: ".other.example" },
      { kind: "host-port", host: "127.0.0.1", port: 9000 },
      { kind: "host-port", host: "[::1]", port: 80 },
    ]);
  });

  for (const hosts of [
    "*",
    "a..b",
    "https://a.example",
    "a.example:0",
    "a.example:99999",
    "a,,b",
  ]) {
    verifies("settings.callback-hosts", `${hosts} is a fault`, () => {
      expect(faultySettings(anEnvironment({ CALLBACK_ALLOWED_HOSTS: hosts }))).toEqual([
        "CALLBACK_ALLOWED_HOSTS",
      ]);
    });
  }

  verifies("settings.callback-hosts", "host:port is an error in Azure", () => {
    const environment = anAzureEnvironment({ CALLBACK_ALLOWED_HOSTS: "a.example,b.example:8080" });
    expect(faultySettings(environment)).toEqual(["CALLBACK_ALLOWED_HOSTS"]);
  });
});

describe("the auth level of query-app", () => {
  for (const [value, level] of [
    [undefined, "anonymous"],
    ["entra", "anonymous"],
    ["function-key", "function"],
    ["Entra", "function"],
    [" entra", "function"],
    ["", "function"],
  ] as const) {
    verifies("settings.app-endpoint-auth", `${JSON.stringify(value)} registers as ${level}`, () => {
      expect(appEndpointAuthLevel({ APP_ENDPOINT_AUTH: value })).toBe(level);
    });
  }

  verifies("settings.app-endpoint-auth", "any other word is a fault", () => {
    for (const value of ["Entra", " entra", "", "none"]) {
      expect(faultySettings(anEnvironment({ APP_ENDPOINT_AUTH: value }))).toEqual([
        "APP_ENDPOINT_AUTH",
      ]);
    }
  });
});
