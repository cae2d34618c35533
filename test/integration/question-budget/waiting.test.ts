// A burst over four workers and a real table: everybody waits a turn, nobody is refused, the workspace never sees
// more than it takes, and the whole takes hardly longer than it must.

import { afterAll, beforeAll, expect } from "vitest";
import type { QuestionBudget } from "../../../shared/operations/ports.ts";
import { verifies } from "../../support/verifies.ts";
import { tightest } from "../../unit/operations/question-budget-model.ts";
import { startBudgetBench } from "./budget-bench.ts";

let bench: Awaited<ReturnType<typeof startBudgetBench>>;
beforeAll(async () => {
  bench = await startBudgetBench();
});
afterAll(() => bench.stop());

const MINUTE = 60_000;
const REPLY_MS = 400;

interface Asked {
  readonly id: string;
  /** When the workspace counted it. */
  readonly at: number;
}

/** Looks again whenever it is told to, each time through another worker. */
async function askInTurn(
  workers: readonly QuestionBudget[],
  { id, asked }: { readonly id: string; readonly asked: Asked[] },
): Promise<void> {
  for (let look = 0; look < 50; look += 1) {
    const budget = workers[(Number(id) + look) % workers.length];
    const reply = await budget?.request(id, Number.POSITIVE_INFINITY);
    if (reply?.kind === "waiting") {
      await bench.clock.sleep(reply.estimatedAt - bench.clock.now());
      continue;
    }
    await bench.clock.sleep(REPLY_MS / 2);
    asked.push({ id, at: bench.clock.now() });
    await bench.clock.sleep(REPLY_MS / 2);
    return budget?.settle(id);
  }
  throw new Error(`${id} never got its turn`);
}

async function playBurst(size: number) {
  const table = await bench.newTable();
  const workers = [1, 2, 3, 4].map(() => bench.open(table));
  const asked: Asked[] = [];
  const startedAt = bench.clock.now();
  const calls = await bench.callsDuring(() =>
    Promise.all(
      Array.from({ length: size }, async (_, index) => {
        await bench.clock.sleep(index); // so that there is an order of arrival
        await askInTurn(workers, { id: `${index}`, asked });
      }),
    ),
  );
  const tookMs = Math.max(...asked.map(({ at }) => at)) - startedAt;
  return { asked, calls, tookMs, rows: await bench.rows(table) };
}

verifies("budget.arrival-order", "a burst of 40 at 5 a minute, over four workers", async () => {
  const { asked, calls, tookMs, rows } = await playBurst(40);
  expect(asked.map(({ id }) => Number(id))).toHaveLength(40);
  // Asks of one window are free to overtake each other on their way; windows are not.
  const windows = Array.from({ length: 8 }, (_, window) =>
    asked.slice(window * 5, window * 5 + 5).map(({ id }) => Math.floor(Number(id) / 5)),
  );
  expect(windows).toEqual(windows.map((_, window) => Array.from({ length: 5 }, () => window)));
  const times = asked.map(({ at }) => at);
  expect(tightest(times, 5)).toBeGreaterThanOrEqual(MINUTE);
  expect(tookMs / (7 * (MINUTE + REPLY_MS))).toBeLessThanOrEqual(1.03);
  // Three to join, two for the turn, one or two to settle; moves that meet in one worker share theirs.
  expect(calls / 40).toBeLessThanOrEqual(7);
  expect(rows).toHaveLength(1);
});
