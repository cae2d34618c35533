// One page of the rows of a query attachment (design §3.6): the stable order is Databricks' own, a page is an
// offset into it. Chunks that lie before the page are skipped where Databricks tells where they start.

import { ensureOwnConversation } from "./conversation-access.ts";
import type { AttachmentRef, Genie } from "./genie.ts";
import type { Asker, ConversationLedger, Space } from "./ports.ts";
import { openCarried, type PreparationDeps, type Preparing, rowsPreparing } from "./preparation.ts";
import type { ResultColumn, ResultRow } from "./result-rows.ts";
import { RESULT_EXPIRED, type ReadyResult, readyResult, resultExpired } from "./result-state.ts";

export interface ResultPosition {
  /** The statement the page belongs to: a page of rows that were produced anew would not fit. */
  readonly statementId: string;
  readonly offset: number;
}

export interface RowsPage {
  readonly kind: "page";
  readonly statementId: string;
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly ResultRow[];
  readonly rowCount: number;
  readonly truncated: boolean;
  /** Offset of the next page; undefined after the last row. */
  readonly nextOffset: number | undefined;
}

export interface PageWanted {
  readonly space: Space;
  readonly ref: AttachmentRef;
  readonly pageSize: number;
  /** Undefined for the first page. */
  readonly position: ResultPosition | undefined;
  /** What an earlier 202 gave for `download`. */
  readonly carried: string | undefined;
}

type PageDeps = Pick<PreparationDeps, "seal"> & { readonly ledger: ConversationLedger };

/** @throws AppError `result_expired`, `attachment_not_found`; `invalid_request` for a `carried` of somebody else */
export function createPageReading(deps: PageDeps) {
  return async (asker: Asker, wanted: PageWanted): Promise<RowsPage | Preparing> => {
    const { space, ref, pageSize } = wanted;
    await ensureOwnConversation(deps.ledger, asker, space, ref.conversationId);
    const key = { ...ref, kind: "rows", owner: asker.owner } as const;
    if (wanted.carried !== undefined) await openCarried(deps, key, wanted.carried);
    const genie = await asker.genie();
    const result = await readyResult(genie, ref, await genie.queryResult(ref, ref.attachmentId));
    if (result === undefined) return rowsPreparing(deps, key);
    const { statementId, columns, rowCount, truncated } = result;
    const position = wanted.position ?? { statementId, offset: 0 };
    if (position.statementId !== statementId) throw resultExpired(RESULT_EXPIRED);
    const { offset } = position;
    const rows = await rowsBetween(genie, result, { from: offset, to: offset + pageSize });
    const next = offset + rows.length;
    const nextOffset = rows.length > 0 && next < rowCount ? next : undefined;
    return { kind: "page", statementId, columns, rows, rowCount, truncated, nextOffset };
  };
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
