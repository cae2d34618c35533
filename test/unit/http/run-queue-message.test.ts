// What a queue message may hold, and what becomes of it: run, completed, or thrown so that it comes again.

import { expect } from "vitest";
import { AppError } from "../../../shared/errors/app-error.ts";
import { runInBackground } from "../../../shared/http/run-in-background.ts";
import { runQueueMessage } from "../../../shared/http/run-queue-message.ts";
import { verifies } from "../../support/verifies.ts";
import { type LogEntry, someServices } from "./some-services.ts";

const ID = "operation-00000000000001";
const RUN = { name: "poll-genie-message", queue: "genie-poll", invocationId: "i1" };

async function deliver(message: unknown, fail?: unknown) {
  const log: LogEntry[] = [];
  const { logger } = someServices({}, log);
  const seen: string[] = [];
  const job = async (operationId: string) => {
    seen.push(operationId);
    if (fail !== undefined) throw fail;
  };
  const thrown: unknown = await runQueueMessage(message, job, RUN, logger).catch(
    (error: unknown) => error,
  );
  return { seen, log, thrown };
}

for (const message of [
  { operation_id: ID },
  { operation_id: "A_-z".repeat(16) },
  { operation_id: ID, from_a_newer_version: true },
]) {
  verifies("http.queue-messages", `${JSON.stringify(message)} is run`, async () => {
    const { seen, log, thrown } = await deliver(message);
    expect([seen, log, thrown]).toEqual([[message.operation_id], [], undefined]);
  });
}

const inherited: unknown = Object.create({ operation_id: ID.repeat(9) });
for (const message of [
  undefined,
  null,
  "",
  ID,
  7,
  true,
  [],
  [{ operation_id: ID }],
  {},
  { operation_id: null },
  { operation_id: [ID] },
  { operation_id: "short" },
  { operation_id: "x".repeat(65) },
  { operation_id: `${ID}\n` },
  { operation_id: "../../genie/operations/1" },
  { operationId: ID, token: "eyJzecret" },
  inherited,
]) {
  verifies("http.queue-messages", `${JSON.stringify(message)} is not ours: completed`, async () => {
    const { seen, log, thrown } = await deliver(message);
    expect([seen, thrown]).toEqual([[], undefined]);
    expect(log).toEqual([
      {
        level: "warn",
        event: "queue_message_not_ours",
        fields: { function: "poll-genie-message", request_id: "i1" },
      },
    ]);
  });
}

for (const [what, error, code] of [
  [
    "an expected failure",
    new AppError(
      { code: "storage_unavailable", detail: "Later." },
      { cause: new Error("secret text") },
    ),
    "storage_unavailable",
  ],
  ["an unexpected one", new TypeError("secret text"), "internal_error"],
  ["no error at all", "secret text", "internal_error"],
] as const) {
  verifies("http.queue-messages", `${what} comes again, told by its code alone`, async () => {
    const { thrown, log } = await deliver({ operation_id: ID }, error);
    const seen = thrown instanceof Error ? thrown : new Error("nothing was thrown");
    expect(seen.message).toBe(`poll-genie-message failed: ${code}`);
    expect(seen.cause).toBeUndefined();
    expect(`${seen.stack}${JSON.stringify(log)}`).not.toContain("secret text");
    expect(log.at(-1)).toEqual({
      level: "warn",
      event: "run_failed",
      fields: { function: RUN.name, request_id: "i1", operation_id: ID, code },
    });
  });
}

verifies("http.queue-messages", "an app that cannot be composed fails the run", async () => {
  const error = new AppError({ code: "configuration_error", detail: "TENANT_ID is required." });
  const { logger } = someServices();
  const run = runInBackground(() => Promise.reject(error), { ...RUN, name: "sweep" }, logger);
  await expect(run).rejects.toThrow(/^sweep failed: configuration_error$/);
});
