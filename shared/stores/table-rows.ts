// Reading, writing and deleting one table row. A write carries a mark of its own: when the reply to it got lost and
// the SDK sent it again, the storage refuses the repetition, and the mark tells that the row there is ours.

import { randomUUID } from "node:crypto";
import type { TableClient, TableEntityResult } from "@azure/data-tables";
import { refusalOf, storageCall } from "./storage-call.ts";

export type Row = TableEntityResult<Record<string, unknown>>;

export interface RowKey {
  readonly partitionKey: string;
  readonly rowKey: string;
}

export type WriteOutcome =
  | { readonly written: true; readonly etag: string }
  /** Somebody else's row is there, or (for a replacement) none is left. */
  | { readonly written: false; readonly present: Row | undefined };

const DELETES_AT_ONCE = 8;

/** Undefined: there is none. Throws AppError `storage_unavailable`, as all functions here. */
export async function readRow(
  table: TableClient,
  { partitionKey, rowKey }: RowKey,
): Promise<Row | undefined> {
  try {
    return await storageCall(() => table.getEntity(partitionKey, rowKey));
  } catch (error) {
    if (refusalOf(error) === 404) return undefined;
    throw error;
  }
}

/** Creates the row, or with an `etag` replaces the whole row if it is still that version. */
export async function writeRow<Columns extends RowKey>(
  table: TableClient,
  columns: Columns,
  etag?: string,
): Promise<WriteOutcome> {
  const writeId = randomUUID();
  const row = { ...columns, writeId };
  try {
    const reply = await storageCall(() =>
      etag === undefined ? table.createEntity(row) : table.updateEntity(row, "Replace", { etag }),
    );
    if (reply.etag === undefined) throw new TypeError("the storage named no ETag");
    return { written: true, etag: reply.etag };
  } catch (error) {
    if (refusalOf(error) === undefined) throw error;
    const present = await readRow(table, columns);
    const isOurs = present?.writeId === writeId;
    return isOurs ? { written: true, etag: present.etag } : { written: false, present };
  }
}

/** False: it has changed since `etag`. A row that is not there counts as deleted. */
export async function deleteRow(
  table: TableClient,
  { partitionKey, rowKey }: RowKey,
  etag = "*",
): Promise<boolean> {
  try {
    await storageCall(() => table.deleteEntity(partitionKey, rowKey, { etag }));
    return true;
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined) throw error;
    return refusal === 404;
  }
}

/** Deletes what has not changed since it was read; returns what was deleted. */
export async function deleteRows(
  table: TableClient,
  rows: readonly (RowKey & { readonly etag: string })[],
): Promise<readonly RowKey[]> {
  const deleted: RowKey[] = [];
  for (let start = 0; start < rows.length; start += DELETES_AT_ONCE) {
    const batch = rows.slice(start, start + DELETES_AT_ONCE);
    const outcomes = await Promise.all(batch.map((row) => deleteRow(table, row, row.etag)));
    deleted.push(...batch.filter((_, index) => outcomes[index] === true));
  }
  return deleted;
}
