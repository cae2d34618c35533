// Several workers' question budgets over one real Azurite table, each with a client of its own. It counts every call
// and can step in before and after each one.

import { randomBytes } from "node:crypto";
import type { TableClient } from "@azure/data-tables";
import { startAzurite } from "../../../local/azurite.ts";
import {
  createStorageClients,
  type StorageClients,
} from "../../../shared/stores/storage-clients.ts";
import {
  createTableQuestionBudget,
  type TableQuestionBudgetDeps,
} from "../../../shared/stores/table-question-budget.ts";
import type { Clock } from "../../../shared/telemetry/clock.ts";
import { createQuietClock } from "./quiet-clock.ts";

type SendRequest = Parameters<TableClient["pipeline"]["addPolicy"]>[0]["sendRequest"];

export const silentLogger = { info: () => {}, warn: () => {}, error: () => {} };

const noCredential = { getToken: async () => Promise.reject(new Error("not asked for")) };

export async function startBudgetBench() {
  const azurite = await startAzurite();
  let underWay = 0;
  let calls = 0;
  const clock = createQuietClock(() => underWay);

  /** A client of its own for the table `name`, as each worker has one. */
  const openStorage = (name: string, stepIn?: SendRequest): Pick<StorageClients, "table"> => {
    const account = {
      kind: "connection-string",
      connectionString: azurite.connectionString,
    } as const;
    const clients = createStorageClients(account, noCredential);
    const opened = clients.table(name).then((client) => {
      const count: SendRequest = async (request, next) => {
        calls += 1;
        underWay += 1;
        return (stepIn ? stepIn(request, next) : next(request)).finally(() => {
          underWay -= 1;
        });
      };
      client.pipeline.addPolicy({ name: "count", sendRequest: count }, { afterPhase: "Retry" });
      return client;
    });
    return { table: () => opened };
  };

  const open = (
    name: string,
    options: Partial<Omit<TableQuestionBudgetDeps, "storage">> & {
      readonly stepIn?: SendRequest;
    } = {},
  ) => {
    const { stepIn, ...overrides } = options;
    return createTableQuestionBudget({
      storage: openStorage(name, stepIn),
      clock,
      logger: silentLogger,
      questionsPerMinute: 5,
      deadlineMs: 600_000,
      ...overrides,
    });
  };

  return {
    clock,
    /** A table that exists and is empty. */
    newTable: async (): Promise<string> => {
      const name = `Budget${randomBytes(6).toString("hex")}`;
      const client = await openStorage(name).table(name);
      await client.createTable();
      return name;
    },
    open,
    /** How many calls the storage gets while `work` runs. */
    callsDuring: async (work: () => Promise<unknown>): Promise<number> => {
      const before = calls;
      await clock.run(work());
      return calls - before;
    },
    /** Every row of the table. */
    rows: async (name: string): Promise<Readonly<Record<string, unknown>>[]> => {
      const client = await openStorage(name).table(name);
      const rows: Readonly<Record<string, unknown>>[] = [];
      for await (const row of client.listEntities()) rows.push(row);
      return rows;
    },
    client: (name: string) => openStorage(name).table(name),
    stop: azurite.stop,
  };
}

/** Real time without real pauses: for tests that count tries. */
export const hurriedClock: Clock = { now: () => Date.now(), sleep: async () => {} };
