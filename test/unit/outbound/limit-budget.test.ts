// One budget over several calls of a request.

import { expect } from "vitest";
import { limitBudget } from "../../../shared/outbound/limit-budget.ts";
import type { OutboundRequest } from "../../../shared/outbound/send-outbound.ts";
import { verifies } from "../../support/verifies.ts";
import { createVirtualClock } from "../../support/virtual-clock.ts";

const request: OutboundRequest = { method: "GET", url: "http://127.0.0.1:1/", retry: "safe" };

verifies("databricks.request-budget", "later calls get what earlier ones left", async () => {
  const clock = createVirtualClock();
  const budgets: (number | undefined)[] = [];
  const send = limitBudget(
    async ({ budgetMs }) => {
      budgets.push(budgetMs);
      clock.advance(8_000);
      return { kind: "not_connected" };
    },
    clock,
    20_000,
  );
  for (let call = 0; call < 3; call++) await send(request);
  expect(await send(request)).toEqual({ kind: "lost" });
  expect(budgets).toEqual([20_000, 12_000, 4_000]);
});
