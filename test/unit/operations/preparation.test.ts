// Downloads and reruns: one start for an owner and attachment in 60 s, everybody else is led to it, and what is carried
// belongs to its owner alone.

import { expect } from "vitest";
import { AppError } from "../../../shared/errors/app-error.ts";
import {
  type Preparation,
  type PreparationKey,
  prepareOnce,
} from "../../../shared/operations/preparation.ts";
import { createMemoryPreparations } from "../../support/memory-preparations.ts";
import { verifies } from "../../support/verifies.ts";
import { createVirtualClock } from "../../support/virtual-clock.ts";

const key: PreparationKey = {
  kind: "download",
  owner: { kind: "user", tenantId: "t", objectId: "o" },
  spaceId: "s",
  conversationId: "c",
  messageId: "m",
  attachmentId: "a",
};

function aStart() {
  const clock = createVirtualClock();
  const deps = createMemoryPreparations(clock);
  let starts = 0;
  const start = async (): Promise<Preparation> => {
    starts += 1;
    return { kind: "download", downloadId: `d${starts}`, signature: "s" };
  };
  const prepare = (carried?: string, work = start, of = key) =>
    prepareOnce(deps, of, { carried, start: work });
  return { clock, deps, prepare, start, starts: () => starts };
}

verifies(
  "reading.one-start",
  "the second request is led to the first one's, for 60 s",
  async () => {
    const { prepare, starts, clock } = aStart();
    const first = await prepare();
    clock.advance(59_999);
    expect(await prepare()).toEqual(first);
    expect(starts()).toBe(1);
    clock.advance(60_000);
    expect(await prepare()).not.toEqual(first);
    expect(starts()).toBe(2);
  },
);

verifies("reading.one-start", "while one is starting nobody else starts", async () => {
  const { prepare, start, starts } = aStart();
  let second: unknown;
  await prepare(undefined, async () => {
    second = await prepare();
    return start();
  });
  expect(second).toEqual({ kind: "preparing", sealed: null });
  expect(starts()).toBe(1);
});

verifies("reading.one-start", "another owner, attachment or kind has its own", async () => {
  const { prepare, start, starts } = aStart();
  await prepare();
  await prepare(undefined, start, { ...key, attachmentId: "b" });
  await prepare(undefined, start, { ...key, owner: { kind: "app", tenantId: "t", clientId: "o" } });
  expect(starts()).toBe(3);
});

const failing = (code: "data_forbidden" | "databricks_unavailable") => async () => {
  throw new AppError({ code, detail: "no" });
};

verifies("reading.one-start", "what Databricks refused was not started", async () => {
  const { prepare, starts } = aStart();
  await expect(prepare(undefined, failing("data_forbidden"))).rejects.toThrow("data_forbidden");
  await prepare();
  expect(starts()).toBe(1);
});

verifies(
  "reading.one-start",
  "after a lost reply nothing starts for 60 s: it may run",
  async () => {
    const { prepare, starts, clock } = aStart();
    await expect(prepare(undefined, failing("databricks_unavailable"))).rejects.toThrow();
    expect(await prepare()).toEqual({ kind: "preparing", sealed: null });
    clock.advance(60_000);
    await prepare();
    expect(starts()).toBe(1);
  },
);

verifies(
  "reading.preparing",
  "what is carried leads back without a start, its owner alone",
  async () => {
    const { prepare, start, starts, clock } = aStart();
    const first = await prepare();
    if ("kind" in first) throw new Error("it was started");
    clock.advance(600_000);
    expect(await prepare(first.sealed)).toEqual(first);
    const stranger = { ...key, owner: { kind: "app", tenantId: "t", clientId: "o" } } as const;
    for (const other of [stranger, { ...key, messageId: "n" }, { ...key, kind: "rows" } as const]) {
      await expect(prepare(first.sealed, start, other)).rejects.toMatchObject({
        failure: { code: "invalid_request", errors: [{ parameter: "download" }] },
      });
    }
    expect(starts()).toBe(1);
  },
);
