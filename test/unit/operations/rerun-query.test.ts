// SQL run again: once for all who ask at the same time, and each of them is led to the same statement.

import { expect } from "vitest";
import { AppError, type Failure } from "../../../shared/errors/app-error.ts";
import type { QueryResult } from "../../../shared/operations/genie.ts";
import { createRerun } from "../../../shared/operations/rerun-query.ts";
import { aResult } from "../../support/broken-chunks.ts";
import { createMemoryPreparations } from "../../support/memory-preparations.ts";
import { anAskRequest, createOperationsFixture } from "../../support/operations-fixture.ts";
import { verifies } from "../../support/verifies.ts";

const space = anAskRequest().space;
const conversationId = "c".repeat(32);

const failing = (code: Failure["code"]) => async () => {
  throw new AppError({ code, detail: "no" });
};
const FAILED: QueryResult = {
  kind: "failed",
  failure: { code: "genie_failed", detail: "The SQL failed." },
};
const RERUN = { kind: "rerun", statementId: "statement-2" };

/** Rows that have expired; each run makes them anew. */
async function aStand() {
  const { asker, genie, clock, deps } = createOperationsFixture();
  const asked = await genie.startConversation(space.id, "a question");
  const messageId = asked.kind === "accepted" ? asked.message.messageId : "";
  const ref = { spaceId: space.id, conversationId, messageId, attachmentId: "a" };
  const preparing = createMemoryPreparations(clock);
  genie.result = { kind: "expired" };
  let runs = 0;
  genie.rerunQuery = async () => {
    runs += 1;
    genie.result = { kind: "pending" };
    return genie.result;
  };
  const rerun = (ticket?: string, from = preparing) =>
    createRerun({ ...from, ledger: deps.ledger })(asker, { space, ref, ticket });
  /** Rows of the new statement are there. */
  const finish = () => {
    genie.result = aResult({ statementId: "statement-2" });
  };
  return { genie, clock, preparing, rerun, finish, runs: () => runs };
}

type Stand = Awaited<ReturnType<typeof aStand>>;

async function ticketOf(outcome: ReturnType<Stand["rerun"]>): Promise<string> {
  const preparing = await outcome;
  if (preparing.kind !== "preparing" || preparing.ticket === null) throw new Error("no ticket");
  return preparing.ticket;
}

verifies("reading.rerun", "two at the same time: one run, and both end with it", async () => {
  const { rerun, runs, finish, genie } = await aStand();
  const start = genie.rerunQuery;
  const { promise: reply, resolve: answer } = Promise.withResolvers<void>();
  genie.rerunQuery = async (ref, attachmentId) => {
    await reply;
    return start(ref, attachmentId);
  };
  const first = rerun();
  const ticket = await ticketOf(rerun());
  // Databricks has not answered the first one yet: the rows are still told as expired.
  expect(await ticketOf(rerun(ticket))).toBe(ticket);
  answer();
  const firstTicket = await ticketOf(first);
  expect(await ticketOf(rerun(ticket))).toBe(ticket);
  finish();
  expect(await rerun(ticket)).toEqual(RERUN);
  expect(await rerun(firstTicket)).toEqual(RERUN);
  expect(await rerun()).toEqual(RERUN);
  expect(runs()).toBe(1);
});

verifies("reading.rerun", "what is there at once needs no second look", async () => {
  const { rerun, genie } = await aStand();
  genie.rerunQuery = async () => aResult({ statementId: "statement-2" });
  genie.queryResult = async () => {
    throw new Error("asked");
  };
  expect(await rerun()).toEqual(RERUN);
});

verifies("reading.rerun", "a run that failed or is gone makes room for the next", async () => {
  for (const end of [FAILED, { kind: "expired" }] as const satisfies readonly QueryResult[]) {
    const { rerun, genie, runs, finish } = await aStand();
    const ticket = await ticketOf(rerun());
    genie.result = end;
    const code = end.kind === "failed" ? "genie_failed" : "result_expired";
    await expect(rerun(ticket)).rejects.toThrow(code);
    await expect(rerun(ticket)).rejects.toThrow(code);
    expect(runs()).toBe(1);
    await ticketOf(rerun());
    finish();
    expect(await rerun()).toEqual(RERUN);
    expect(runs()).toBe(2);
  }
});

verifies(
  "reading.rerun",
  "a ticket of before leads to the run that was started since",
  async () => {
    const { rerun, genie, runs } = await aStand();
    const old = await ticketOf(rerun());
    genie.result = FAILED;
    await expect(rerun(old)).rejects.toThrow("genie_failed");
    await ticketOf(rerun());
    genie.result = FAILED; // perhaps still that of the first run
    expect(await ticketOf(rerun(old))).toBe(old);
    expect(await ticketOf(rerun(old))).toBe(old);
    expect(runs()).toBe(2);
  },
);

verifies("reading.one-start", "nothing runs that could not be told of", async () => {
  const { rerun, runs, preparing } = await aStand();
  const seal = { ...preparing.seal, seal: failing("service_credential_problem") };
  await expect(rerun(undefined, { ...preparing, seal })).rejects.toThrow("service_credential");
  expect(runs()).toBe(0);
});

verifies("reading.one-start", "a run that storage could not note is not lost", async () => {
  const { rerun, runs, finish, preparing } = await aStand();
  const preparations = { ...preparing.preparations, record: failing("storage_unavailable") };
  const ticket = await ticketOf(rerun(undefined, { ...preparing, preparations }));
  await ticketOf(rerun());
  finish();
  expect(await rerun(ticket)).toEqual(RERUN);
  expect(runs()).toBe(1);
});
