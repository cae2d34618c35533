// Entra's endpoints accept connections and never answer: every request ends in time with a reason (design §1.3).
// In a file of its own because its budget takes 20 seconds; the other files run beside it.

import { describe, expect } from "vitest";
import { SECRET_MARKERS } from "../support/secret-markers.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { answerOf, ask, call, problemOf } from "./gateway-client.ts";

const stand = useStand("entra-hanging");
const BUDGET_MS = 25_000;
const TEST_MS = 45_000;
const question = { query: `average delay ${SECRET_MARKERS.question}` };

async function timed<T>(work: Promise<T>): Promise<{ value: T; ms: number }> {
  const start = performance.now();
  const value = await work;
  return { value, ms: performance.now() - start };
}

describe("Entra hangs", () => {
  verifies(
    "gateway.identity-outage",
    "503 within the budget for who needs an exchange; who has one goes on",
    async () => {
      const known = { token: await stand().token("analyst") };
      const path = "/api/v1/me";
      expect((await call(stand(), { path, as: known })).status).toBe(200);
      stand().entra.injectFault({ path: "/token", hang: true });
      const [obo, app, spaces] = await Promise.all([
        timed(ask(stand(), "analyst", question)),
        timed(ask(stand(), "app", question)),
        timed(call(stand(), { path: "/genie/spaces", as: "no-space" })),
        // An exchanged token is kept under its assertion: this caller notices nothing.
        ask(stand(), known, { query: "average delay by origin" }).then(answerOf),
      ]);
      for (const { value, ms } of [obo, app, spaces]) {
        problemOf(value, 503, "identity_provider_unavailable");
        expect(ms).toBeLessThan(BUDGET_MS);
      }
      expect(
        stand()
          .databricks.asks()
          .map((asked) => asked.question),
      ).not.toContain(question.query);
      stand().entra.clearFaults();
      // The circuit lets a probe through after its cool-down; then everything is as before.
      await expect
        .poll(async () => (await call(stand(), { path, as: "analyst" })).status, {
          timeout: 15_000,
          interval: 500,
        })
        .toBe(200);
    },
    TEST_MS,
  );
});
