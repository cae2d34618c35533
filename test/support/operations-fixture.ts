// The operations domain wired with memory stores, a virtual clock and a scripted Genie.

import { createAdvance } from "../../shared/operations/advance.ts";
import { createAsk } from "../../shared/operations/ask.ts";
import type { AskRequest } from "../../shared/operations/ask-request.ts";
import { createDrive } from "../../shared/operations/drive.ts";
import { createBackgroundDrive } from "../../shared/operations/drive-in-background.ts";
import { createOperationAccess } from "../../shared/operations/operation-access.ts";
import type { Owner } from "../../shared/operations/owner.ts";
import type { Asker, OperationsDeps } from "../../shared/operations/ports.ts";
import { createSweep } from "../../shared/operations/sweep.ts";
import { createMemoryStores, type MemoryStores } from "./memory-stores.ts";
import { createScriptedGenie, type ScriptedGenie } from "./scripted-genie.ts";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.ts";

const silentLogger = { info: () => {}, warn: () => {}, error: () => {} };

const anOwner: Owner = { kind: "user", tenantId: "t", objectId: "analyst" };
export const anAppOwner: Owner = { kind: "app", tenantId: "t", clientId: "flow" };

export function anAskRequest(overrides: Partial<AskRequest> = {}): AskRequest {
  return {
    question: "average delay by carrier",
    space: { alias: "default", id: "5".repeat(32) },
    conversationId: null,
    callbackUrl: null,
    waitMs: 0,
    claim: null,
    linkBase: "https://gateway.example",
    ...overrides,
  };
}

interface FixtureOptions {
  readonly deadlineMs?: number;
  /** To wire a second worker to the stores and the Genie of a first one. */
  readonly sharedWith?: { clock: VirtualClock; genie: ScriptedGenie; stores: MemoryStores };
}

export function createOperationsFixture({ deadlineMs, sharedWith }: FixtureOptions = {}) {
  const clock = sharedWith?.clock ?? createVirtualClock();
  const genie = sharedWith?.genie ?? createScriptedGenie(clock);
  const stores = sharedWith?.stores ?? createMemoryStores({ clock });
  let ids = 0;
  const deps: OperationsDeps = {
    ...stores,
    clock,
    logger: silentLogger,
    deadlineMs: deadlineMs ?? 600_000,
    newId: () => `operation-${String(++ids).padStart(14, "0")}`,
  };
  const advance = createAdvance(deps);
  const drive = createDrive(deps, advance);
  const askerOf = (owner: Owner): Asker => ({
    owner,
    genie: async () => genie,
    databricksToken: async () => ({ token: "a-token", expiresAt: clock.now() + 3_600_000 }),
  });
  const work = createBackgroundDrive(deps, advance, async (operation) => {
    if (operation.owner.kind !== "user") return askerOf(operation.owner);
    const token = await deps.custody.open(operation);
    return token === undefined ? undefined : askerOf(operation.owner);
  });
  return {
    clock,
    genie,
    stores,
    deps,
    askerOf,
    asker: askerOf(anOwner),
    ask: createAsk(deps, advance, drive),
    access: createOperationAccess(deps, advance, drive),
    work,
    sweep: createSweep(deps),
  };
}
