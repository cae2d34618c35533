// Asking once, whatever Databricks does: the promises of design §3.2 and §4 against a scripted Genie.

import { describe, expect } from "vitest";
import { AppError } from "../../../shared/errors/app-error.ts";
import { createOperation, recordIntent } from "../../../shared/operations/operation-transitions.ts";
import {
  anAppOwner,
  anAskRequest,
  createOperationsFixture,
} from "../../support/operations-fixture.ts";
import { aWorkingState } from "../../support/scripted-genie.ts";
import { verifies } from "../../support/verifies.ts";

const SLOW = [
  { from: 0, state: aWorkingState("ASKING_AI") },
  { from: 15_000, state: { kind: "completed" } },
] as const;

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof AppError ? error.failure.code : `no AppError: ${String(error)}`;
}

describe("asking", () => {
  verifies(
    "asking.recorded-first",
    "a store that refuses to record keeps the question unasked",
    async () => {
      const { ask, asker, genie, deps, clock } = createOperationsFixture();
      deps.store.create = async () => {
        throw new AppError({ code: "storage_unavailable", detail: "down" });
      };
      expect(await codeOf(clock.run(ask(asker, anAskRequest())))).toBe("storage_unavailable");
      expect(genie.asked).toEqual([]);
    },
  );

  verifies(
    "asking.recorded-first",
    "the record is there while the question is on its way",
    async () => {
      const { ask, asker, genie, deps, clock } = createOperationsFixture();
      const start = genie.startConversation;
      const statuses: unknown[] = [];
      genie.startConversation = async (spaceId, question) => {
        statuses.push((await deps.store.read("operation-00000000000001"))?.operation.status);
        return start(spaceId, question);
      };
      await clock.run(ask(asker, anAskRequest()));
      expect(statuses).toEqual(["queued"]);
    },
  );

  verifies(
    "asking.once",
    "a lost reply ends ask_outcome_unknown and is never asked again",
    async () => {
      const { ask, asker, access, genie, clock } = createOperationsFixture();
      genie.askReplies.push({ kind: "unknown" });
      const { operation } = await clock.run(ask(asker, anAskRequest({ waitMs: 60_000 })));
      expect(operation).toMatchObject({
        status: "failed",
        failure: { code: "ask_outcome_unknown" },
      });
      clock.advance(60_000);
      await clock.run(access.awaitResult(asker, operation.id, 30_000));
      expect(genie.asked).toHaveLength(1);
    },
  );

  verifies("asking.once", "an intent whose worker died is never asked again", async () => {
    const { access, asker, genie, deps, clock } = createOperationsFixture();
    const { question, conversationId, ...rest } = anAskRequest();
    const facts = {
      ...rest,
      id: "x".repeat(22),
      owner: asker.owner,
      question,
      followUpOf: conversationId,
    };
    const queued = createOperation(facts, clock.now(), deps.deadlineMs);
    await deps.store.create(queued, null);
    await deps.store.replace(recordIntent(queued, clock.now()), "1");
    const early = await clock.run(access.readStatus(asker, queued.id));
    clock.advance(31_000);
    const late = await clock.run(access.readStatus(asker, queued.id));
    expect(early.status).toBe("queued");
    expect(late).toMatchObject({ status: "failed", failure: { code: "ask_outcome_unknown" } });
    expect(genie.asked).toEqual([]);
  });

  verifies("asking.unreachable", "a refused connection is tried again until it works", async () => {
    const { ask, asker, genie, clock } = createOperationsFixture();
    genie.askReplies.push(
      { kind: "not_sent", retryAfterMs: undefined },
      { kind: "not_sent", retryAfterMs: 5_000 },
    );
    const { operation } = await clock.run(ask(asker, anAskRequest({ waitMs: 30_000 })));
    expect(operation.status).toBe("succeeded");
    expect(genie.asked).toHaveLength(3);
  });

  verifies("asking.unreachable", "after 30 s it is databricks_unavailable", async () => {
    const { ask, asker, genie, clock } = createOperationsFixture();
    for (let i = 0; i < 40; i++)
      genie.askReplies.push({ kind: "not_sent", retryAfterMs: undefined });
    const start = clock.now();
    const { operation } = await clock.run(ask(asker, anAskRequest({ waitMs: 90_000 })));
    expect(operation).toMatchObject({
      status: "failed",
      failure: { code: "databricks_unavailable" },
    });
    expect(clock.now() - start).toBeLessThanOrEqual(30_000);
  });

  verifies(
    "asking.rate-limited",
    "the question waits as long as Databricks says and is then asked",
    async () => {
      const { ask, asker, access, genie, clock } = createOperationsFixture();
      genie.askReplies.push({ kind: "rate_limited", retryAfterMs: 40_000 });
      const { operation } = await clock.run(ask(asker, anAskRequest({ waitMs: 30_000 })));
      expect(operation).toMatchObject({ status: "queued", stage: "waiting_for_slot" });
      const later = await clock.run(access.awaitResult(asker, operation.id, 30_000));
      expect(later.operation.status).toBe("succeeded");
      expect(genie.asked).toHaveLength(2);
    },
  );

  verifies("asking.rate-limited", "without Retry-After it still ends at the deadline", async () => {
    const { ask, asker, genie, clock } = createOperationsFixture({ deadlineMs: 60_000 });
    for (let i = 0; i < 40; i++)
      genie.askReplies.push({ kind: "rate_limited", retryAfterMs: undefined });
    const { operation } = await clock.run(ask(asker, anAskRequest({ waitMs: 90_000 })));
    expect(operation.status).toBe("expired");
    expect(genie.asked.length).toBeLessThan(10);
  });

  verifies(
    "asking.wait-bounded",
    "an ask that hangs gives the operation back within 5 s of the wait",
    async () => {
      const { ask, asker, genie, clock } = createOperationsFixture();
      genie.askReplies.push("hang");
      const start = clock.now();
      const { operation } = await clock.run(ask(asker, anAskRequest({ waitMs: 10_000 })));
      expect(operation.status).toBe("queued");
      expect(clock.now() - start).toBeLessThanOrEqual(15_000);
    },
  );

  verifies(
    "asking.wait-bounded",
    "a wait that ends before Genie gives the running operation",
    async () => {
      const { ask, asker, genie, clock } = createOperationsFixture();
      genie.timeline = SLOW;
      const start = clock.now();
      const { operation } = await clock.run(ask(asker, anAskRequest({ waitMs: 7_000 })));
      expect(operation).toMatchObject({ status: "running", stage: "ASKING_AI" });
      expect(clock.now() - start).toBe(7_000);
    },
  );

  verifies("asking.question-dropped", "no state after the ask holds the question", async () => {
    const { ask, asker, genie, deps, clock } = createOperationsFixture();
    genie.timeline = SLOW;
    const { operation } = await clock.run(ask(asker, anAskRequest()));
    expect(operation.status).toBe("running");
    const { operation: ended } = await clock.run(ask(asker, anAskRequest({ waitMs: 30_000 })));
    for (const id of [operation.id, ended.id]) {
      expect(JSON.stringify(await deps.store.read(id))).not.toContain("carrier");
    }
  });

  verifies(
    "asking.app-conversations",
    "an app continues its own conversation and no other",
    async () => {
      const { ask, askerOf, clock } = createOperationsFixture();
      const flow = askerOf(anAppOwner);
      const other = askerOf({ kind: "app", tenantId: "t", clientId: "another-flow" });
      const { operation } = await clock.run(ask(flow, anAskRequest({ waitMs: 5_000 })));
      const conversationId = operation.status === "succeeded" ? operation.asked.conversationId : "";
      const followUp = anAskRequest({ conversationId, waitMs: 5_000 });
      expect((await clock.run(ask(flow, followUp))).operation.status).toBe("succeeded");
      expect(await codeOf(clock.run(ask(other, followUp)))).toBe("conversation_not_found");
    },
  );
});

describe("repeating and following up", () => {
  const claim = { scope: "analyst /query key-1", body: "hash-1" };

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
    const other = anAskRequest({ claim: { ...claim, body: "hash-2" } });
    expect(await codeOf(clock.run(ask(asker, other)))).toBe("idempotency_key_reused");
    expect(genie.asked).toHaveLength(1);
  });

  verifies(
    "asking.idempotency",
    "what ended before anything was sent frees its key; a lost reply does not",
    async () => {
      const { ask, asker, genie, clock } = createOperationsFixture();
      for (let i = 0; i < 20; i++)
        genie.askReplies.push({ kind: "not_sent", retryAfterMs: undefined });
      const request = anAskRequest({ claim, waitMs: 60_000 });
      const first = await clock.run(ask(asker, request));
      genie.askReplies.length = 0;
      genie.askReplies.push({ kind: "unknown" });
      const second = await clock.run(ask(asker, request));
      const third = await clock.run(ask(asker, request));
      expect(second.operation.id).not.toBe(first.operation.id);
      expect(third.operation.id).toBe(second.operation.id);
    },
  );

  verifies("asking.idempotency", "a key lives 24 hours", async () => {
    const { ask, asker, clock } = createOperationsFixture();
    const first = await clock.run(ask(asker, anAskRequest({ claim, waitMs: 5_000 })));
    clock.advance(24 * 3600_000 + 1);
    const second = await clock.run(ask(asker, anAskRequest({ claim, waitMs: 5_000 })));
    expect(second.operation.id).not.toBe(first.operation.id);
  });

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
