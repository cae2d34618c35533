// Several workers at the same moment, replies that get lost, a storage that is away: a slot is never shared out
// twice, and what cannot be decided is said.

import { RestError } from "@azure/data-tables";
import { afterAll, beforeAll, expect } from "vitest";
import { AppError } from "../../../shared/errors/app-error.ts";
import type { QuestionBudget } from "../../../shared/operations/ports.ts";
import { createStorageClients } from "../../../shared/stores/storage-clients.ts";
import { createTableQuestionBudget } from "../../../shared/stores/table-question-budget.ts";
import { systemClock } from "../../../shared/telemetry/clock.ts";
import { verifies } from "../../support/verifies.ts";
import { hurriedClock, silentLogger, startBudgetBench } from "./budget-bench.ts";

let bench: Awaited<ReturnType<typeof startBudgetBench>>;
beforeAll(async () => {
  bench = await startBudgetBench();
});
afterAll(() => bench.stop());

const FOREVER = Number.POSITIVE_INFINITY;

const requestAll = async (budgets: readonly QuestionBudget[], each: number) => {
  const replies = await Promise.all(
    budgets.flatMap((budget, worker) =>
      Array.from({ length: each }, (_, index) => budget.request(`${worker}-${index}`, FOREVER)),
    ),
  );
  return Object.groupBy(replies, ({ kind }) => kind);
};

const failureOf = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof AppError ? error.failure : error;
};

verifies("budget.no-double-grant", "four workers race for five slots in real time", async () => {
  const table = await bench.newTable();
  const workers = [1, 2, 3, 4].map(() => bench.open(table, { clock: systemClock }));
  const { granted, waiting } = await requestAll(workers, 10);
  expect([granted?.length, waiting?.length]).toEqual([5, 35]);
  const tickets = (await bench.rows(table))
    .filter(({ rowKey }) => String(rowKey).startsWith("line-"))
    .map(({ ticket }) => Number(ticket));
  expect(new Set(tickets).size).toBe(35);
});

verifies(
  "budget.never-refused",
  "eight workers with one question each all get an answer",
  async () => {
    for (let round = 0; round < 5; round += 1) {
      const table = await bench.newTable();
      const workers = Array.from({ length: 8 }, () => bench.open(table, { clock: systemClock }));
      const { granted, waiting } = await requestAll(workers, 1);
      expect([granted?.length, waiting?.length]).toEqual([5, 3]);
    }
  },
);

verifies("budget.no-double-grant", "who always loses is told so, and has no slot", async () => {
  const table = await bench.newTable();
  const rival = bench.open(table, { clock: hurriedClock });
  let writes = 0;
  const loser = bench.open(table, {
    clock: hurriedClock,
    stepIn: async (request, next) => {
      if (request.method !== "GET") {
        writes += 1;
        await rival.request(`rival-${writes}`, FOREVER);
      }
      return next(request);
    },
  });
  expect(await failureOf(loser.request("loser", FOREVER))).toMatchObject({
    code: "storage_unavailable",
    retryAfterSeconds: 2,
  });
  expect(writes).toBe(10);
  const [window] = await bench.rows(table);
  expect(String(window?.asking)).toHaveLength(5 * 29);
  expect(Number(window?.waiting)).toBe(5);
});

verifies(
  "budget.repeats",
  "a grant whose reply gets lost on the way is still one slot",
  async () => {
    const table = await bench.newTable();
    let lost = 0;
    const worker = bench.open(table, {
      stepIn: async (request, next) => {
        const reply = await next(request);
        if (request.method === "GET" || lost > 0) return reply;
        lost += 1;
        throw new RestError("lost", { code: "ECONNRESET" });
      },
    });
    expect(await bench.clock.run(worker.request("a", FOREVER))).toEqual({ kind: "granted" });
    expect(lost).toBe(1);
    const [window] = await bench.rows(table);
    expect(String(window?.asking)).toHaveLength(29);
  },
);

verifies(
  "budget.repeats",
  "another worker may ask, settle, release and leave as well",
  async () => {
    const table = await bench.newTable();
    const [one, two] = [bench.open(table), bench.open(table)];
    const play = async () => {
      await one.request("a", FOREVER);
      await two.settle("a");
      await one.settle("a");
      await one.request("b", FOREVER);
      await two.release("b");
      await one.release("b");
      await two.leave("b");
      await one.leave("b");
      await one.settle("never seen");
    };
    await bench.clock.run(play());
    const rows = await bench.rows(table);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ asking: "", waiting: 0n });
    expect(String(rows[0]?.cooling)).toHaveLength(8);
  },
);

verifies("budget.no-double-grant", "without a storage nobody is granted anything", async () => {
  const nowhere = `AccountName=devstore;AccountKey=${btoa("key")};TableEndpoint=http://127.0.0.1:9/devstore;QueueEndpoint=http://127.0.0.1:9/devstore`;
  const budget = createTableQuestionBudget({
    storage: createStorageClients(
      { kind: "connection-string", connectionString: nowhere },
      { getToken: async () => Promise.reject(new Error("not asked for")) },
    ),
    clock: systemClock,
    logger: silentLogger,
    questionsPerMinute: 5,
    deadlineMs: 600_000,
  });
  expect(await failureOf(budget.request("a", FOREVER))).toMatchObject({
    code: "storage_unavailable",
  });
});
