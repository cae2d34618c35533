// Every message that is sent again for an operation carries the operation's own trace: from the sweeper, from a poison
// message, and from a callback that waits or is tried again.

import { expect } from "vitest";
import { createWorker } from "../../../shared/app/create-worker.ts";
import { createAdvance } from "../../../shared/operations/advance.ts";
import type { CallbackOutcome } from "../../../shared/operations/callback-tries.ts";
import type { Operation } from "../../../shared/operations/operation.ts";
import type { OperationsDeps } from "../../../shared/operations/ports.ts";
import { aQueuedOperation } from "../../support/an-operation.ts";
import { createMemoryPreparations } from "../../support/memory-preparations.ts";
import { anAppOwner, createOperationsFixture } from "../../support/operations-fixture.ts";
import { verifies } from "../../support/verifies.ts";
import { createVirtualClock } from "../../support/virtual-clock.ts";
import { aCallback, aFinished } from "../callbacks/callbacks-fixture.ts";

const TRACE = `00-${"a".repeat(32)}-${"b".repeat(16)}-01`;
const MINUTE_MS = 60_000;

/** A worker with one record in its store; what it puts into its queues. */
async function workerWith(operation: Operation, outcome: CallbackOutcome = "delivered") {
  const { ask, access, deps: usual } = createOperationsFixture();
  const sent: (readonly unknown[])[] = [];
  const queue: OperationsDeps["queue"] = {
    schedulePoll: async (id, _, trace) => void sent.push(["poll", id, trace]),
    scheduleCallback: async (id, _, trace) => void sent.push(["callback", id, trace]),
  };
  const deps = { ...usual, queue };
  await deps.store.create(operation);
  const nobody = async () => undefined;
  const callbacks = {
    sign: async () => ({ headers: {}, body: "" }),
    send: async () => outcome,
    enterReceiver: () => () => {},
  };
  const preparing = createMemoryPreparations(deps.clock);
  const operations = { deps, preparing, ask, access, advance: createAdvance(deps) };
  const worker = createWorker(operations, nobody, callbacks, nobody);
  return { worker, sent };
}

const now = createVirtualClock().now();
const ago = now - 5 * MINUTE_MS;
const times = { createdAt: ago, updatedAt: ago, expiresAt: now + MINUTE_MS, traceparent: TRACE };
const toldAt = (nextTryAt: number) => aFinished({ ...times, callback: aCallback({ nextTryAt }) });
const queued = aQueuedOperation({ ...times, owner: anAppOwner, nextAskAt: ago, drivenUntil: ago });

verifies("telemetry.one-trace", "the sweeper hands it on with what it revives", async () => {
  for (const [kind, operation] of [
    ["callback", toldAt(ago)],
    ["poll", queued],
  ] as const) {
    const { worker, sent } = await workerWith(operation);
    await worker.sweep();
    expect(sent).toEqual([[kind, operation.id, TRACE]]);
  }
});

verifies("telemetry.one-trace", "a poison message that comes back has it", async () => {
  const { worker, sent } = await workerWith(queued);
  await worker.revivePoisonPoll(queued.id);
  await worker.revivePoisonCallback(queued.id, TRACE);
  expect(sent).toEqual([
    ["poll", queued.id, TRACE],
    ["callback", queued.id, TRACE],
  ]);
});

for (const [when, nextTryAt] of [
  ["came too early", now + MINUTE_MS],
  ["is tried again", now],
] as const) {
  verifies("telemetry.one-trace", `a callback that ${when} has it`, async () => {
    const operation = toldAt(nextTryAt);
    const { worker, sent } = await workerWith(operation, "failed");
    await worker.deliverCallback(operation.id);
    expect(sent).toEqual([["callback", operation.id, TRACE]]);
  });
}
