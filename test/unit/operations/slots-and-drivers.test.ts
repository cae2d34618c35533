// Waiting for a slot of the question budget, and who drives what meanwhile (design §3.4, §4).

import { describe, expect } from "vitest";
import {
  anAppOwner,
  anAskRequest,
  createOperationsFixture,
} from "../../support/operations-fixture.ts";
import { answersAfter, statusOf, workFor } from "../../support/queue-worker.ts";
import { verifies } from "../../support/verifies.ts";

describe("slots and drivers", () => {
  verifies(
    "asking.slot",
    "it waits for its slot, is asked then, and its deadline counts from there",
    async () => {
      const fixture = createOperationsFixture({ deadlineMs: 60_000 });
      const { clock, stores } = fixture;
      const slotAt = clock.now() + 300_000;
      stores.budget.reply = () =>
        clock.now() < slotAt ? { kind: "waiting", estimatedAt: slotAt } : { kind: "granted" };
      const { operation } = await clock.run(
        fixture.ask(fixture.askerOf(anAppOwner), anAskRequest()),
      );
      expect(operation).toMatchObject({
        status: "queued",
        stage: "waiting_for_slot",
        expiresAt: slotAt + 60_000,
      });
      expect(fixture.genie.asked).toEqual([]);
      await workFor(fixture, 310_000);
      expect(await statusOf(fixture, operation.id)).toBe("succeeded");
      expect(stores.budget.calls.filter((call) => call.startsWith("settle"))).toHaveLength(1);
    },
  );

  verifies(
    "asking.slot",
    "an app question is present for good, a user question as long as its request",
    async () => {
      const fixture = createOperationsFixture();
      const { clock, stores } = fixture;
      const present: number[] = [];
      stores.budget.reply = (_id, presentUntil) => {
        present.push(presentUntil);
        return { kind: "waiting", estimatedAt: clock.now() + 60_000 };
      };
      const now = clock.now();
      await clock.run(fixture.ask(fixture.askerOf(anAppOwner), anAskRequest()));
      await clock.run(fixture.ask(fixture.asker, anAskRequest({ waitMs: 7_000 })));
      expect(present).toEqual([Number.POSITIVE_INFINITY, now + 7_000]);
    },
  );

  verifies(
    "asking.slot",
    "a user who comes back to wait is in the line at once, not when the slot is due",
    async () => {
      const fixture = createOperationsFixture();
      const { clock, stores, access, asker } = fixture;
      const slotAt = clock.now() + 60_000;
      const present: number[] = [];
      stores.budget.reply = (_id, presentUntil) => {
        present.push(presentUntil);
        return clock.now() < slotAt
          ? { kind: "waiting", estimatedAt: slotAt }
          : { kind: "granted" };
      };
      const { operation } = await clock.run(fixture.ask(asker, anAskRequest()));
      clock.advance(40_000);
      const backAt = clock.now();
      await clock.run(access.readStatus(asker, operation.id)); // a look alone is no presence
      expect(present).toHaveLength(1);
      const waiting = access.awaitResult(asker, operation.id, 30_000);
      const { operation: ended } = await clock.run(waiting);
      expect(present.slice(1)).toEqual([backAt + 30_000, backAt + 30_000]);
      expect(ended.status).toBe("succeeded");
    },
  );

  verifies(
    "asking.slot",
    "a line of more than half an hour is refused, and nothing is asked",
    async () => {
      const fixture = createOperationsFixture();
      const { clock, stores, genie } = fixture;
      stores.budget.reply = () => ({ kind: "waiting", estimatedAt: clock.now() + 31 * 60_000 });
      const { operation } = await clock.run(fixture.ask(fixture.asker, anAskRequest()));
      const failure = { code: "rate_limited", retryAfterSeconds: 1_860 };
      expect(operation).toMatchObject({ status: "failed", wasSent: false, failure });
      expect(stores.budget.calls).toContain(`leave ${operation.id}`);
      expect(genie.asked).toEqual([]);
    },
  );

  verifies(
    "asking.slot",
    "an estimate that keeps moving does not move the deadline for ever",
    async () => {
      const fixture = createOperationsFixture({ deadlineMs: 60_000 });
      const { clock, stores, genie } = fixture;
      stores.budget.reply = () => ({ kind: "waiting", estimatedAt: clock.now() + 5 * 60_000 });
      const app = fixture.askerOf(anAppOwner);
      const { operation } = await clock.run(fixture.ask(app, anAskRequest()));
      await workFor(fixture, 40 * 60_000);
      expect(await statusOf(fixture, operation.id)).toBe("expired");
      expect(genie.asked).toEqual([]);
    },
  );

  verifies("asking.slot", "ending before its turn gives the place up", async () => {
    const fixture = createOperationsFixture();
    const { clock, stores } = fixture;
    stores.budget.reply = () => ({ kind: "waiting", estimatedAt: clock.now() + 60_000 });
    const { operation } = await clock.run(fixture.ask(fixture.asker, anAskRequest()));
    await fixture.access.cancel(fixture.asker, operation.id);
    expect(stores.budget.calls).toContain(`leave ${operation.id}`);
  });

  verifies(
    "asking.one-driver",
    "readers of an operation that is waited for cause no look of their own",
    async () => {
      const fixture = createOperationsFixture();
      answersAfter(fixture, 15_000);
      const { clock, genie, stores } = fixture;
      const waiting = fixture.ask(fixture.asker, anAskRequest({ waitMs: 30_000 }));
      const alone = await clock.run(waiting).then(() => genie.polls);
      const crowd = createOperationsFixture();
      answersAfter(crowd, 15_000);
      const another = createOperationsFixture({ sharedWith: crowd });
      const readers = Array.from({ length: 10 }, async () => {
        await crowd.clock.sleep(1_000);
        return another.access.awaitResult(another.asker, "operation-00000000000001", 25_000);
      });
      const asked = crowd.ask(crowd.asker, anAskRequest({ waitMs: 30_000 }));
      const [{ operation }, ...steps] = await crowd.clock.run(Promise.all([asked, ...readers]));
      expect(operation.status).toBe("succeeded");
      expect(steps.every((step) => step.operation.status === "succeeded")).toBe(true);
      expect(crowd.genie.polls).toBe(alone);
      expect(stores.queue.messages).toEqual([]);
    },
  );
});
