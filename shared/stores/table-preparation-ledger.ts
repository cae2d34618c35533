// Which download or rerun was started within the last 60 s: a row beside the conversation's index, taken by
// compare-and-set, so that two requests on two workers start one between them. It holds no row of an answer.

import type {
  PreparationClaim,
  PreparationKey,
  PreparationLedger,
  StandingStart,
} from "../operations/preparation.ts";
import type { Clock } from "../telemetry/clock.ts";
import { dateOf } from "./operation-columns.ts";
import { recordKey } from "./record-key.ts";
import type { StorageClients } from "./storage-clients.ts";
import { CONVERSATIONS_TABLE } from "./storage-names.ts";
import { indexPartition } from "./table-conversation-index.ts";
import { deleteRow, type Row, type RowKey, readRow, writeRow } from "./table-rows.ts";

/** Design §3.6: without `download` at most one starts in this time. */
const ONE_IN_MS = 60_000;

interface LedgerDeps {
  readonly clients: StorageClients;
  readonly clock: Clock;
}

export function createTablePreparationLedger({ clients, clock }: LedgerDeps): PreparationLedger {
  const openTable = () => clients.table(CONVERSATIONS_TABLE);

  const take = async (key: PreparationKey, etag?: string): Promise<PreparationClaim> => {
    const row = { ...rowKeyOf(key), lifetimeFrom: dateOf(clock.now()) };
    const outcome = await writeRow(await openTable(), row, etag);
    if (outcome.written) return { kind: "granted", version: outcome.etag };
    const { present } = outcome;
    const standing = standingIn(present, clock.now());
    if (standing !== undefined) return standing;
    // Somebody took an old one before us: that request is about to start.
    return etag === undefined && present !== undefined
      ? take(key, present.etag)
      : { kind: "starting" };
  };

  return {
    claim: (key) => take(key),
    find: async (key) => standingIn(await readRow(await openTable(), rowKeyOf(key)), clock.now()),
    record: async (key, version, ticket) => {
      const row = { ...rowKeyOf(key), lifetimeFrom: dateOf(clock.now()), ticket };
      await writeRow(await openTable(), row, version);
    },
    release: async (key, version) => {
      await deleteRow(await openTable(), rowKeyOf(key), version);
    },
  };
}

function rowKeyOf({ kind, owner, ...ref }: PreparationKey): RowKey {
  const place = recordKey(ref.spaceId, ref.messageId, ref.attachmentId);
  return {
    partitionKey: indexPartition(owner, ref.conversationId),
    rowKey: `preparing-${kind}-${place}`,
  };
}

function standingIn(row: Row | undefined, now: number): StandingStart | undefined {
  const startedAt = row?.lifetimeFrom;
  if (!(startedAt instanceof Date) || now - startedAt.getTime() >= ONE_IN_MS) return undefined;
  return typeof row?.ticket === "string"
    ? { kind: "started", ticket: row.ticket, version: row.etag }
    : { kind: "starting" };
}
