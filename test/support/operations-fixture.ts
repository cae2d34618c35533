// The operations domain wired with memory stores, a virtual clock and a scripted Genie.

import { createAdvance } from "../../shared/operations/advance.ts";
import { type AskRequest, createAsk } from "../../shared/operations/ask.ts";
import { createDrive } from "../../shared/operations/drive.ts";
import { createOperationAccess } from "../../shared/operations/operation-access.ts";
import type { Owner } from "../../shared/operations/owner.ts";
import type { Asker, OperationsDeps } from "../../shared/operations/ports.ts";
import { createMemoryConversationLedger } from "../../shared/stores/memory-conversation-ledger.ts";
import { createMemoryOperationStore } from "../../shared/stores/memory-operation-store.ts";
import { createScriptedGenie } from "./scripted-genie.ts";
import { createVirtualClock } from "./virtual-clock.ts";

const silentLogger = { info: () => {}, warn: () => {}, error: () => {} };

const anOwner: Owner = { kind: "user", tenantId: "t", objectId: "analyst" };
export const anAppOwner: Owner = { kind: "app", tenantId: "t", clientId: "flow" };

export function anAskRequest(overrides: Partial<AskRequest> = {}): AskRequest {
  return {
    question: "average delay by carrier",
    space: { alias: "default", id: "5".repeat(32) },
    conversationId: null,
    waitMs: 0,
    claim: null,
    linkBase: "https://gateway.example",
    ...overrides,
  };
}

export function createOperationsFixture(options: { deadlineMs?: number } = {}) {
  const clock = createVirtualClock();
  const genie = createScriptedGenie(clock);
  let ids = 0;
  const deps: OperationsDeps = {
    clock,
    logger: silentLogger,
    store: createMemoryOperationStore({ clock }),
    ledger: createMemoryConversationLedger(),
    deadlineMs: options.deadlineMs ?? 600_000,
    newId: () => `operation-${String(++ids).padStart(14, "0")}`,
  };
  const advance = createAdvance(deps);
  const drive = createDrive(deps, advance);
  const askerOf = (owner: Owner): Asker => ({ owner, genie: async () => genie });
  return {
    clock,
    genie,
    deps,
    askerOf,
    asker: askerOf(anOwner),
    ask: createAsk(deps, advance, drive),
    access: createOperationAccess(deps, drive),
  };
}
