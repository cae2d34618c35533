// An operation store as cold as a new worker's, and how a test puts its first row there. It asserts that the row is new.

import { expect } from "vitest";
import type { Operation } from "../../../shared/operations/operation.ts";
import type { OperationStore, Versioned } from "../../../shared/operations/ports.ts";
import { createTableOperationStore } from "../../../shared/stores/table-operation-store.ts";
import type { StorageStand } from "./storage-stand.ts";

export function startOperationWorker(stand: StorageStand): OperationStore {
  return createTableOperationStore({ ...stand, clients: stand.newClients() });
}

export async function create(store: OperationStore, operation: Operation): Promise<Versioned> {
  const { kind, versioned } = await store.create(operation);
  expect(kind).toBe("created");
  return versioned;
}
