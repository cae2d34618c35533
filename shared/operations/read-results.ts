// One page of the rows of a query attachment (design §3.6): the stable order is Databricks' own, a page is an
// offset into it. Chunks that lie before the page are skipped where Databricks tells where they start.

import { ensureOwnConversation } from "./conversation-access.ts";
import type { AttachmentRef } from "./genie.ts";
import type { Asker, ConversationLedger, Space } from "./ports.ts";
import type { PreparationSeal, Preparing } from "./preparation.ts";
import { readRowsBetween } from "./read-chunks.ts";
import type { ResultColumn, ResultRow } from "./result-rows.ts";
import { readyResult, resultExpired } from "./result-state.ts";
import { openTicket, rowsPreparing } from "./ticket.ts";

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
  readonly ticket: string | undefined;
}

interface PageDeps {
  readonly seal: PreparationSeal;
  readonly ledger: ConversationLedger;
}

/** @throws AppError `result_expired`, `attachment_not_found`; `invalid_request` for a ticket of somebody else */
export function createPageReading({ seal, ledger }: PageDeps) {
  return async (asker: Asker, wanted: PageWanted): Promise<RowsPage | Preparing> => {
    const { space, ref, pageSize, ticket } = wanted;
    await ensureOwnConversation(ledger, asker, space, ref.conversationId);
    const key = { ...ref, kind: "rows", owner: asker.owner } as const;
    if (ticket !== undefined) await openTicket(seal, key, ticket);
    const genie = await asker.genie();
    const result = await readyResult(genie, ref, await genie.queryResult(ref, ref.attachmentId));
    if (result === undefined) return rowsPreparing(seal, key);
    const { statementId, columns, rowCount, truncated } = result;
    const position = wanted.position ?? { statementId, offset: 0 };
    if (position.statementId !== statementId) throw resultExpired();
    const { offset } = position;
    const rows = await readRowsBetween(genie, result, { from: offset, to: offset + pageSize });
    const next = offset + rows.length;
    const nextOffset = rows.length > 0 && next < rowCount ? next : undefined;
    return { kind: "page", statementId, columns, rows, rowCount, truncated, nextOffset };
  };
}
