// Repeated asks and follow-ups: idempotency keys and one question at a time (design §3.2).

import { describe, expect } from "vitest";
import type { AppError } from "../../../shared/errors/app-error.ts";
import type { IdempotencyClaim } from "../../../shared/operations/ports.ts";
import { codeOf } from "../../support/error-code.ts";
import { anAskRequest, createOperationsFixture } from "../../support/operations-fixture.ts";
import { aWorkingState } from "../../support/scripted-genie.ts";
import { verifies } from "../../support/verifies.ts";

const SLOW = [
  { from: 0, state: aWorkingState("ASKING_AI") },
  { from: 15_000, state: { kind: "completed" } },
] as const;

/** A key as the app derives it: one id for each attempt, under the newest and the older sealing key. */
function aClaim({ newerKey = false } = {}): IdempotencyClaim {
  const older = (attempt: number) => `key-${attempt}-${"k".repeat(30)}`;
  const newer = (attempt: number) => `new-${attempt}-${"k".repeat(30)}`;
  return {
    idsOf: async (attempt) => (newerKey ? [newer(attempt), older(attempt)] : [older(attempt)]),
    bodies: ["hash-1"],
  };
}

describe("repeating and following up", () => {
  const claim = aClaim();

  verifies(
    "asking.idempotency",
    "two simultaneous first requests are one operation, asked once",
    async () => {
      const { ask, asker, genie, clock } = createOperationsFixture();
      const request = anAskRequest({ claim, waitMs: 5_000 });
      const [first, second] = await clock.run(
        Promise.all([ask(asker, request), ask(asker, request)]),
      );
      expect(first.operation.id).toBe(second.operation.id);
      expect(genie.asked).toHaveLength(1);
    },
  );

  verifies("asking.idempotency", "another body under the same key is refused", async () => {
    const { ask, asker, genie, clock } = createOperationsFixture();
    await clock.run(ask(asker, anAskRequest({ claim })));
    const other = anAskRequest({ claim: { ...claim, bodies: ["hash-2"] } });
    expect(await codeOf(clock.run(ask(asker, other)))).toBe("idempotency_key_reused");
    expect(genie.asked).toHaveLength(1);
  });

  verifies("asking.idempotency", "what ended before anything was sent frees its key", async () => {
    const { ask, asker, genie, clock } = createOperationsFixture();
    for (let i = 0; i < 20; i++)
      genie.askReplies.push({ kind: "not_sent", retryAfterMs: undefined });
    const request = anAskRequest({ claim, waitMs: 60_000 });
    const first = await clock.run(ask(asker, request));
    expect(first.operation).toMatchObject({ failure: { code: "databricks_unavailable" } });
    genie.askReplies.length = 0;
    genie.asked.length = 0;
    const second = await clock.run(ask(asker, request));
    expect(second.operation.status).toBe("succeeded");
    expect(genie.asked).toHaveLength(1);
  });

  verifies("asking.idempotency", "a lost reply keeps its key: it may have been asked", async () => {
    const { ask, asker, genie, clock } = createOperationsFixture();
    genie.askReplies.push({ kind: "unknown" });
    const request = anAskRequest({ claim, waitMs: 60_000 });
    await clock.run(ask(asker, request));
    const second = await clock.run(ask(asker, request));
    expect(second.operation).toMatchObject({ failure: { code: "ask_outcome_unknown" } });
    expect(genie.asked).toHaveLength(1);
  });

  verifies(
    "asking.idempotency",
    "cancelling while the ask is on its way does not free the key",
    async () => {
      const { ask, asker, access, genie, clock } = createOperationsFixture();
      genie.askReplies.push("hang");
      const request = anAskRequest({ claim });
      const { operation } = await clock.run(ask(asker, request));
      expect((await access.cancel(asker, operation.id)).status).toBe("cancelled");
      const again = await clock.run(ask(asker, request));
      expect(again.operation.status).toBe("cancelled");
      expect(genie.asked).toHaveLength(1);
    },
  );

  verifies(
    "asking.idempotency",
    "simultaneous follow-ups with one key are one operation",
    async () => {
      const { ask, asker, genie, clock } = createOperationsFixture();
      await clock.run(ask(asker, anAskRequest({ waitMs: 5_000 })));
      const request = anAskRequest({ claim, conversationId: "c".repeat(32), waitMs: 5_000 });
      const twins = [ask(asker, request), ask(asker, request), ask(asker, request)];
      const steps = await clock.run(Promise.all(twins));
      expect(new Set(steps.map(({ operation }) => operation.id)).size).toBe(1);
      expect(genie.asked).toHaveLength(2);
    },
  );

  verifies(
    "asking.idempotency",
    "a freed key gives an operation of its own, never an old id again",
    async () => {
      const { ask, asker, access, genie, clock } = createOperationsFixture();
      genie.askReplies.push({ kind: "not_sent", retryAfterMs: undefined });
      const request = anAskRequest({ claim });
      const first = await clock.run(ask(asker, request));
      await access.cancel(asker, first.operation.id);
      const second = await clock.run(ask(asker, { ...request, waitMs: 5_000 }));
      expect(second.operation.status).toBe("succeeded");
      expect(second.operation.id).not.toBe(first.operation.id);
      expect((await clock.run(ask(asker, request))).operation.id).toBe(second.operation.id);
      expect((await access.cancelByKey(asker, claim)).id).toBe(second.operation.id);
    },
  );

  verifies("asking.idempotency", "a key is free however often nothing was sent", async () => {
    const { ask, asker, access, stores, genie, clock } = createOperationsFixture();
    stores.budget.reply = () => ({ kind: "waiting", estimatedAt: clock.now() + 60_000 });
    const request = anAskRequest({ claim });
    for (let attempt = 0; attempt < 50; attempt++) {
      const { operation } = await clock.run(ask(asker, request));
      await access.cancel(asker, operation.id);
      expect((await access.cancelByKey(asker, claim)).id).toBe(operation.id);
    }
    stores.budget.reply = () => ({ kind: "granted" });
    const other = { ...claim, bodies: ["hash-2"] };
    const last = await clock.run(ask(asker, anAskRequest({ claim: other, waitMs: 5_000 })));
    expect(last.operation.status).toBe("succeeded");
    expect(genie.asked).toHaveLength(1);
  });

  verifies("asking.idempotency", "a key lives 24 hours", async () => {
    const { ask, asker, genie, clock } = createOperationsFixture();
    const request = anAskRequest({ claim, waitMs: 5_000 });
    await clock.run(ask(asker, request));
    clock.advance(23 * 3_600_000);
    await clock.run(ask(asker, request));
    expect(genie.asked).toHaveLength(1);
    clock.advance(3_600_000);
    await clock.run(ask(asker, request));
    expect(genie.asked).toHaveLength(2);
  });

  verifies(
    "asking.idempotency",
    "a key of an older sealing key still stands for its operation",
    async () => {
      const { ask, asker, genie, clock } = createOperationsFixture();
      await clock.run(ask(asker, anAskRequest({ claim, waitMs: 5_000 })));
      const rotated = aClaim({ newerKey: true });
      await clock.run(ask(asker, anAskRequest({ claim: rotated, waitMs: 5_000 })));
      expect(genie.asked).toHaveLength(1);
    },
  );

  verifies("asking.busy", "of simultaneous follow-ups one is asked", async () => {
    const { ask, asker, genie, clock } = createOperationsFixture();
    await clock.run(ask(asker, anAskRequest({ waitMs: 5_000 })));
    const followUp = anAskRequest({ conversationId: "c".repeat(32), waitMs: 5_000 });
    const outcome = () =>
      ask(asker, followUp).then(
        ({ operation }) => operation.status,
        (error: AppError) => error.failure.code,
      );
    const outcomes = await clock.run(Promise.all(Array.from({ length: 5 }, outcome)));
    const busy = Array.from({ length: 4 }, () => "conversation_busy");
    expect(outcomes.toSorted()).toEqual([...busy, "succeeded"]);
    expect(genie.asked).toHaveLength(2);
  });

  verifies("asking.busy", "a claim whose record never came does not block for long", async () => {
    const { ask, asker, deps, clock } = createOperationsFixture();
    const conversationId = "c".repeat(32);
    const change = { operationId: "a-worker-died-here-0000", etag: undefined };
    await deps.conversations.claim(asker.owner, conversationId, change);
    const followUp = anAskRequest({ conversationId, waitMs: 5_000 });
    expect(await codeOf(clock.run(ask(asker, followUp)))).toBe("conversation_busy");
    clock.advance(31_000);
    expect((await clock.run(ask(asker, followUp))).operation.status).toBe("succeeded");
  });

  verifies(
    "asking.busy",
    "a claim for an operation that turned out to be of another conversation blocks nobody",
    async () => {
      const { ask, asker, deps, stores, clock } = createOperationsFixture();
      const conversationId = "c".repeat(32);
      await clock.run(ask(asker, anAskRequest({ waitMs: 5_000 })));
      const last = await deps.conversations.readLast(asker.owner, conversationId);
      stores.budget.reply = () => ({ kind: "waiting", estimatedAt: clock.now() + 60_000 });
      const { operation } = await clock.run(ask(asker, anAskRequest()));
      const change = { operationId: operation.id, etag: last?.etag };
      expect(await deps.conversations.claim(asker.owner, conversationId, change)).toBe(true);
      stores.budget.reply = () => ({ kind: "granted" });
      const followUp = anAskRequest({ conversationId, waitMs: 5_000 });
      expect((await clock.run(ask(asker, followUp))).operation.status).toBe("succeeded");
    },
  );

  verifies(
    "asking.busy",
    "a follow-up to an unfinished question is conversation_busy and not asked",
    async () => {
      const { ask, asker, genie, clock } = createOperationsFixture();
      genie.timeline = SLOW;
      await clock.run(ask(asker, anAskRequest()));
      const followUp = anAskRequest({ conversationId: "c".repeat(32) });
      expect(await codeOf(clock.run(ask(asker, followUp)))).toBe("conversation_busy");
      expect(genie.asked).toHaveLength(1);
    },
  );

  verifies(
    "asking.busy",
    "an answer that nobody has read yet does not block the next question",
    async () => {
      const { ask, asker, genie, clock } = createOperationsFixture();
      genie.timeline = SLOW;
      await clock.run(ask(asker, anAskRequest()));
      clock.advance(20_000);
      const followUp = anAskRequest({ conversationId: "c".repeat(32), waitMs: 30_000 });
      expect((await clock.run(ask(asker, followUp))).operation.status).toBe("succeeded");
    },
  );
});
