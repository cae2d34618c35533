// Downloads and reruns: one start for an owner and attachment in 60 s, everybody else is led to it, and the next one
// may start when it came to nothing.

import { expect } from "vitest";
import { AppError, type Failure } from "../../../shared/errors/app-error.ts";
import type { PreparationKey } from "../../../shared/operations/preparation.ts";
import {
  giveUp,
  type Prepared,
  prepareOnce,
  StartUnknown,
} from "../../../shared/operations/prepare-once.ts";
import { openTicket } from "../../../shared/operations/ticket.ts";
import { createMemoryPreparations } from "../../support/memory-preparations.ts";
import { verifies } from "../../support/verifies.ts";
import { createVirtualClock } from "../../support/virtual-clock.ts";

const key = {
  kind: "download",
  owner: { kind: "user", tenantId: "t", objectId: "o" },
  spaceId: "s",
  conversationId: "c",
  messageId: "m",
  attachmentId: "a",
} as const satisfies PreparationKey;

const failing = (code: Failure["code"]) => async () => {
  throw new AppError({ code, detail: "no" });
};

function aStart() {
  const clock = createVirtualClock();
  const { preparations, seal } = createMemoryPreparations(clock);
  let starts = 0;
  const start = async () => `d${++starts}`;
  const prepare = (work = start, of: PreparationKey = key, ledger = preparations) =>
    prepareOnce(ledger, of, { start: work, ticketOf: (begun) => `to ${begun}` });
  return { clock, preparations, seal, prepare, start, starts: () => starts };
}

const ticketIn = (prepared: Prepared<unknown>) =>
  prepared.kind === "starting" ? undefined : prepared.ticket;

verifies(
  "reading.one-start",
  "the second request is led to the first one's, for 60 s",
  async () => {
    const { prepare, starts, clock } = aStart();
    expect(await prepare()).toEqual({ kind: "begun", begun: "d1", ticket: "to d1" });
    clock.advance(59_999);
    expect(await prepare()).toMatchObject({ kind: "started", ticket: "to d1" });
    expect(starts()).toBe(1);
    clock.advance(60_000);
    expect(await prepare()).toMatchObject({ kind: "begun", ticket: "to d2" });
  },
);

verifies("reading.one-start", "while one is starting nobody else starts", async () => {
  const { prepare, start, starts } = aStart();
  let second: unknown;
  await prepare(async () => {
    second = await prepare();
    return start();
  });
  expect(second).toEqual({ kind: "starting" });
  expect(starts()).toBe(1);
});

verifies("reading.one-start", "another owner, attachment or kind has its own", async () => {
  const { prepare, start, starts } = aStart();
  await prepare();
  await prepare(start, { ...key, attachmentId: "b" });
  await prepare(start, { ...key, kind: "rows" });
  await prepare(start, { ...key, owner: { kind: "app", tenantId: "t", clientId: "o" } });
  expect(starts()).toBe(4);
});

verifies("reading.one-start", "what Databricks refused was not started", async () => {
  const { prepare, starts, preparations } = aStart();
  // 429, an open circuit, no connection: the same code as a lost reply, but surely nothing runs.
  for (const code of ["data_forbidden", "databricks_unavailable"] as const) {
    await expect(prepare(failing(code))).rejects.toThrow(code);
  }
  await prepare();
  expect(starts()).toBe(1);
  const locked = { ...preparations, release: failing("storage_unavailable") };
  const other = { ...key, attachmentId: "b" };
  await expect(prepare(failing("data_forbidden"), other, locked)).rejects.toThrow("data_forbidden");
});

verifies(
  "reading.one-start",
  "after a lost reply nothing starts for 60 s: it may run",
  async () => {
    const { prepare, starts, clock } = aStart();
    const lost = async () => {
      throw new StartUnknown({ code: "databricks_unavailable", detail: "no" });
    };
    await expect(prepare(lost)).rejects.toThrow("databricks_unavailable");
    expect(await prepare()).toEqual({ kind: "starting" });
    clock.advance(60_000);
    await prepare();
    expect(starts()).toBe(1);
  },
);

verifies("reading.one-start", "what was paid for is not lost when storage goes away", async () => {
  const { prepare, start, starts, preparations } = aStart();
  const away = { ...preparations, record: failing("storage_unavailable") };
  expect(await prepare(start, key, away)).toEqual({ kind: "begun", begun: "d1", ticket: "to d1" });
  expect(await prepare()).toEqual({ kind: "starting" });
  expect(starts()).toBe(1);
  const broken = { ...preparations, record: failing("internal_error") };
  const other = { ...key, attachmentId: "b" };
  await expect(prepare(start, other, broken)).rejects.toThrow("internal_error");
});

verifies(
  "reading.one-start",
  "what came to nothing makes room, and nothing else does",
  async () => {
    const { prepare, preparations } = aStart();
    const first = ticketIn(await prepare()) ?? "";
    expect(await giveUp(preparations, key, "another ticket")).toBe(false);
    expect(await prepare()).toMatchObject({ kind: "started" });
    expect(await giveUp(preparations, key, first)).toBe(true);
    const second = await prepare();
    expect(second.kind).toBe("begun");
    expect(await giveUp(preparations, key, first)).toBe(false);
    expect(await prepare()).toMatchObject({ kind: "started", ticket: ticketIn(second) });
    const away = { ...preparations, find: failing("storage_unavailable") };
    expect(await giveUp(away, key, first)).toBe(true);
  },
);

verifies("reading.preparing", "a ticket leads its owner alone back, to its own kind", async () => {
  const { seal } = aStart();
  const download = { kind: "download", downloadId: "d", signature: "s" } as const;
  const ticket = await seal.seal(key, download);
  expect(await openTicket(seal, key, ticket)).toEqual(download);
  const stranger = { ...key, owner: { kind: "app", tenantId: "t", clientId: "o" } } as const;
  const others = [stranger, { ...key, messageId: "n" }, { ...key, kind: "rows" } as const];
  for (const other of others) {
    await expect(openTicket(seal, other, ticket)).rejects.toMatchObject({
      failure: { code: "invalid_request", errors: [{ parameter: "download" }] },
    });
  }
  const wrongKind = await seal.seal(key, { kind: "rows" });
  await expect(openTicket(seal, key, wrongKind)).rejects.toThrow("invalid_request");
});
