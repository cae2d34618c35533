// The domain from the settings: stores, queue, budget and custody, and the use cases on top of them.

import { randomBytes } from "node:crypto";
import type { Settings } from "../config/settings.ts";
import { createAdvance } from "../operations/advance.ts";
import { createAsk } from "../operations/ask.ts";
import { createDrive } from "../operations/drive.ts";
import { createOperationAccess } from "../operations/operation-access.ts";
import type { OperationsDeps } from "../operations/ports.ts";
import type { PreparationDeps } from "../operations/preparation.ts";
import type { Sealing } from "../sealing/sealing.ts";
import { createQueueWorkQueue } from "../stores/queue-work-queue.ts";
import { createPreparationSeal } from "../stores/seal-preparation.ts";
import type { StorageClients } from "../stores/storage-clients.ts";
import { createTableConversationIndex } from "../stores/table-conversation-index.ts";
import { createTableConversationLedger } from "../stores/table-conversation-ledger.ts";
import { createTableOperationStore } from "../stores/table-operation-store.ts";
import { createTablePreparationLedger } from "../stores/table-preparation-ledger.ts";
import { createTableQuestionBudget } from "../stores/table-question-budget.ts";
import { createTableTokenCustody } from "../stores/table-token-custody.ts";
import type { OutwardDeps } from "./outward-deps.ts";

export interface Operations {
  readonly deps: OperationsDeps;
  readonly preparing: PreparationDeps;
  readonly advance: ReturnType<typeof createAdvance>;
  readonly ask: ReturnType<typeof createAsk>;
  readonly access: ReturnType<typeof createOperationAccess>;
}

export function createOperations(
  settings: Settings,
  { clients, sealing }: { readonly clients: StorageClients; readonly sealing: Sealing },
  { clock, logger }: Pick<OutwardDeps, "clock" | "logger">,
): Operations {
  const deadlineMs = settings.limits.deadlineMinutes * 60_000;
  const { questionsPerMinute } = settings.limits;
  const shared = { clients, sealing, clock, logger };
  const budget = { storage: clients, clock, logger, questionsPerMinute, deadlineMs };
  const deps: OperationsDeps = {
    store: createTableOperationStore(shared),
    conversations: createTableConversationIndex(shared),
    ledger: createTableConversationLedger(clients),
    budget: createTableQuestionBudget(budget),
    queue: createQueueWorkQueue(clients),
    custody: createTableTokenCustody({ ...shared, audience: settings.databricks.resourceId }),
    clock,
    logger,
    deadlineMs,
    newId: () => randomBytes(24).toString("base64url"),
  };
  const advance = createAdvance(deps);
  const drive = createDrive(deps, advance);
  return {
    deps,
    preparing: {
      seal: createPreparationSeal(sealing, clock),
      preparations: createTablePreparationLedger(shared),
    },
    advance,
    ask: createAsk(deps, advance, drive),
    access: createOperationAccess(deps, advance, drive),
  };
}
