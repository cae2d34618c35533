// Erases what the gateway's storage holds about one user: operations with their sealed question, callback and token,
// and the rows that lead from that user's conversations to them. It finds them by the owner, which is in the clear.
//
// A row whose operation is gone already holds an id under a hash of the person, no more, and is deleted within two hours.
// What Databricks, Entra and the logs hold is not erased here (docs/operations.md).

import type { TableClient } from "@azure/data-tables";
import { ownerKey } from "../../shared/operations/owner.ts";
import type { StorageClients } from "../../shared/stores/storage-clients.ts";
import { CONVERSATIONS_TABLE, OPERATIONS_TABLE } from "../../shared/stores/storage-names.ts";
import { indexPartition } from "../../shared/stores/table-conversation-index.ts";
import { deleteRow, type Row } from "../../shared/stores/table-rows.ts";

export interface Person {
  readonly tenantId: string;
  readonly objectId: string;
}

export interface Erased {
  readonly operations: number;
  readonly conversations: number;
  /** Rows in all, of both tables. */
  readonly rows: number;
}

/** @param isDryRun counts and deletes nothing. @throws AppError `storage_unavailable` */
export async function erasePerson(
  clients: StorageClients,
  person: Person,
  isDryRun: boolean,
): Promise<Erased> {
  const owner = { kind: "user", ...person } as const;
  const operations = await clients.table(OPERATIONS_TABLE);
  const conversations = await clients.table(CONVERSATIONS_TABLE);
  const own = await allRows(operations, `owner eq '${ownerKey(owner)}'`);
  const conversationIds = new Set(own.flatMap((row) => conversationIdsOf(row)));
  const partitions = [...conversationIds].map((id) => indexPartition(owner, id));
  let rows = 0;
  // The index first: should this be cut off, the operations still lead to what is left of it.
  for (const partition of partitions) rows += await erase(conversations, partition, isDryRun);
  for (const { partitionKey = "" } of own) rows += await erase(operations, partitionKey, isDryRun);
  return { operations: own.length, conversations: partitions.length, rows };
}

function conversationIdsOf({ conversationId, followUpOf }: Row): string[] {
  return [conversationId, followUpOf].filter((id) => typeof id === "string");
}

/** Whole partitions: an operation's holds its sealed token too. */
async function erase(table: TableClient, partition: string, isDryRun: boolean): Promise<number> {
  const rows = await allRows(table, `PartitionKey eq '${partition}'`);
  if (isDryRun) return rows.length;
  for (const { partitionKey = "", rowKey = "" } of rows) {
    await deleteRow(table, { partitionKey, rowKey });
  }
  return rows.length;
}

/** Every row, however many pages of other people's rows lie between. */
async function allRows(table: TableClient, filter: string): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of table.listEntities({ queryOptions: { filter } })) rows.push(row);
  return rows;
}
