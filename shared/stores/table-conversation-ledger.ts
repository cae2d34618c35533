// Which app caller started which conversation (design §3.5), kept until the conversation is deleted. One partition
// for each owner and space; each conversation has a row to find it by id and one that sorts it by time, written and
// deleted together.

import type { TableClient } from "@azure/data-tables";
import { type Owner, ownerKey } from "../operations/owner.ts";
import type { ConversationLedger, OwnedConversation } from "../operations/ports.ts";
import { dateOf } from "./operation-columns.ts";
import { recordKey } from "./record-key.ts";
import { refusalOf, storageCall } from "./storage-call.ts";
import type { StorageClients } from "./storage-clients.ts";
import { CONVERSATIONS_TABLE } from "./storage-names.ts";
import { type Row, readRow } from "./table-rows.ts";
import { readRows } from "./table-scan.ts";

/** A bound on a list, ten pages of storage: the newest ones are shown. */
const MAX_LISTED = 10_000;

export function createTableConversationLedger(clients: StorageClients): ConversationLedger {
  const openTable = () => clients.table(CONVERSATIONS_TABLE);
  return {
    record: async (owner, spaceId, conversation) => {
      const rows = rowsOf(partitionOf(owner, spaceId), conversation);
      await submit(await openTable(), "create", rows, 409);
    },
    has: async (owner, spaceId, conversationId) => {
      const key = { partitionKey: partitionOf(owner, spaceId), rowKey: idRow(conversationId) };
      return (await readRow(await openTable(), key)) !== undefined;
    },
    list: async (owner, spaceId) => {
      const partition = `PartitionKey eq '${partitionOf(owner, spaceId)}'`;
      const filter = `${partition} and RowKey ge 'time-' and RowKey lt 'time-~'`;
      const rows = await readRows(await openTable(), { filter, limit: MAX_LISTED });
      return rows.map(conversationOf).filter((conversation) => conversation !== undefined);
    },
    remove: async (owner, spaceId, conversationId) => {
      const table = await openTable();
      const partitionKey = partitionOf(owner, spaceId);
      const row = await readRow(table, { partitionKey, rowKey: idRow(conversationId) });
      const conversation = row && conversationOf(row);
      if (conversation === undefined) return;
      await submit(table, "delete", rowsOf(partitionKey, conversation), 404);
    },
  };
}

type LedgerRow = ReturnType<typeof rowsOf>[number];

/** Both rows or none. `done`: the refusal that says that it has been done before. */
async function submit(
  table: TableClient,
  action: "create" | "delete",
  rows: readonly LedgerRow[],
  done: 404 | 409,
): Promise<void> {
  try {
    await storageCall(() => table.submitTransaction(rows.map((row) => [action, { ...row }])));
  } catch (error) {
    if (refusalOf(error) !== done) throw error;
  }
}

function partitionOf(owner: Owner, spaceId: string): string {
  return `ledger-${recordKey(ownerKey(owner), spaceId)}`;
}

function rowsOf(partitionKey: string, { conversationId, createdAt }: OwnedConversation) {
  const columns = { partitionKey, conversationId, createdAt: dateOf(createdAt) };
  return [
    { ...columns, rowKey: idRow(conversationId) },
    { ...columns, rowKey: timeRow(conversationId, columns.createdAt) },
  ];
}

function idRow(conversationId: string): string {
  return `id-${recordKey(conversationId)}`;
}

/** Storage sorts by row key, upwards: time counts down to put the newest first. */
function timeRow(conversationId: string, createdAt: Date): string {
  const countdown = String(10 ** 15 - createdAt.getTime()).padStart(16, "0");
  return `time-${countdown}-${recordKey(conversationId)}`;
}

function conversationOf(row: Row): OwnedConversation | undefined {
  const { conversationId, createdAt } = row;
  if (typeof conversationId !== "string" || !(createdAt instanceof Date)) return undefined;
  return { conversationId, createdAt: createdAt.getTime() };
}
