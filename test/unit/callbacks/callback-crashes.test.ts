// At-least-once delivery under one id: repeated messages, workers that die between any two lines, storage that goes
// away, and another question that took over the id.

import { describe, expect, vi } from "vitest";
import { AppError } from "../../../shared/errors/app-error.ts";
import { verifies } from "../../support/verifies.ts";
import { aCallback, aFinished, createCallbacksFixture, storageDown } from "./callbacks-fixture.ts";

const workerDied = () => new Error("the worker died here");

verifies("callbacks.one-id", "the same message on two workers sends once", async () => {
  const { sent, deliver, drain, id } = createCallbacksFixture();
  await Promise.all([deliver(id), deliver(id), deliver(id)]);
  await deliver(id);
  await drain();
  expect(sent).toHaveLength(1);
});

verifies(
  "callbacks.one-id",
  "a repeated message starts no second try beside a slow one",
  async () => {
    const { world, sent, clock, deliver, messages, id } = createCallbacksFixture();
    const reply = Promise.withResolvers<"delivered">();
    world.receive = () => reply.promise;
    const slow = deliver(id);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    clock.advance(10_000); // the longest that a try can take
    await deliver(id);
    expect(sent).toHaveLength(1);
    expect(messages).toHaveLength(1);
    reply.resolve("delivered");
    await slow;
  },
);

verifies("callbacks.one-id", "a message given twice does not double the tries", async () => {
  const { world, sent, deliver, drain, id } = createCallbacksFixture();
  world.receive = async () => "failed";
  await Promise.all([deliver(id), deliver(id)]);
  await deliver(id);
  await drain();
  expect(sent).toHaveLength(6);
});

describe("a worker that dies", () => {
  verifies(
    "callbacks.one-id",
    "between claim and reply: again after the lease, same id",
    async () => {
      const { world, sent, clock, deliver, drain, callbackOf, id } = createCallbacksFixture();
      world.receive = async () => Promise.reject(workerDied());
      await expect(deliver(id)).rejects.toThrow("died");
      expect(callbackOf(id)).toMatchObject({ tries: 1, outcome: "open" });
      world.receive = async () => "delivered";
      await deliver(id); // the host gives the message again at once
      expect(sent).toHaveLength(1);
      const diedAt = clock.now();
      await drain();
      expect(sent).toHaveLength(2);
      expect(sent[1]?.at).toBe(diedAt + 16_000);
      expect(new Set(sent.map(({ headers }) => headers["webhook-id"]))).toEqual(new Set([id]));
      expect(new Set(sent.map(({ body }) => body)).size).toBe(1);
      expect(callbackOf(id)).toMatchObject({ tries: 2, outcome: "delivered" });
    },
  );

  verifies("callbacks.one-id", "in every try: six are sent and then it is given up", async () => {
    const { world, sent, messages, clock, deliver, next, callbackOf, id } =
      createCallbacksFixture();
    world.receive = async () => Promise.reject(workerDied());
    for (let turn = 0; turn < 20; turn++) {
      await deliver(id).catch(() => {});
      clock.advance(660_000); // the sweeper's time has long come
      messages.length = 0;
    }
    expect(sent).toHaveLength(6);
    expect(callbackOf(id)).toMatchObject({ outcome: "given_up", nextTryAt: null });
    expect(await next()).toBe(false);
  });

  verifies("callbacks.one-id", "before the claim: nothing was sent or counted", async () => {
    const { sent, faults, deliver, callbackOf, id } = createCallbacksFixture();
    faults.beforeReplace = () => {
      throw workerDied();
    };
    await expect(deliver(id)).rejects.toThrow("died");
    expect(sent).toEqual([]);
    expect(callbackOf(id)).toMatchObject({ tries: 0 });
    faults.beforeReplace = () => {};
    await deliver(id);
    expect(sent).toHaveLength(1);
  });
});

describe("the storage goes away", () => {
  verifies("callbacks.one-id", "for 20 s after a delivery: it is not sent again", async () => {
    const { faults, clock, sent, deliver, drain, callbackOf, id } = createCallbacksFixture();
    const upAgain = clock.now() + 20_000;
    faults.beforeReplace = ({ callback }) => {
      if (callback?.outcome === "delivered" && clock.now() < upAgain) throw storageDown();
    };
    await clock.run(deliver(id));
    await drain();
    expect(clock.now()).toBeGreaterThanOrEqual(upAgain);
    expect(sent).toHaveLength(1);
    expect(callbackOf(id)).toMatchObject({ tries: 1, outcome: "delivered" });
  });

  verifies("callbacks.one-id", "for longer: it is sent again, under the same id", async () => {
    const { faults, clock, sent, deliver, callbackOf, id } = createCallbacksFixture();
    const upAgain = clock.now() + 200_000;
    faults.beforeReplace = ({ callback }) => {
      if (callback?.outcome === "delivered" && clock.now() < upAgain) throw storageDown();
    };
    const lost = deliver(id);
    const refusal = expect(lost).rejects.toThrow("storage_unavailable");
    await clock.run(lost).catch(() => {});
    await refusal;
    clock.advance(200_000);
    await deliver(id);
    expect(sent.map(({ headers }) => headers["webhook-id"])).toEqual([id, id]);
    expect(callbackOf(id)).toMatchObject({ tries: 2, outcome: "delivered" });
  });
});

describe("somebody else writes while a try is under way", () => {
  verifies("callbacks.one-id", "the next try's claim: a delivery still ends it", async () => {
    const fixture = createCallbacksFixture();
    const { world, clock, deliver, callbackOf, id } = fixture;
    world.receive = async () => {
      fixture.put(
        aFinished({ callback: aCallback({ tries: 2, nextTryAt: clock.now() + 20_000 }) }),
      );
      return "delivered";
    };
    await deliver(id);
    expect(callbackOf(id)).toMatchObject({ outcome: "delivered", nextTryAt: null });
  });

  verifies(
    "callbacks.tries",
    "the next try's claim: a failure leaves it to the other",
    async () => {
      const fixture = createCallbacksFixture();
      const { world, clock, deliver, messages, callbackOf, id } = fixture;
      const theirs = aCallback({ tries: 2, nextTryAt: clock.now() + 20_000 });
      world.receive = async () => {
        fixture.put(aFinished({ callback: theirs }));
        return "failed";
      };
      await deliver(id);
      expect(callbackOf(id)).toEqual(theirs);
      expect(messages).toEqual([]);
    },
  );

  verifies(
    "callbacks.one-id",
    "another question under the freed id is not taken for told",
    async () => {
      const fixture = createCallbacksFixture();
      const { world, deliver, callbackOf, id } = fixture;
      const other = aFinished({ createdAt: 1, callback: aCallback() });
      world.receive = async () => {
        fixture.put(other);
        return "delivered";
      };
      await deliver(id);
      expect(callbackOf(id)).toEqual(other.callback);
    },
  );
});

describe("nothing to sign with", () => {
  verifies("callbacks.unsigned", "nothing is sent and no try is used until there is", async () => {
    const { world, sent, log, clock, deliver, next, drain, callbackOf, id } =
      createCallbacksFixture();
    world.readSigningSecret = async () =>
      Promise.reject(
        new AppError({ code: "service_credential_problem", detail: "There is no such secret." }),
      );
    const begun = clock.now();
    await deliver(id);
    for (let minutes = 0; minutes < 10; minutes++) await next();
    expect(sent).toEqual([]);
    expect(clock.now() - begun).toBe(600_000);
    expect(callbackOf(id)).toMatchObject({ tries: 0, outcome: "open" });
    expect(log.at(-1)).toMatchObject({ fields: { code: "service_credential_problem" } });
    const { readSigningSecret } = createCallbacksFixture().world;
    world.readSigningSecret = readSigningSecret;
    await drain();
    expect(sent).toHaveLength(1);
    expect(callbackOf(id)).toMatchObject({ tries: 1, outcome: "delivered" });
  });
});

describe("a receiver that hangs", () => {
  const operationOf = (number: number, url: string) =>
    aFinished({
      id: `operation-${String(number).padStart(14, "0")}`,
      callback: aCallback({ url }),
    });

  verifies(
    "callbacks.isolated",
    "has eight tries under way at most; others go at once",
    async () => {
      const fixture = createCallbacksFixture();
      const { world, sent, messages, deliver, callbackOf } = fixture;
      const reply = Promise.withResolvers<"failed">();
      world.receive = ({ url }) =>
        url.includes("dead") ? reply.promise : Promise.resolve("delivered");
      const dead = Array.from({ length: 30 }, (_, i) =>
        operationOf(i, `https://dead.example/${i}`),
      );
      const live = operationOf(99, "https://live.example/");
      for (const operation of [...dead, live]) fixture.put(operation);
      const hanging = dead.map(({ id }) => deliver(id));
      await vi.waitFor(() => expect(messages).toHaveLength(22));
      expect(sent).toHaveLength(8);
      await deliver(live.id);
      expect(callbackOf(live.id)).toMatchObject({ outcome: "delivered" });
      // Those that had to wait have lost no try.
      expect(dead.filter(({ id }) => callbackOf(id)?.tries === 0)).toHaveLength(22);
      reply.resolve("failed");
      await Promise.all(hanging);
    },
  );

  verifies(
    "callbacks.isolated",
    "gives its places back, and each callback gets its six tries",
    async () => {
      const fixture = createCallbacksFixture();
      const { world, sent, deliver, next, callbackOf } = fixture;
      world.receive = async () => "failed";
      const operations = Array.from({ length: 20 }, (_, i) =>
        operationOf(i, "https://dead.example/"),
      );
      for (const operation of operations) fixture.put(operation);
      await Promise.all(operations.map(({ id }) => deliver(id)));
      for (let turns = 0; turns < 900 && (await next()); turns++);
      expect(sent).toHaveLength(120);
      expect(operations.every(({ id }) => callbackOf(id)?.outcome === "given_up")).toBe(true);
    },
  );
});
