// The one factory of storage clients against Azurite: both ways to authenticate, missing tables, and every way in
// which storage can fail to answer.

import { afterAll, describe, expect } from "vitest";
import { createCertificates, trustCertificate } from "../../../local/certificates.ts";
import { AppError, type Failure } from "../../../shared/errors/app-error.ts";
import { storageCall } from "../../../shared/stores/storage-call.ts";
import { createStorageClients } from "../../../shared/stores/storage-clients.ts";
import { verifies } from "../../support/verifies.ts";
import { startSecureAzurite } from "./secure-azurite.ts";
import type { Trouble } from "./storage-proxy.ts";
import { noIdentity } from "./storage-stand.ts";
import { useStorageStand } from "./use-storage-stand.ts";

const stand = useStorageStand();

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const error = await work.then(
    () => "no failure",
    (reason: unknown) => reason,
  );
  if (error instanceof AppError) return error.failure;
  throw new Error(`no AppError: ${String(error)}`, { cause: error });
}

let names = 0;
const aName = () => `fresh${++names}`;

describe("tables and queues that are missing", () => {
  const key = { partitionKey: "p", rowKey: "r" };

  verifies("storage.made-when-missing", "by the first write, and asked for no more", async () => {
    const table = await stand().newClients().table(aName());
    await storageCall(() => table.createEntity(key));
    expect(stand().tables.calls.map(({ method }) => method)).toEqual(["POST", "POST", "POST"]);
    stand().tables.reset();
    await storageCall(() => table.getEntity("p", "r"));
    expect(stand().tables.calls).toHaveLength(1);
  });

  verifies("storage.made-when-missing", "by a read, a query, a transaction", async () => {
    const clients = stand().newClients();
    const read = await clients.table(aName());
    await expect(storageCall(() => read.getEntity("p", "r"))).rejects.toMatchObject({
      statusCode: 404,
    });
    const query = await clients.table(aName());
    expect(await query.listEntities().next()).toMatchObject({ done: true });
    const batch = await clients.table(aName());
    const reply = await storageCall(() => batch.submitTransaction([["create", key]]));
    expect(reply.status).toBe(202);
    for (const table of [read, query, batch]) {
      await storageCall(() => table.upsertEntity({ ...key, rowKey: "other" }));
    }
  });

  verifies("storage.made-when-missing", "by many at once", async () => {
    const name = aName();
    const writes = Array.from({ length: 8 }, async (_, index) => {
      const table = await stand().newClients().table(name);
      await storageCall(() => table.createEntity({ ...key, rowKey: String(index) }));
      const queue = await stand().newClients().queue(name);
      await storageCall(() => queue.sendMessage("aGk="));
    });
    await Promise.all(writes);
    const queue = await stand().newClients().queue(name);
    expect((await queue.getProperties()).approximateMessagesCount).toBe(8);
  });

  verifies("storage.made-when-missing", "a row that speaks of it makes nothing", async () => {
    const table = await stand().newClients().table(aName());
    await storageCall(() => table.createEntity({ ...key, text: '"code":"TableNotFound"' }));
    stand().tables.reset();
    await storageCall(() => table.getEntity("p", "r"));
    await storageCall(() => table.submitTransaction([["upsert", key, "Merge"]]));
    expect(stand().tables.calls).toHaveLength(2);
  });
});

describe("storage that does not answer", () => {
  const limits = { tryMs: 100, callMs: 2_000 };
  /** Where the storage does answer in the end: also on a busy machine in time. */
  const patient = { tryMs: 1_000, callMs: 40_000 };
  const clients = (within: typeof limits) =>
    createStorageClients(
      { kind: "connection-string", connectionString: stand().connectionString },
      noIdentity,
      within,
    );
  const calls = {
    table: async (within = limits) => {
      const table = await clients(within).table("GenieOperations");
      return storageCall(() => table.getEntity("p", "r"));
    },
    transaction: async (within = limits) => {
      const table = await clients(within).table("GenieOperations");
      const row = { partitionKey: "p", rowKey: "r" };
      return storageCall(() => table.submitTransaction([["upsert", row]]));
    },
    queue: async (within = limits) => {
      const queue = await clients(within).queue("genie-poll");
      return storageCall(() => queue.sendMessage("aGk="));
    },
  };
  const troubles: [string, Trouble][] = [
    ["is silent", "hang"],
    ["closes the connection", "drop"],
    ["answers 500", { status: 500 }],
    ["answers 503", { status: 503 }],
  ];
  const play = (trouble: () => Trouble | undefined) => {
    stand().tables.trouble = trouble;
    stand().queues.trouble = trouble;
  };
  for (const [name, trouble] of troubles) {
    verifies("storage.bounded", `calls to storage that ${name}`, async () => {
      play(() => trouble);
      const failures = await Promise.all(Object.values(calls).map((call) => failureOf(call())));
      for (const failure of failures) {
        expect(failure).toMatchObject({ code: "storage_unavailable" });
        expect(failure.retryAfterSeconds).toBeGreaterThan(0);
      }
      // Two calls went to tables, one to queues; each is tried again, but not for long.
      for (const tries of [stand().tables.calls.length / 2, stand().queues.calls.length]) {
        expect(tries).toBeGreaterThan(1);
        expect(tries).toBeLessThan(6);
      }
    });
  }
  for (const [kind, call] of Object.entries(calls)) {
    verifies("storage.bounded", `a ${kind} call that is silent once is sent again`, async () => {
      play(() =>
        stand().tables.calls.length + stand().queues.calls.length === 1 ? "hang" : undefined,
      );
      const outcome = await call(patient).catch((error: unknown) => error);
      expect(outcome).not.toBeInstanceOf(AppError);
      expect(stand().tables.calls.length + stand().queues.calls.length).toBeGreaterThan(1);
    });
  }

  verifies("storage.bounded", "a token that never comes", async () => {
    const { tableUrl, queueUrl } = await secureUrls();
    const never = { getToken: () => new Promise<never>(() => undefined) };
    const silent = createStorageClients({ kind: "identity", tableUrl, queueUrl }, never, limits);
    const table = await silent.table("GenieOperations");
    const queue = await silent.queue("genie-poll");
    const work: (() => Promise<unknown>)[] = [
      () => table.getEntity("p", "r"),
      () => queue.sendMessage("aGk="),
    ];
    const failures = await Promise.all(work.map((call) => failureOf(storageCall(call))));
    expect(failures.map(({ code }) => code)).toEqual(Array(2).fill("storage_unavailable"));
  });

  verifies("storage.bounded", "missing grants name the roles", async () => {
    stand().tables.trouble = () => ({ status: 403 });
    const { code, remedy } = await failureOf(calls.table());
    expect(code).toBe("storage_unavailable");
    expect(remedy).toContain("Storage Table Data Contributor");
    expect(remedy).toContain("az role assignment create");
  });

  verifies("storage.bounded", "a failure tells nothing of the account", async () => {
    stand().tables.trouble = () => "drop";
    const error = await calls.table().catch((reason: unknown) => reason);
    const told = JSON.stringify(error) + String(error) + String((error as Error).cause);
    expect(told).not.toContain("127.0.0.1");
    expect(told).not.toContain("GenieOperations");
  });
});

const opened: (() => Promise<void>)[] = [];
afterAll(async () => {
  await Promise.all(opened.map((close) => close()));
});
let secure: ReturnType<typeof startSecureAzurite> | undefined;
async function secureUrls() {
  secure ??= createCertificates().then(async ({ caPem, ...tls }) => {
    trustCertificate(caPem);
    const azurite = await startSecureAzurite(tls);
    opened.push(azurite.stop);
    return azurite;
  });
  return await secure;
}

describe("ways to authenticate", () => {
  verifies("storage.one-factory", "an identity, over https", async () => {
    const { tableUrl, queueUrl, token } = await secureUrls();
    const scopes: unknown[] = [];
    const identity = {
      getToken: async (scope: string | string[]) => {
        scopes.push(scope);
        return { token: token(), expiresOnTimestamp: Date.now() + 3_600_000 };
      },
    };
    const clients = createStorageClients({ kind: "identity", tableUrl, queueUrl }, identity);
    const table = await clients.table("GenieOperations");
    const row = { partitionKey: "p", rowKey: "r" };
    await storageCall(() => table.submitTransaction([["upsert", row]]));
    await storageCall(() => table.getEntity("p", "r"));
    const queue = await clients.queue("genie-poll");
    await storageCall(() => queue.sendMessage("aGk="));
    expect(scopes.flat()).toContain("https://storage.azure.com/.default");
  });

  verifies("storage.one-factory", "a credential that fails says so itself", async () => {
    const { tableUrl, queueUrl } = await secureUrls();
    const problem = new AppError({ code: "service_credential_problem", detail: "no token" });
    const identity = { getToken: () => Promise.reject(problem) };
    const clients = createStorageClients({ kind: "identity", tableUrl, queueUrl }, identity);
    const table = await clients.table("GenieOperations");
    const queue = await clients.queue("genie-poll");
    const work: (() => Promise<unknown>)[] = [
      () => table.getEntity("p", "r"),
      () => queue.sendMessage("aGk="),
    ];
    for (const call of work) {
      expect((await failureOf(storageCall(call))).code).toBe("service_credential_problem");
    }
  });

  verifies("storage.one-factory", "one client for each name", async () => {
    const clients = stand().newClients();
    expect(await clients.table("A1a")).toBe(await clients.table("A1a"));
    expect(await clients.queue("a-1")).toBe(await clients.queue("a-1"));
  });
});
