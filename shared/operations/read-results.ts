// One page of the rows of a query attachment (design §3.6): the stable order is Databricks' own, a page is an
// offset into it. Chunks that lie before the page are skipped where Databricks tells where they start.

import { AppError } from "../errors/app-error.ts";
import { ensureOwnConversation } from "./conversation-access.ts";
import type { Genie, MessageRef, QueryResult, ResultColumn, ResultRow } from "./genie.ts";
import type { Asker, ConversationLedger, Space } from "./ports.ts";

export interface ResultPosition {
  /** The statement the page belongs to: a page of rows that were produced anew would not fit. */
  readonly statementId: string;
  readonly offset: number;
}

export interface RowsPage {
  readonly statementId: string;
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly ResultRow[];
  readonly rowCount: number;
  readonly truncated: boolean;
  /** Offset of the next page; undefined after the last row. */
  readonly nextOffset: number | undefined;
}

export interface ResultRequest {
  readonly conversationId: string;
  readonly messageId: string;
  readonly attachmentId: string;
  readonly pageSize: number;
  /** Undefined for the first page. */
  readonly position: ResultPosition | undefined;
}

type ReadyResult = Extract<QueryResult, { kind: "ready" }>;

/** @throws AppError `result_expired`, `attachment_not_found`, `databricks_unavailable` while rows are prepared. */
export function createResultReading(ledger: ConversationLedger) {
  return async (asker: Asker, space: Space, request: ResultRequest): Promise<RowsPage> => {
    await ensureOwnConversation(ledger, asker, space, request.conversationId);
    const genie = await asker.genie();
    const ref: MessageRef = {
      spaceId: space.id,
      conversationId: request.conversationId,
      messageId: request.messageId,
    };
    const result = readyOrThrow(await genie.queryResult(ref, request.attachmentId));
    const position = request.position ?? { statementId: result.statementId, offset: 0 };
    if (position.statementId !== result.statementId) throw resultExpired();
    const { offset } = position;
    const rows = await rowsBetween(genie, result, { from: offset, to: offset + request.pageSize });
    const next = offset + rows.length;
    const { statementId, columns, rowCount, truncated } = result;
    const nextOffset = rows.length > 0 && next < rowCount ? next : undefined;
    return { statementId, columns, rows, rowCount, truncated, nextOffset };
  };
}

function readyOrThrow(result: QueryResult): ReadyResult {
  switch (result.kind) {
    case "ready":
      return result;
    case "expired":
      throw resultExpired();
    case "failed":
      throw new AppError(result.failure);
    case "pending":
      throw new AppError({
        code: "databricks_unavailable",
        detail: "Databricks is still preparing the rows.",
        retryAfterSeconds: 2,
      });
  }
}

function resultExpired(): AppError {
  return new AppError({
    code: "result_expired",
    detail: "Databricks no longer holds these rows.",
    remedy: "Ask the question again; the SQL still stands in the message.",
  });
}

/** Rows `from` … `to`, reading only the chunks that hold them. */
async function rowsBetween(
  genie: Genie,
  result: ReadyResult,
  { from, to }: { from: number; to: number },
): Promise<readonly ResultRow[]> {
  const rows: ResultRow[] = [];
  let chunk = await chunkAt(genie, result, from);
  for (;;) {
    const start = Math.max(0, from + rows.length - chunk.rowOffset);
    rows.push(...chunk.rows.slice(start, start + (to - from - rows.length)));
    const next = chunk.nextChunkIndex;
    if (next === undefined || chunk.rowOffset + chunk.rows.length >= to) return rows;
    const following = await genie.resultChunk(result.statementId, next);
    // A chunk that does not go on where this one ends would make a loop without end.
    if (following.rowOffset < chunk.rowOffset + chunk.rows.length || following.rows.length === 0) {
      return rows;
    }
    chunk = following;
  }
}

async function chunkAt(genie: Genie, result: ReadyResult, offset: number) {
  const holder = result.chunks.findLast((chunk) => chunk.rowOffset <= offset);
  if (holder === undefined || holder.index === 0) return result.firstChunk;
  return genie.resultChunk(result.statementId, holder.index);
}
