// The plan of tries and what ends it, on a virtual clock.

import { describe, expect, test } from "vitest";
import type { CallbackOutcome } from "../../../shared/operations/callback-tries.ts";
import type { Owner } from "../../../shared/operations/owner.ts";
import { verifies } from "../../support/verifies.ts";
import {
  aCallback,
  aFinished,
  createCallbacksFixture,
  RECEIVER_URL,
  storageDown,
} from "./callbacks-fixture.ts";

const A_USER: Owner = { kind: "user", tenantId: "t", objectId: "analyst" };

verifies("callbacks.tries", "six tries, each at its time after the one before", async () => {
  const { world, sent, clock, deliver, drain, callbackOf, id } = createCallbacksFixture();
  const takes = 400;
  const endedAt: number[] = [];
  world.receive = async () => {
    clock.advance(takes);
    endedAt.push(clock.now());
    return "failed";
  };
  await deliver(id);
  await drain();
  const pauses = sent.slice(1).map(({ at }, index) => at - (endedAt[index] ?? 0));
  expect(pauses).toEqual([1_000, 5_000, 30_000, 120_000, 600_000]);
  expect(callbackOf(id)).toMatchObject({ tries: 6, outcome: "given_up", nextTryAt: null });
});

verifies("callbacks.last-word", "delivered at the third try, there is no fourth", async () => {
  const { world, sent, deliver, drain, callbackOf, id } = createCallbacksFixture();
  const outcomes: CallbackOutcome[] = ["failed", "failed", "delivered"];
  world.receive = async () => outcomes.shift() ?? "failed";
  await deliver(id);
  await drain();
  expect(sent).toHaveLength(3);
  expect(callbackOf(id)).toMatchObject({ tries: 3, outcome: "delivered", nextTryAt: null });
});

verifies("callbacks.last-word", "a receiver that refuses is not tried again", async () => {
  const { world, sent, deliver, messages, callbackOf, id } = createCallbacksFixture();
  world.receive = async () => "refused";
  await deliver(id);
  expect(sent).toHaveLength(1);
  expect(messages).toEqual([]);
  expect(callbackOf(id)).toMatchObject({ tries: 1, outcome: "given_up", nextTryAt: null });
});

verifies("callbacks.tries", "a message before its time sends nothing and comes again", async () => {
  const fixture = createCallbacksFixture();
  const { clock, sent, deliver, messages, id } = fixture;
  fixture.put(aFinished({ callback: aCallback({ tries: 1, nextTryAt: clock.now() + 700 }) }));
  await deliver(id);
  expect(sent).toEqual([]);
  expect(messages).toEqual([{ id, visibleAt: clock.now() + 700 }]);
});

describe("nothing to tell", () => {
  const { asked: _, ...facts } = aFinished();
  const cases = {
    "an unknown operation": undefined,
    "no callback": aFinished({ callback: null }),
    "already delivered": aFinished({ callback: aCallback({ outcome: "delivered" }) }),
    "given up": aFinished({ callback: aCallback({ outcome: "given_up" }) }),
    "not ended": {
      ...facts,
      status: "queued",
      question: "q",
      intentAt: null,
      nextAskAt: 0,
      unreachableSince: null,
      drivenUntil: 0,
    },
  } as const;
  for (const [what, operation] of Object.entries(cases)) {
    test(what, async () => {
      const { put, sent, deliver, messages, id } = createCallbacksFixture();
      if (operation !== undefined) put(operation);
      await deliver(operation?.id ?? "unknown");
      expect({ sent, messages, id }).toEqual({ sent: [], messages: [], id });
    });
  }
});

verifies(
  "callbacks.unchanged",
  "the operation stays as it was, delivered or given up",
  async () => {
    for (const outcome of ["delivered", "refused", "failed"] as const) {
      const before = aFinished();
      const { world, deliver, drain, operationOf, id } = createCallbacksFixture(before);
      world.receive = async () => outcome;
      await deliver(id);
      await drain();
      expect({ ...operationOf(id), callback: null }).toEqual({ ...before, callback: null });
    }
  },
);

describe("custody", () => {
  verifies("callbacks.custody", "the sealed token is erased before anything is sent", async () => {
    const { world, sent, erased, deliver, id } = createCallbacksFixture(
      aFinished({ owner: A_USER }),
    );
    world.receive = async () => {
      expect(erased).toEqual([id]);
      return "delivered";
    };
    await deliver(id);
    expect(sent).toHaveLength(1);
  });

  verifies(
    "callbacks.custody",
    "while it cannot be erased nothing is sent or counted",
    async () => {
      const { world, sent, deliver, callbackOf, id } = createCallbacksFixture(
        aFinished({ owner: A_USER }),
      );
      world.erase = async () => Promise.reject(storageDown());
      await expect(deliver(id)).rejects.toThrow("storage_unavailable");
      expect(sent).toEqual([]);
      expect(callbackOf(id)).toMatchObject({ tries: 0, outcome: "open" });
    },
  );

  test("an app's question has none, which saves the transaction", async () => {
    const { erased, sent, deliver, id } = createCallbacksFixture();
    await deliver(id);
    expect(sent).toHaveLength(1);
    expect(erased).toEqual([]);
  });
});

verifies("callbacks.discreet", "no log line holds the URL or its host", async () => {
  const outcomes: CallbackOutcome[] = ["delivered", "refused", "failed"];
  for (const outcome of outcomes) {
    const { world, log, deliver, drain, id } = createCallbacksFixture();
    world.receive = async () => outcome;
    await deliver(id);
    await drain();
    expect(log.length).toBeGreaterThan(0);
    const text = JSON.stringify(log);
    expect(text).toContain(id);
    expect(text).not.toContain("logic.azure.com");
    expect(text).not.toContain(new URL(RECEIVER_URL).searchParams.get("sig"));
  }
});
