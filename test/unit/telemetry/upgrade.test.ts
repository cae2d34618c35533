// Messages and records of a version before this one have no trace, those of a later one may have more: all of them work.

import { expect } from "vitest";
import { runQueueMessage } from "../../../shared/http/run-queue-message.ts";
import { operationColumns } from "../../../shared/stores/operation-columns.ts";
import { operationOfRow } from "../../../shared/stores/operation-row.ts";
import { aRunningOperation } from "../../support/an-operation.ts";
import { recordTelemetry, stopRecordingAfterEach } from "../../support/recorded-telemetry.ts";
import { verifies } from "../../support/verifies.ts";
import { createVirtualClock } from "../../support/virtual-clock.ts";

stopRecordingAfterEach();
const ID = "operation-00000000000001";
const TRACE = `00-${"a".repeat(32)}-${"b".repeat(16)}-01`;
const RUN = { name: "poll-genie-message", queue: "genie-poll", invocationId: "i1" };

const messages: [message: object, parent: string | undefined][] = [
  [{ operation_id: ID }, undefined],
  [{ operation_id: ID, traceparent: TRACE, more: 1 }, "b".repeat(16)],
  [{ operation_id: ID, traceparent: null }, undefined],
  [{ operation_id: ID, traceparent: 7 }, undefined],
  [{ operation_id: ID, traceparent: `${TRACE} and more` }, undefined],
];
for (const [message, parentSpanId] of messages) {
  verifies("telemetry.one-trace", `${JSON.stringify(message).slice(36)} is run`, async () => {
    const { spans } = recordTelemetry(createVirtualClock());
    const handed: (string | undefined)[] = [];
    await runQueueMessage(message, async (_, traceparent) => void handed.push(traceparent), RUN);
    expect(spans).toMatchObject([{ name: "poll-genie-message", kind: "consumer", parentSpanId }]);
    expect(handed).toEqual([parentSpanId === undefined ? undefined : TRACE]);
  });
}

const columns: [value: unknown, traceparent: string | null][] = [
  [TRACE, TRACE],
  [undefined, null],
  [7, null],
];
for (const [value, traceparent] of columns) {
  verifies("telemetry.one-trace", `a record with ${typeof value} as trace is read`, () => {
    const kept = Object.entries(operationColumns(aRunningOperation())).filter(
      ([, column]) => column !== null,
    );
    const row = { ...Object.fromEntries(kept), traceparent: value };
    expect(operationOfRow(row)).toMatchObject({ status: "running", traceparent });
  });
}
