// Asking once, whatever Databricks does: the promises of design §3.2 and §4 against a scripted Genie.

import { describe, expect } from "vitest";
import { AppError } from "../../../shared/errors/app-error.ts";
import { codeOf } from "../../support/error-code.ts";
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
    const { ask, asker, genie, deps, stores, clock } = createOperationsFixture();
    genie.askReplies.push("hang");
    const { operation } = await clock.run(ask(asker, anAskRequest()));
    const stored = await deps.store.read(operation.id);
    expect(stored?.operation).toMatchObject({ status: "queued", intentAt: expect.any(Number) });
    const another = createOperationsFixture({ sharedWith: { clock, genie, stores } });
    clock.advance(60_000);
    const early = await clock.run(another.access.readStatus(asker, operation.id));
    clock.advance(121_000);
    const late = await clock.run(another.access.readStatus(asker, operation.id));
    expect(early.status).toBe("queued");
    expect(late).toMatchObject({ status: "failed", failure: { code: "ask_outcome_unknown" } });
    expect(genie.asked).toHaveLength(1);
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
