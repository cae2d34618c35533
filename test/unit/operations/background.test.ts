// What happens when nobody waits, when a worker dies and when the storage is away: design §4 against memory stores.

import { describe, expect } from "vitest";
import { AppError } from "../../../shared/errors/app-error.ts";
import { createSweep } from "../../../shared/operations/sweep.ts";
import { ALERT_EVENTS } from "../../../shared/telemetry/alert-signals.ts";
import {
  anAppOwner,
  anAskRequest,
  createOperationsFixture,
} from "../../support/operations-fixture.ts";
import { answersAfter, statusOf, workFor } from "../../support/queue-worker.ts";
import { verifies } from "../../support/verifies.ts";

/** The asker, whose token is gone before Genie answers. */
const withShortToken = ({ asker, clock }: ReturnType<typeof createOperationsFixture>) => ({
  ...asker,
  databricksToken: async () => ({ token: "a-token", expiresAt: clock.now() + 10_000 }),
});

describe("when nobody waits", () => {
  verifies("asking.background", "an app question is answered by queue messages alone", async () => {
    const fixture = createOperationsFixture();
    answersAfter(fixture, 15_000);
    const { operation } = await fixture.clock.run(
      fixture.ask(fixture.askerOf(anAppOwner), anAskRequest()),
    );
    expect(operation.status).toBe("running");
    const { invocations } = await workFor(fixture, 30_000);
    expect(await statusOf(fixture, operation.id)).toBe("succeeded");
    expect(fixture.genie.polls).toBe(invocations);
    expect(fixture.stores.queue.messages).toEqual([]);
  });

  verifies("asking.background", "a message that comes twice polls once", async () => {
    const fixture = createOperationsFixture();
    answersAfter(fixture, 15_000);
    const { operation } = await fixture.clock.run(
      fixture.ask(fixture.askerOf(anAppOwner), anAskRequest()),
    );
    fixture.clock.advance(3_000);
    const { id } = operation;
    await fixture.clock.run(Promise.all([fixture.work(id), fixture.work(id), fixture.work(id)]));
    await fixture.clock.run(fixture.work(id));
    expect(fixture.genie.polls).toBe(1);
  });

  verifies(
    "asking.user-absent",
    "a user's question is left alone until the user reads",
    async () => {
      const fixture = createOperationsFixture();
      answersAfter(fixture, 15_000);
      const { operation } = await fixture.clock.run(fixture.ask(fixture.asker, anAskRequest()));
      expect(fixture.stores.queue.messages).toEqual([]);
      fixture.clock.advance(120_000);
      expect(await fixture.sweep()).toEqual({ revived: 0, deleted: 0 });
      expect(fixture.genie.polls).toBe(0);
      const read = await fixture.clock.run(fixture.access.readStatus(fixture.asker, operation.id));
      expect(read.status).toBe("succeeded");
    },
  );

  verifies(
    "asking.custody",
    "a user question with a callback is finished, and its token erased",
    async () => {
      const fixture = createOperationsFixture();
      answersAfter(fixture, 15_000);
      const request = anAskRequest({ callbackUrl: "https://receiver.example/hook" });
      const { operation } = await fixture.clock.run(fixture.ask(fixture.asker, request));
      const { callbacks } = await workFor(fixture, 30_000);
      expect(await statusOf(fixture, operation.id)).toBe("succeeded");
      expect(await fixture.deps.custody.open(operation)).toBeUndefined();
      expect(callbacks).toEqual([operation.id]);
    },
  );

  verifies(
    "asking.custody",
    "a request that loses its key to a twin without a callback leaves no token behind",
    async () => {
      const { ask, asker, deps, clock } = createOperationsFixture();
      const idsOf = async (attempt: number) => [`key-${attempt}-${"k".repeat(30)}`];
      const plain = anAskRequest({ claim: { idsOf, bodies: ["plain"] } });
      const callbackUrl = "https://receiver.example/hook";
      const called = anAskRequest({ claim: { idsOf, bodies: ["called"] }, callbackUrl });
      const twins = [ask(asker, plain), ask(asker, called)];
      const [won, lost] = await clock.run(Promise.allSettled(twins));
      expect([won?.status, lost?.status]).toEqual(["fulfilled", "rejected"]);
      const stored = await deps.store.read(`key-0-${"k".repeat(30)}`);
      expect(stored?.operation.callback).toBeNull();
      expect(stored && (await deps.custody.open(stored.operation))).toBeUndefined();
    },
  );

  verifies(
    "asking.custody",
    "an expired token makes it wait for the user, who then takes it on",
    async () => {
      const fixture = createOperationsFixture();
      answersAfter(fixture, 40_000);
      const short = withShortToken(fixture);
      const request = anAskRequest({ callbackUrl: "https://receiver.example/hook" });
      const { operation } = await fixture.clock.run(fixture.ask(short, request));
      await workFor(fixture, 45_000);
      const waiting = await fixture.deps.store.read(operation.id);
      expect(waiting?.operation).toMatchObject({ status: "running", stage: "waiting_for_user" });
      const polls = fixture.genie.polls;
      const read = await fixture.clock.run(fixture.access.readStatus(fixture.asker, operation.id));
      expect(read.status).toBe("succeeded");
      expect(fixture.genie.polls).toBe(polls + 1);
    },
  );

  verifies(
    "asking.custody",
    "a user who never comes back: it expires, and the callback still goes out",
    async () => {
      const fixture = createOperationsFixture({ deadlineMs: 60_000 });
      answersAfter(fixture, 900_000);
      const short = withShortToken(fixture);
      const request = anAskRequest({ callbackUrl: "https://receiver.example/hook" });
      const { operation } = await fixture.clock.run(fixture.ask(short, request));
      const { callbacks } = await workFor(fixture, 70_000);
      expect(await statusOf(fixture, operation.id)).toBe("expired");
      expect(callbacks).toEqual([operation.id]);
    },
  );
});

describe("losing workers and storage", () => {
  verifies(
    "asking.sweeper",
    "a lost message and a dead waiting request are made good",
    async () => {
      const fixture = createOperationsFixture();
      answersAfter(fixture, 15_000);
      const { operation } = await fixture.clock.run(
        fixture.ask(fixture.askerOf(anAppOwner), anAskRequest()),
      );
      fixture.stores.queue.messages.length = 0; // the message is lost
      expect(await fixture.sweep()).toMatchObject({ revived: 0 });
      fixture.clock.advance(70_000);
      expect(await fixture.sweep()).toMatchObject({ revived: 1 });
      await workFor(fixture, 5_000);
      expect(await statusOf(fixture, operation.id)).toBe("succeeded");
    },
  );

  verifies("asking.sweeper", "records past their lifetime are deleted", async () => {
    const fixture = createOperationsFixture();
    const app = fixture.askerOf(anAppOwner);
    const { operation } = await fixture.clock.run(
      fixture.ask(app, anAskRequest({ waitMs: 5_000 })),
    );
    fixture.clock.advance(23 * 3_600_000);
    expect(await fixture.sweep()).toMatchObject({ deleted: 0 });
    fixture.clock.advance(2 * 3_600_000);
    expect(await fixture.sweep()).toMatchObject({ deleted: 1 });
    expect(await statusOf(fixture, operation.id)).toBeUndefined();
  });

  verifies("infra.heartbeat", "a run of the sweeper with nothing to do says so too", async () => {
    const { deps } = createOperationsFixture();
    const lines: unknown[] = [];
    const logger = { ...deps.logger, info: (...line: unknown[]) => void lines.push(line) };
    await createSweep({ ...deps, logger })();
    expect(lines).toEqual([[ALERT_EVENTS.swept, { revived: 0, deleted: 0 }]]);
  });

  verifies("infra.heartbeat", "one that cannot reach the storage does not", async () => {
    const { deps } = createOperationsFixture();
    const lines: unknown[] = [];
    const logger = { ...deps.logger, info: (...line: unknown[]) => void lines.push(line) };
    const store = { ...deps.store, listOverdue: () => Promise.reject(new Error("no storage")) };
    await expect(createSweep({ ...deps, store, logger })()).rejects.toThrow("no storage");
    expect(lines).toEqual([]);
  });

  verifies("asking.storage-outage", "an outage right after the ask loses nothing", async () => {
    const fixture = createOperationsFixture();
    answersAfter(fixture, 15_000);
    const { store } = fixture.deps;
    const { replace } = store;
    let outageUntil = 0;
    fixture.genie.startConversation = ((start) => async (space: string, question: string) => {
      outageUntil = fixture.clock.now() + 20_000;
      return start(space, question);
    })(fixture.genie.startConversation);
    store.replace = async (operation, etag) => {
      if (fixture.clock.now() >= outageUntil) return replace(operation, etag);
      throw new AppError({ code: "storage_unavailable", detail: "away", retryAfterSeconds: 5 });
    };
    const app = fixture.askerOf(anAppOwner);
    const asked = await fixture.clock.run(fixture.ask(app, anAskRequest()));
    expect(asked.operation.status).toBe("queued");
    const done = await fixture.clock.run(
      fixture.access.awaitResult(app, asked.operation.id, 60_000),
    );
    expect(done.operation.status).toBe("succeeded");
    expect(fixture.genie.asked).toHaveLength(1);
  });
});
