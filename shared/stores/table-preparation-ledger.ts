// Which download or rerun was started within the last 60 s: a row beside the conversation's index, taken by
// compare-and-set, so that two requests on two workers start one between them. It holds no row of an answer.

import type {
  PreparationClaim,
  PreparationKey,
  PreparationLedger,
} from "../operations/preparation.ts";
import type { Clock } from "../telemetry/clock.ts";
import { dateOf } from "./operation-columns.ts";
import { recordKey } from "./record-key.ts";
import type { StorageClients } from "./storage-clients.ts";
import { CONVERSATIONS_TABLE } from "./storage-names.ts";
import { indexPartition } from "./table-conversation-index.ts";
import { deleteRow, type Row, type RowKey, writeRow } from "./table-rows.ts";

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
    if (present !== undefined && isRecent(present, clock.now())) return claimOf(present);
    // Somebody took an old one before us: that request is about to start.
    return etag === undefined && present !== undefined
      ? take(key, present.etag)
      : { kind: "starting" };
  };

  return {
    claim: (key) => take(key),
    record: async (key, version, sealed) => {
      const row = { ...rowKeyOf(key), lifetimeFrom: dateOf(clock.now()), sealed };
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

function isRecent({ lifetimeFrom }: Row, now: number): boolean {
  return lifetimeFrom instanceof Date && now - lifetimeFrom.getTime() < ONE_IN_MS;
}

function claimOf({ sealed }: Row): PreparationClaim {
  return typeof sealed === "string" ? { kind: "started", sealed } : { kind: "starting" };
}
