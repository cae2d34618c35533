// The one factory of Table and Queue clients, for a connection string and for an identity alike (design §2). Loads
// the SDKs on first use, keeps one client for each name, and lets plain http out to this machine only.

import type { TableClient } from "@azure/data-tables";
import type { QueueClient } from "@azure/storage-queue";
import { AppError } from "../errors/app-error.ts";
import { completeConnectionString } from "./connection-string.ts";
import { type StorageLimits, storagePolicies } from "./storage-policies.ts";

/** The storage part of the settings. */
export type StorageAccount =
  | { readonly kind: "connection-string"; readonly connectionString: string }
  | { readonly kind: "identity"; readonly tableUrl: string; readonly queueUrl: string };

/** The gateway's own Azure identity. */
export interface StorageCredential {
  getToken(scopes: string | string[]): Promise<{ token: string; expiresOnTimestamp: number }>;
}

/** Calls go through `storageCall`; tables and queues that are missing are made by the first call that needs them. */
export interface StorageClients {
  /** @throws AppError `configuration_error` */
  table(name: string): Promise<TableClient>;
  /** @throws AppError `configuration_error` */
  queue(name: string): Promise<QueueClient>;
}

const LIMITS: StorageLimits = { tryMs: 4_000, callMs: 10_000 };
const TRIES = 4;
const PAUSE = { retryDelayInMs: 250, maxRetryDelayInMs: 2_000 };

export function createStorageClients(
  account: StorageAccount,
  credential: StorageCredential,
  limits = LIMITS,
): StorageClients {
  return {
    table: oncePerName((name) => openTable({ account, credential, limits, name })),
    queue: oncePerName((name) => openQueue({ account, credential, limits, name })),
  };
}

interface Wanted {
  readonly account: StorageAccount;
  readonly credential: StorageCredential;
  readonly limits: StorageLimits;
  readonly name: string;
}

async function openTable({ account, credential, limits, name }: Wanted): Promise<TableClient> {
  const { TableClient, RestError } = await import("@azure/data-tables");
  const create = (): Promise<void> => client.createTable();
  const options = {
    additionalPolicies: storagePolicies({ limits, RestError, create, name }),
    retryOptions: { maxRetries: TRIES - 1, ...PAUSE },
    // Whether plain http may be used is decided below, by the address.
    allowInsecureConnection: true,
  };
  const client = configured(() =>
    account.kind === "identity"
      ? new TableClient(account.tableUrl, name, credential, options)
      : TableClient.fromConnectionString(
          completeConnectionString(account.connectionString),
          name,
          options,
        ),
  );
  return client;
}

async function openQueue({ account, credential, limits, name }: Wanted): Promise<QueueClient> {
  const { QueueClient, RestError } = await import("@azure/storage-queue");
  const create = (): Promise<unknown> => client.createIfNotExists();
  // The queue client hands unknown options down to its pipeline: the tests of a hanging queue keep an eye on that.
  const options = {
    additionalPolicies: storagePolicies({ limits, RestError, create, name }),
    retryOptions: { maxTries: TRIES, ...PAUSE },
  };
  const client = configured(() =>
    account.kind === "identity"
      ? new QueueClient(`${account.queueUrl}/${name}`, credential, options)
      : new QueueClient(completeConnectionString(account.connectionString), name, options),
  );
  return client;
}

/** The client, unless the setting cannot be used or would send keys and questions over plain http. */
function configured<Client extends { readonly url: string }>(make: () => Client): Client {
  try {
    const client = make();
    const { protocol, hostname } = new URL(client.url);
    if (protocol === "https:" || isLoopback(hostname)) return client;
  } catch (cause) {
    throw faultySetting("is not a storage connection string with both services", cause);
  }
  throw faultySetting("must use https (http only for a loopback host)");
}

function faultySetting(rule: string, cause?: unknown): AppError {
  const name = cause instanceof Error ? cause.name : undefined; // its message may hold the setting's value
  return new AppError(
    {
      code: "configuration_error",
      detail: `The settings are faulty: AzureWebJobsStorage ${rule}.`,
      remedy: "Correct this application setting of the function app and restart it.",
    },
    { cause: name },
  );
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

function oncePerName<Client>(open: (name: string) => Promise<Client>) {
  const clients = new Map<string, Promise<Client>>();
  return (name: string): Promise<Client> => {
    const known = clients.get(name) ?? open(name);
    clients.set(name, known);
    return known;
  };
}
