// What storage settings are taken: no connection is opened here.

import { describe, expect } from "vitest";
import { completeConnectionString } from "../../../shared/stores/connection-string.ts";
import { createStorageClients } from "../../../shared/stores/storage-clients.ts";
import { verifies } from "../../support/verifies.ts";

const KEY = Buffer.alloc(64, 1).toString("base64");
const noIdentity = { getToken: () => Promise.reject(new Error("no token is needed here")) };
const clientsFor = (connectionString: string) =>
  createStorageClients({ kind: "connection-string", connectionString }, noIdentity);
const urlsFor = async (connectionString: string) => {
  const clients = clientsFor(connectionString);
  return [(await clients.table("GenieOperations")).url, (await clients.queue("genie-poll")).url];
};

describe("a connection string", () => {
  const taken: [string, string, string[]][] = [
    [
      "of a storage account",
      `DefaultEndpointsProtocol=https;AccountName=store;AccountKey=${KEY};EndpointSuffix=core.windows.net`,
      ["https://store.table.core.windows.net", "https://store.queue.core.windows.net/genie-poll"],
    ],
    [
      "without protocol and suffix",
      ` AccountName=store ; AccountKey=${KEY};`,
      ["https://store.table.core.windows.net", "https://store.queue.core.windows.net/genie-poll"],
    ],
    [
      "with endpoints of its own",
      `AccountName=store;AccountKey=${KEY};TableEndpoint=https://t.example/store/;QueueEndpoint=https://q.example/store/`,
      ["https://t.example/store", "https://q.example/store/genie-poll"],
    ],
    [
      "on this machine",
      `DefaultEndpointsProtocol=http;AccountName=store;AccountKey=${KEY};TableEndpoint=http://127.0.0.1:1/store;QueueEndpoint=http://localhost:2/store`,
      ["http://127.0.0.1:1/store", "http://localhost:2/store/genie-poll"],
    ],
    [
      "in Azurite's short form",
      "UseDevelopmentStorage=true",
      [
        "http://127.0.0.1:10002/devstoreaccount1",
        "http://127.0.0.1:10001/devstoreaccount1/genie-poll",
      ],
    ],
    [
      "with a shared access signature",
      "TableEndpoint=https://store.table.core.windows.net;QueueEndpoint=https://store.queue.core.windows.net;SharedAccessSignature=sv=1&sig=x",
      [
        "https://store.table.core.windows.net?sv=1&sig=x",
        "https://store.queue.core.windows.net/genie-poll?sv=1&sig=x",
      ],
    ],
  ];
  for (const [name, connectionString, urls] of taken) {
    verifies("storage.one-factory", name, async () => {
      expect(await urlsFor(connectionString)).toEqual(urls);
    });
  }

  const account = `AccountName=store;AccountKey=${KEY}`;
  const refused: [string, string][] = [
    ["over plain http", `DefaultEndpointsProtocol=http;${account};EndpointSuffix=core.windows.net`],
    [
      "over plain http to a host that only looks local",
      `${account};TableEndpoint=http://localhost.example/store;QueueEndpoint=http://127.0.0.1.example/store`,
    ],
    ["that is none", "hello"],
    ["without an account", `AccountKey=${KEY}`],
    ["of another service", "SharedAccessSignature=sv=1&sig=x"],
  ];
  for (const [name, connectionString] of refused) {
    verifies("storage.one-factory", `${name} is refused, and nothing of it told`, async () => {
      const clients = clientsFor(connectionString);
      for (const open of [() => clients.table("A1a"), () => clients.queue("a-1")]) {
        const error = await open().then(
          () => "taken",
          (reason: unknown) => reason,
        );
        expect(error).toMatchObject({ failure: { code: "configuration_error" } });
        expect(`${JSON.stringify(error)} ${String(error)}`).not.toContain(KEY);
      }
    });
  }

  verifies("storage.one-factory", "keeps every value as it is", () => {
    const whole = "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=b==;EndpointSuffix=c";
    expect(completeConnectionString(whole)).toBe(whole);
    expect(completeConnectionString("UseDevelopmentStorage=true")).toBe(
      "UseDevelopmentStorage=true",
    );
  });
});

describe("an identity", () => {
  verifies("storage.one-factory", "takes the addresses of both services, https alone", async () => {
    const urls = {
      tableUrl: "https://store.table.core.windows.net",
      queueUrl: "https://q.example",
    };
    const clients = createStorageClients({ kind: "identity", ...urls }, noIdentity);
    expect((await clients.table("A1a")).url).toBe(urls.tableUrl);
    expect((await clients.queue("a-1")).url).toBe(`${urls.queueUrl}/a-1`);
    const plain = { tableUrl: "http://store.example", queueUrl: "http://store.example" };
    const refused = createStorageClients({ kind: "identity", ...plain }, noIdentity);
    for (const open of [() => refused.table("A1a"), () => refused.queue("a-1")]) {
      await expect(open()).rejects.toMatchObject({ failure: { code: "configuration_error" } });
    }
  });
});
