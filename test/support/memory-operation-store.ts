// The operation store in memory, with the same compare-and-set rules as the table: what unit tests of the domain run on.

import type { Operation } from "../../shared/operations/operation.ts";
import { isFinished, plannedMoveAt } from "../../shared/operations/operation-state.ts";
import type { OperationStore, Versioned } from "../../shared/operations/ports.ts";

export interface MemoryOperationStore extends OperationStore {
  /** Everything kept, oldest first. */
  all(): readonly Operation[];
  /** Called with each call's name before it happens; throw in it to play an outage or a lost race. */
  beforeEach: (method: keyof OperationStore) => void;
}

/** Every method runs to its end without yielding, so each is atomic. */
export function createMemoryOperationStore(): MemoryOperationStore {
  const kept = new Map<string, { operation: Operation; version: number }>();
  let versions = 0;

  const write = (operation: Operation): Versioned => {
    const entry = { operation, version: ++versions };
    kept.set(operation.id, entry);
    return versionedOf(entry);
  };
  const versionedOf = (entry: { operation: Operation; version: number }): Versioned => ({
    operation: entry.operation,
    etag: String(entry.version),
  });
  const isCurrent = (id: string, etag: string) => String(kept.get(id)?.version) === etag;
  const oldest = (limit: number, matches: (operation: Operation) => boolean) =>
    [...kept.values()].filter(({ operation }) => matches(operation)).slice(0, limit);

  const store: MemoryOperationStore = {
    all: () => [...kept.values()].map(({ operation }) => operation),
    beforeEach: () => undefined,
    create: async (operation) => {
      store.beforeEach("create");
      const present = kept.get(operation.id);
      if (present !== undefined) return { kind: "exists", versioned: versionedOf(present) };
      return { kind: "created", versioned: write(operation) };
    },
    read: async (id) => {
      store.beforeEach("read");
      const entry = kept.get(id);
      return entry && versionedOf(entry);
    },
    replace: async (operation, etag) => {
      store.beforeEach("replace");
      return isCurrent(operation.id, etag) ? write(operation) : undefined;
    },
    listOverdue: async (before, limit) => {
      store.beforeEach("listOverdue");
      const isOverdue = (operation: Operation) =>
        (plannedMoveAt(operation) ?? Number.POSITIVE_INFINITY) < before;
      return oldest(limit, isOverdue).map(versionedOf);
    },
    deleteEnded: async (before, limit) => {
      store.beforeEach("deleteEnded");
      const isOld = (operation: Operation) =>
        (isFinished(operation) ? operation.updatedAt : operation.expiresAt) < before;
      const old = oldest(limit, isOld);
      for (const { operation } of old) kept.delete(operation.id);
      return old.length;
    },
  };
  return store;
}
