// Operations as table columns and back; rows that are none.

import fc from "fast-check";
import { expect, test } from "vitest";
import { operationColumns } from "../../../shared/stores/operation-columns.ts";
import { operationOfRow } from "../../../shared/stores/operation-row.ts";
import {
  aQueuedOperation,
  aRunningOperation,
  operationsOfEveryKind,
} from "../../support/an-operation.ts";
import { verifies } from "../../support/verifies.ts";

/** As a table gives it back: without nulls, with more than was written. */
function stored(columns: object): Record<string, unknown> {
  const kept = Object.entries(columns).filter(([, value]) => value !== null);
  return { ...Object.fromEntries(kept), etag: 'W/"1"', timestamp: "2026", "odata.metadata": "x" };
}

test("every operation comes back as it was", () => {
  for (const operation of operationsOfEveryKind()) {
    expect(operationOfRow(stored(operationColumns(operation)))).toEqual(operation);
  }
});

test("every column is of a kind that a table has", () => {
  const kinds = new Set(["string", "number", "bigint", "boolean"]);
  for (const operation of operationsOfEveryKind()) {
    for (const [name, value] of Object.entries(operationColumns(operation))) {
      const isDate = value instanceof Date && !Number.isNaN(value.getTime());
      expect(value === null || kinds.has(typeof value) || isDate, name).toBe(true);
    }
  }
});

test("times beyond what a table knows are the nearest it does, and fractions round down", () => {
  const odd = aRunningOperation({
    nextPollAt: Number.POSITIVE_INFINITY,
    stageSince: 1.9,
    drivenUntil: -1e300,
  });
  const back = operationOfRow(stored(operationColumns(odd)));
  expect(back).toMatchObject({ stageSince: 1, nextPollAt: Date.UTC(9999, 11, 31) });
  expect(back).toMatchObject({ drivenUntil: Date.UTC(1601, 0, 1) });
});

verifies(
  "storage.tampering",
  "a row with any needed column missing or of another kind is none",
  () => {
    const optional = new Set([
      ...["followUpOf", "claimedBody", "intentAt", "unreachableSince", "genieMs", "plannedMoveAt"],
      ...["lifetimeFrom", "callbackUrl", "callbackTries", "callbackOutcome", "callbackNextTryAt"],
      ...["etag", "timestamp", "odata.metadata"],
    ]);
    // Written for the sweeper, never read back.
    const unread = new Set([
      "plannedMoveAt",
      "lifetimeFrom",
      "etag",
      "timestamp",
      "odata.metadata",
    ]);
    for (const operation of [aQueuedOperation(), aRunningOperation()]) {
      const row = stored(operationColumns(operation));
      for (const column of Object.keys(row)) {
        const { [column]: _, ...without } = row;
        if (!optional.has(column)) expect(operationOfRow(without), column).toBeUndefined();
        if (!unread.has(column)) {
          expect(operationOfRow({ ...row, [column]: { odd: true } }), column).toBeUndefined();
        }
      }
    }
  },
);

verifies("storage.tampering", "odd owners, failures and states are none", () => {
  const [, , , , , , failed] = operationsOfEveryKind();
  const row = stored(operationColumns(failed ?? aRunningOperation()));
  expect(row.status).toBe("failed");
  const changes = [
    { owner: "user:tenant-1" },
    { owner: "user:tenant-1:a:b" },
    { owner: "admin:tenant-1:analyst" },
    { owner: "" },
    { status: "done" },
    { stage: "THINKING" },
    { failure: "{" },
    { failure: "null" },
    { failure: '{"code":"toString","detail":"x"}' },
    { failure: '{"code":"genie_failed"}' },
    { rowKey: "custody" },
    { askedAt: "2026-11-23" },
  ];
  for (const change of changes) {
    expect(operationOfRow({ ...row, ...change }), JSON.stringify(change)).toBeUndefined();
  }
});

test("whatever comes, it does not throw", () => {
  fc.assert(fc.property(fc.anything(), (row) => operationOfRow(row) === undefined));
});
