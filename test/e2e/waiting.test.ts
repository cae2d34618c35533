// How long an ask waits, and how that is echoed (design §3.2).

import { describe, expect } from "vitest";
import { SECRET_MARKERS } from "../support/secret-markers.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { acceptedOf, answerOf } from "./gateway-client.ts";
import { NEVER_DONE, scriptedQuestions, TWO_ROWS } from "./scripted-questions.ts";

const CAP_S = 25;
const questions = scriptedQuestions(
  useStand("waiting", { settings: { GENIE__MAX_WAIT_SECONDS: `${CAP_S}` } }),
);
/** Less than the wait would be otherwise, with room for a busy machine. */
const NO_WAIT_MS = 20_000;
/** A cap below the default wait of 30 s. */
const capped = scriptedQuestions(
  useStand("waiting-capped", { settings: { GENIE__MAX_WAIT_SECONDS: "4" } }),
);
const DEFAULT_WAIT_MS = 30_000;
const prefer = (value: string) => ({ headers: { Prefer: value } });

async function timed<T>(work: Promise<T>): Promise<{ value: T; ms: number }> {
  const start = performance.now();
  const value = await work;
  return { value, ms: performance.now() - start };
}

describe.concurrent("how long an ask waits", () => {
  verifies(
    "gateway.waiting",
    "without a preference the answer comes in the same request",
    async () => {
      const reply = await questions.ask(TWO_ROWS);
      expect(answerOf(reply).results[0]?.rows).toEqual([
        { marker: SECRET_MARKERS.answer },
        { marker: null },
      ]);
      expect(reply.headers.get("preference-applied")).toBeNull();
    },
  );

  verifies("gateway.waiting", "Prefer: wait=1 is 202 after one second", async () => {
    const { value, ms } = await timed(questions.ask(NEVER_DONE, prefer("wait=1")));
    expect(value.headers.get("preference-applied")).toBe("wait=1");
    const operation = acceptedOf(value);
    expect(operation).toMatchObject({ status: "running", space: "default" });
    expect(operation.conversation_id).toMatch(/^[0-9a-f]{32}$/);
    expect(ms).toBeGreaterThanOrEqual(1_000);
    expect(ms).toBeLessThan(NO_WAIT_MS);
  });

  verifies("gateway.waiting", "Prefer: respond-async is 202 at once, and asked", async () => {
    const { value, ms } = await timed(questions.ask(NEVER_DONE, prefer("respond-async")));
    expect(value.headers.get("preference-applied")).toBe("respond-async");
    expect(acceptedOf(value).message_id).toMatch(/^[0-9a-f]{32}$/);
    expect(ms).toBeLessThan(NO_WAIT_MS);
  });

  verifies(
    "gateway.waiting",
    "respond-async with wait=N waits, whatever the order and case",
    async () => {
      const { value, ms } = await timed(
        questions.ask(NEVER_DONE, prefer('WAIT="1", Respond-Async')),
      );
      acceptedOf(value);
      expect(value.headers.get("preference-applied")).toContain("respond-async");
      expect(value.headers.get("preference-applied")).toContain("wait=1");
      expect(ms).toBeGreaterThanOrEqual(1_000);
    },
  );

  verifies("http.preference-applied", "a wait over the cap is echoed as the cap", async () => {
    const reply = await capped.ask({ ...TWO_ROWS, stages: [] }, prefer("wait=500"));
    answerOf(reply);
    expect(reply.headers.get("preference-applied")).toBe("wait=4");
  });

  verifies("http.preference-applied", "so is one that no number holds", async () => {
    const atOnce = { ...TWO_ROWS, stages: [] };
    for (const value of ["wait=999999999999", `wait=${"9".repeat(400)}`]) {
      const reply = await capped.ask(atOnce, prefer(value));
      answerOf(reply);
      expect(reply.headers.get("preference-applied")).toBe("wait=4");
    }
    const { value, ms } = await timed(capped.ask(NEVER_DONE, { query: "?wait=1000000000" }));
    acceptedOf(value);
    expect(ms).toBeGreaterThanOrEqual(4_000);
    expect(ms).toBeLessThan(DEFAULT_WAIT_MS);
  });

  verifies("http.preference-applied", "malformed and unknown preferences are ignored", async () => {
    for (const value of ["wait=soon", "wait=-1", "handling=strict", ",;=", 'wait="1']) {
      const reply = await questions.ask({ ...TWO_ROWS, stages: [] }, prefer(value));
      answerOf(reply);
      expect(reply.headers.get("preference-applied")).toBeNull();
    }
  });

  verifies("gateway.waiting", "the cap ends a wait that nobody limited", async () => {
    const { value, ms } = await timed(capped.ask(NEVER_DONE));
    acceptedOf(value);
    expect(ms).toBeGreaterThanOrEqual(4_000);
    expect(ms).toBeLessThan(DEFAULT_WAIT_MS);
  });

  verifies("gateway.waiting", "async and wait in the query win over Prefer", async () => {
    const preferLong = { Prefer: `wait=${CAP_S}` };
    const [always, waited] = await Promise.all([
      timed(questions.ask(NEVER_DONE, { query: "?async=always", headers: preferLong })),
      timed(questions.ask(NEVER_DONE, { query: "?async=auto&wait=1", headers: preferLong })),
    ]);
    acceptedOf(always.value);
    expect(always.ms).toBeLessThan(NO_WAIT_MS);
    acceptedOf(waited.value);
    expect(waited.ms).toBeGreaterThanOrEqual(1_000);
    expect(waited.ms).toBeLessThan(NO_WAIT_MS);
  });
});
