// Walks a table by a filter, a bounded stretch at a time: the next walk goes on where the last one stopped, so that
// what comes early in the table never keeps what comes late from being seen.

import type { TableClient } from "@azure/data-tables";
import { storageCall } from "./storage-call.ts";
import type { Row } from "./table-rows.ts";

interface Walk {
  /** OData. */
  readonly filter: string;
  /** Columns; all without it. */
  readonly select?: string[];
  readonly limit: number;
}

/** Of one walk. A page may well be empty: storage looks through so much of the table and then says where to go on. */
const MAX_PAGES = 20;
/** Of one page, set by Azure. */
const MAX_ROWS = 1_000;

/** The first rows of a walk, at most `limit`. Throws AppError `storage_unavailable`. */
export function readRows(table: TableClient, walk: Walk): Promise<readonly Row[]> {
  return createTableScan()(table, walk);
}

/** At most `limit` rows each time. Throws AppError `storage_unavailable`. */
export function createTableScan(): (table: TableClient, walk: Walk) => Promise<readonly Row[]> {
  let resumeAt: string | undefined;
  return async (table, { limit, ...queryOptions }) => {
    const rows: Row[] = [];
    for (let page = 0; page < MAX_PAGES && rows.length < limit; page++) {
      const maxPageSize = Math.min(limit - rows.length, MAX_ROWS);
      const start = resumeAt === undefined ? {} : { continuationToken: resumeAt };
      const found = await readPage(table, queryOptions, { maxPageSize, ...start });
      rows.push(...found.rows);
      resumeAt = found.next;
      if (resumeAt === undefined) break;
    }
    return rows;
  };
}

async function readPage(
  table: TableClient,
  queryOptions: { filter: string; select?: string[] },
  settings: { maxPageSize: number; continuationToken?: string },
): Promise<{ readonly rows: readonly Row[]; readonly next: string | undefined }> {
  const pages = table.listEntities({ queryOptions }).byPage(settings);
  return await storageCall(async () => {
    for await (const page of pages) return { rows: page, next: page.continuationToken };
    return { rows: [], next: undefined };
  });
}

/** For a walk that only deletes. */
export const KEY_COLUMNS = ["PartitionKey", "RowKey"];

/** What `deleteRows` needs of a row. */
export function versionOf({ partitionKey = "", rowKey = "", etag }: Row) {
  return { partitionKey, rowKey, etag };
}

/** Epoch ms as a date of an OData filter. */
export function dateLiteral(time: number): string {
  return `datetime'${new Date(time).toISOString()}'`;
}
