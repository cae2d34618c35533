// An operation as the columns of a table row (docs/stored-records.md lists them). Pure: question and callback URL
// pass through as they are, already sealed by seal-operation.ts.

import type { Callback, Operation } from "../operations/operation.ts";
import { isFinished, plannedMoveAt } from "../operations/operation-state.ts";
import { ownerKey } from "../operations/owner.ts";
import { OPERATION_ROW } from "./storage-names.ts";

/** null and absent are the same: a table keeps no nulls. Times are dates, so that an operator can read them. */
export type Columns = Readonly<Record<string, string | number | bigint | boolean | Date | null>>;

export function operationColumns(operation: Operation) {
  const asked = operation.status === "queued" ? null : operation.asked;
  return {
    partitionKey: operation.id,
    rowKey: OPERATION_ROW,
    status: operation.status,
    stage: operation.stage,
    owner: ownerKey(operation.owner),
    space: operation.space,
    spaceId: operation.spaceId,
    followUpOf: operation.followUpOf,
    claimedBody: operation.claimedBody,
    linkBase: operation.linkBase,
    traceparent: operation.traceparent,
    createdAt: dateOf(operation.createdAt),
    updatedAt: dateOf(operation.updatedAt),
    expiresAt: dateOf(operation.expiresAt),
    conversationId: asked?.conversationId ?? null,
    messageId: asked?.messageId ?? null,
    askedAt: dateOf(asked?.askedAt ?? null),
    ...progressColumns(operation),
    ...callbackColumns(operation.callback),
    plannedMoveAt: dateOf(plannedMoveAt(operation)),
    // The end, or the deadline of what nobody looked at again: the lifetime counts from here.
    lifetimeFrom: dateOf(isFinished(operation) ? operation.updatedAt : operation.expiresAt),
  } satisfies Columns;
}

function progressColumns(operation: Operation): Columns {
  switch (operation.status) {
    case "queued":
      return {
        question: operation.question,
        intentAt: dateOf(operation.intentAt),
        nextAskAt: dateOf(operation.nextAskAt),
        unreachableSince: dateOf(operation.unreachableSince),
        drivenUntil: dateOf(operation.drivenUntil),
      };
    case "running":
      return {
        nextPollAt: dateOf(operation.nextPollAt),
        stageSince: dateOf(operation.stageSince),
        drivenUntil: dateOf(operation.drivenUntil),
      };
    case "succeeded":
      return { wasSent: operation.wasSent, genieMs: wholeNumber(operation.genieMs) };
    case "failed":
      return {
        wasSent: operation.wasSent,
        genieMs: wholeNumber(operation.genieMs),
        failure: JSON.stringify(operation.failure),
      };
    case "cancelled":
    case "expired":
      return { wasSent: operation.wasSent };
  }
}

function callbackColumns(callback: Callback | null): Columns {
  if (callback === null) return {};
  return {
    callbackOutcome: callback.outcome,
    callbackTries: callback.tries,
    callbackNextTryAt: dateOf(callback.nextTryAt),
    // The URL is a bearer secret: once nobody will call it any more it is not kept.
    callbackUrl: callback.outcome === "open" ? callback.url : null,
  };
}

/** The dates a table knows, in whole milliseconds rounded down; anything beyond is the nearest of them. */
export function dateOf(time: number): Date;
export function dateOf(time: number | null): Date | null;
export function dateOf(time: number | null): Date | null {
  return time === null ? null : new Date(storedTime(time));
}

const FIRST_DATE = Date.UTC(1601, 0, 1);
const LAST_DATE = Date.UTC(9999, 11, 31);

/** Epoch ms as it comes back from a date column. */
export function storedTime(time: number): number {
  return Math.floor(Math.min(Math.max(time, FIRST_DATE), LAST_DATE));
}

/** 64 bits: by Databricks' own clock it may be anything, and a plain number column ends at 32. */
function wholeNumber(value: number | null): bigint | null {
  return value === null ? null : BigInt(Math.round(value));
}
