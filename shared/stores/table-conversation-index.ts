// Which operation is the newest of a conversation, and which one asked which message: rows of one partition for each
// owner and conversation, so that an ask is remembered in one transaction. It holds ids only.

import type { TableClient } from "@azure/data-tables";
import { type Owner, ownerKey } from "../operations/owner.ts";
import type { ConversationIndex } from "../operations/ports.ts";
import type { Clock } from "../telemetry/clock.ts";
import { dateOf } from "./operation-columns.ts";
import { recordKey } from "./record-key.ts";
import { refusalOf, storageCall } from "./storage-call.ts";
import type { StorageClients } from "./storage-clients.ts";
import { CONVERSATIONS_TABLE } from "./storage-names.ts";
import { deleteRows, type Row, type RowKey, readRow, writeRow } from "./table-rows.ts";
import { createTableScan, dateLiteral, KEY_COLUMNS, versionOf } from "./table-scan.ts";

interface IndexDeps {
  readonly clients: StorageClients;
  readonly clock: Clock;
}

/** The ledger's partitions of the same table begin otherwise. */
const PREFIX = "index-";
const LAST_ROW = "last";
/** Half an hour for a slot, half an hour for the answer, and more: an operation asked before that has ended. */
const LONGEST_OPERATION_MS = 2 * 3_600_000;

export function createTableConversationIndex(deps: IndexDeps): ConversationIndex {
  const openTable = () => deps.clients.table(CONVERSATIONS_TABLE);
  const scanEnded = createTableScan();
  const rowOf = (key: RowKey, operationId: string) => ({
    ...key,
    operationId,
    lifetimeFrom: dateOf(deps.clock.now() + LONGEST_OPERATION_MS),
  });

  return {
    readLast: async (owner, conversationId) => {
      const row = await readRow(await openTable(), lastKey(owner, conversationId));
      const operationId = operationIdOf(row);
      if (row === undefined || operationId === undefined) return undefined;
      return { operationId, claimedAt: claimedAtOf(row), etag: row.etag };
    },
    claim: async (owner, conversationId, { operationId, etag }) => {
      const row = rowOf(lastKey(owner, conversationId), operationId);
      return (await writeRow(await openTable(), row, etag)).written;
    },
    recordAsk: async (owner, { operationId, conversationId, messageId, opensConversation }) => {
      const table = await openTable();
      const message = rowOf(messageKey(owner, conversationId, messageId), operationId);
      if (opensConversation) {
        const last = rowOf(lastKey(owner, conversationId), operationId);
        if (await createBoth(table, last, message)) return;
      }
      await storageCall(() => table.upsertEntity(message, "Replace"));
    },
    findByMessage: async (owner, conversationId, messageId) =>
      operationIdOf(await readRow(await openTable(), messageKey(owner, conversationId, messageId))),
    deleteEnded: async (before, limit) => {
      const table = await openTable();
      const filter = `PartitionKey ge '${PREFIX}' and PartitionKey lt '${PREFIX}~' and lifetimeFrom lt ${dateLiteral(before)}`;
      const rows = await scanEnded(table, { filter, select: KEY_COLUMNS, limit });
      return (await deleteRows(table, rows.map(versionOf))).length;
    },
  };
}

/** One transaction. False: there is a newest operation already, which a late record must not push aside. */
async function createBoth(table: TableClient, last: RowKey, message: RowKey): Promise<boolean> {
  try {
    await storageCall(() =>
      table.submitTransaction([
        ["create", { ...last }],
        ["upsert", { ...message }, "Replace"],
      ]),
    );
    return true;
  } catch (error) {
    if (refusalOf(error) !== 409) throw error;
    return false;
  }
}

/** What is known of one conversation of one owner; deleted a day after `lifetimeFrom`. */
export function indexPartition(owner: Owner, conversationId: string): string {
  return PREFIX + recordKey(ownerKey(owner), conversationId);
}

function lastKey(owner: Owner, conversationId: string): RowKey {
  return { partitionKey: indexPartition(owner, conversationId), rowKey: LAST_ROW };
}

function messageKey(owner: Owner, conversationId: string, messageId: string): RowKey {
  const rowKey = `message-${recordKey(messageId)}`;
  return { partitionKey: indexPartition(owner, conversationId), rowKey };
}

function claimedAtOf({ lifetimeFrom }: Row): number {
  return lifetimeFrom instanceof Date ? lifetimeFrom.getTime() - LONGEST_OPERATION_MS : 0;
}

function operationIdOf(row: Row | undefined): string | undefined {
  const operationId = row?.operationId;
  return typeof operationId === "string" ? operationId : undefined;
}
