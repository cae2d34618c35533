// Operations in this process's memory, behind the same port that a durable store will implement. What it
// keeps is gone when the process ends; nothing is ever written to disk. Finished operations are kept for 24 h.

import type { Operation } from "../operations/operation.ts";
import { isFinished, messageRefOf } from "../operations/operation-transitions.ts";
import { ownerKey } from "../operations/owner.ts";
import type {
  CreateOutcome,
  IdempotencyClaim,
  OperationStore,
  Versioned,
} from "../operations/ports.ts";
import type { Clock } from "../telemetry/clock.ts";

/** Design §3.2, §3.4: keys and finished operations live 24 h. */
const LIFETIME_MS = 24 * 3600_000;
/** A bound on memory: about 2 KB each. Beyond it the oldest finished ones go first. */
const MAX_OPERATIONS = 50_000;

interface Kept {
  operation: Operation;
  version: number;
  claim: IdempotencyClaim | null;
}

/** Every method runs to its end without yielding, so each is atomic in this process. */
export function createMemoryOperationStore(deps: { readonly clock: Clock }): OperationStore {
  const kept = new Map<string, Kept>();
  const claims = new Map<string, { body: string; id: string }>();

  const drop = (id: string, { claim }: Kept): void => {
    kept.delete(id);
    if (claim !== null && claims.get(claim.scope)?.id === id) claims.delete(claim.scope);
  };
  const sweep = (): void => {
    const oldest = deps.clock.now() - LIFETIME_MS;
    for (const [id, entry] of kept) {
      const tooMany = kept.size >= MAX_OPERATIONS && isFinished(entry.operation);
      if (!tooMany && entry.operation.createdAt > oldest) break; // insertion order is age
      drop(id, entry);
    }
  };
  const versionedOf = (entry: Kept): Versioned => ({
    operation: entry.operation,
    etag: String(entry.version),
  });
  const find = (matches: (operation: Operation) => boolean): Kept | undefined => {
    for (const entry of kept.values()) if (matches(entry.operation)) return entry;
    return undefined;
  };

  const findRepeated = (claim: IdempotencyClaim): CreateOutcome | undefined => {
    const held = claims.get(claim.scope);
    const entry = held && kept.get(held.id);
    if (!held || !entry) return undefined;
    if (held.body !== claim.body) return { kind: "key_reused" };
    return { kind: "repeated", versioned: versionedOf(entry) };
  };
  const insert = (operation: Operation, claim: IdempotencyClaim | null): CreateOutcome => {
    const busy = find((other) => isBusyFor(other, operation));
    if (busy !== undefined) return { kind: "conversation_busy", versioned: versionedOf(busy) };
    const entry = { operation, version: 1, claim };
    kept.set(operation.id, entry);
    if (claim !== null) claims.set(claim.scope, { body: claim.body, id: operation.id });
    return { kind: "created", versioned: versionedOf(entry) };
  };

  return {
    create: async (operation, claim) => {
      sweep();
      return (claim && findRepeated(claim)) ?? insert(operation, claim);
    },
    read: async (id) => {
      const entry = kept.get(id);
      return entry === undefined ? undefined : versionedOf(entry);
    },
    replace: async (operation, etag) => {
      const entry = kept.get(operation.id);
      if (entry === undefined || String(entry.version) !== etag) return undefined;
      entry.operation = operation;
      entry.version += 1;
      if (endedUnasked(operation) && entry.claim !== null) {
        claims.delete(entry.claim.scope); // it frees its key (design §3.2)
        entry.claim = null;
      }
      return versionedOf(entry);
    },
    findByMessage: async (owner, messageId) =>
      find(
        (operation) =>
          messageRefOf(operation)?.messageId === messageId &&
          ownerKey(operation.owner) === ownerKey(owner),
      )?.operation,
  };
}

function isBusyFor(other: Operation, operation: Operation): boolean {
  if (operation.followUpOf === null || isFinished(other)) return false;
  const conversationId = messageRefOf(other)?.conversationId ?? other.followUpOf;
  return (
    conversationId === operation.followUpOf && ownerKey(other.owner) === ownerKey(operation.owner)
  );
}

/** Ended before anything was sent: refused by Databricks or lost in between does not count. */
function endedUnasked(operation: Operation): boolean {
  if (!isFinished(operation) || operation.asked !== null) return false;
  return operation.status !== "failed" || operation.failure.code === "databricks_unavailable";
}
