// Gathers what an Answer is made of: the message and the rows of its queries, read with the caller's own
// authority at the moment they are asked for. Nothing of it is kept.

import { AppError } from "../errors/app-error.ts";
import type { Clock } from "../telemetry/clock.ts";
import type { Genie, GenieAttachment, GenieMessage, MessageRef, QueryResult } from "./genie.ts";
import { readRowsBetween } from "./read-chunks.ts";
import type { ResultColumn, ResultRow } from "./result-rows.ts";
import type { ReadyResult } from "./result-state.ts";

/** The rows of one query attachment; `rows` holds at most the number that was asked for. */
export interface AttachmentRows {
  readonly attachmentId: string;
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly ResultRow[];
  readonly rowCount: number;
  readonly truncated: boolean;
  /** The rows are gone until the SQL is run again. */
  readonly expired: boolean;
}

export interface AnswerSource {
  readonly message: GenieMessage;
  readonly results: readonly AttachmentRows[];
}

type QueryAttachment = Extract<GenieAttachment, { kind: "query" }>;

interface WantedRows {
  readonly query: QueryAttachment;
  readonly maxRows: number;
  /** Genie corrects itself: an attempt that a later query replaced may have failed or never end, and must not hide the answer. */
  readonly isSuperseded: boolean;
}

/** How long we go on asking for rows of a completed message whose statement still runs. */
const ROWS_PATIENCE_MS = 4_000;
const ROWS_INTERVAL_MS = 500;

/**
 * Reads the rows of every query of a message, at most `maxRows` each.
 *
 * A message that is still at work, failed or was cancelled has no rows to read: `results` is empty.
 *
 * @throws AppError `databricks_unavailable` with `retryAfterSeconds` while the rows are being prepared;
 *   `warehouse_forbidden` and `data_forbidden` when the caller may not read them.
 */
export async function readAnswer(
  deps: { readonly genie: Genie; readonly clock: Clock },
  message: GenieMessage,
  maxRows: number,
): Promise<AnswerSource> {
  const queries = message.attachments.filter((attachment) => attachment.kind === "query");
  switch (message.state.kind) {
    case "completed": {
      const results = await Promise.all(
        queries.map((query, index) => {
          const isSuperseded = index < queries.length - 1;
          return readRows(deps, message, { query, maxRows, isSuperseded });
        }),
      );
      return { message, results: results.filter((rows) => rows !== undefined) };
    }
    case "result_expired":
      return { message, results: queries.flatMap(expiredRows) };
    case "working":
    case "failed":
    case "cancelled":
      return { message, results: [] };
  }
}

async function readRows(
  deps: { readonly genie: Genie; readonly clock: Clock },
  ref: MessageRef,
  wanted: WantedRows,
): Promise<AttachmentRows | undefined> {
  const { attachmentId, statementId } = wanted.query;
  if (attachmentId === null) return undefined; // no id, no way to its rows (genie-api.md §1.3)
  const awaited = awaitResult(deps, ref, attachmentId);
  const mayBeMissing = wanted.isSuperseded || statementId === null; // then it was never run
  const result = await (mayBeMissing ? unlessMissing(awaited) : awaited);
  if (result === undefined) return undefined;
  switch (result.kind) {
    case "ready":
      return { attachmentId, ...(await firstRows(deps.genie, result, wanted)), expired: false };
    case "expired":
      return expiredRows(wanted.query)[0];
    case "failed":
      if (wanted.isSuperseded) return undefined;
      throw new AppError(result.failure);
    case "pending":
      if (wanted.isSuperseded) return undefined;
      throw new AppError({
        code: "databricks_unavailable",
        detail: "Databricks is still preparing the rows of this answer.",
        retryAfterSeconds: 2,
      });
  }
}

async function firstRows(genie: Genie, result: ReadyResult, { query, maxRows }: WantedRows) {
  const truncated = result.truncated || query.truncated;
  const span = { from: 0, to: maxRows };
  const rows = await readRowsBetween(genie, { ...result, truncated }, span);
  return { columns: result.columns, rows, rowCount: result.rowCount, truncated };
}

/** Undefined where there is no result and never was one. */
async function unlessMissing(awaited: Promise<QueryResult>): Promise<QueryResult | undefined> {
  try {
    return await awaited;
  } catch (error) {
    if (error instanceof AppError && error.failure.code === "attachment_not_found")
      return undefined;
    throw error;
  }
}

/** After COMPLETED the statement itself may still run for a moment (genie-api.md §1.6). */
async function awaitResult(
  deps: { readonly genie: Genie; readonly clock: Clock },
  ref: MessageRef,
  attachmentId: string,
): Promise<QueryResult> {
  const until = deps.clock.now() + ROWS_PATIENCE_MS;
  for (;;) {
    const result = await deps.genie.queryResult(ref, attachmentId);
    if (result.kind !== "pending" || deps.clock.now() + ROWS_INTERVAL_MS > until) return result;
    await deps.clock.sleep(ROWS_INTERVAL_MS);
  }
}

function expiredRows(query: QueryAttachment): AttachmentRows[] {
  if (query.attachmentId === null) return [];
  return [
    {
      attachmentId: query.attachmentId,
      columns: [],
      rows: [],
      rowCount: query.rowCount ?? 0,
      truncated: query.truncated,
      expired: true,
    },
  ];
}
