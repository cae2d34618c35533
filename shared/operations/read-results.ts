// One page of the rows of a query attachment (design §3.6): the stable order is Databricks' own, a page is an
// offset into it. Chunks that lie before the page are skipped where Databricks tells where they start.

import { ensureOwnConversation } from "./conversation-access.ts";
import type { AttachmentRef } from "./genie.ts";
import type { Asker, ConversationLedger, Space } from "./ports.ts";
import { openCarried, type PreparationDeps, type Preparing, rowsPreparing } from "./preparation.ts";
import { readRowsBetween } from "./read-chunks.ts";
import type { ResultColumn, ResultRow } from "./result-rows.ts";
import { RESULT_EXPIRED, readyResult, resultExpired } from "./result-state.ts";

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
    const rows = await readRowsBetween(genie, result, { from: offset, to: offset + pageSize });
    const next = offset + rows.length;
    const nextOffset = rows.length > 0 && next < rowCount ? next : undefined;
    return { kind: "page", statementId, columns, rows, rowCount, truncated, nextOffset };
  };
}
