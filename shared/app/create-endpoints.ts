// The domain and its endpoints from the settings: stores, use cases, and what each route calls.

import { randomBytes } from "node:crypto";
import type { Settings } from "../config/settings.ts";
import { createGenie } from "../databricks/genie-client.ts";
import { createAdvance } from "../operations/advance.ts";
import { createAsk } from "../operations/ask.ts";
import { createDrive } from "../operations/drive.ts";
import { createOperationAccess } from "../operations/operation-access.ts";
import type { OperationsDeps } from "../operations/ports.ts";
import { createConversationReading } from "../operations/read-conversations.ts";
import { createMessageReading } from "../operations/read-messages.ts";
import { createResultReading } from "../operations/read-results.ts";
import { limitBudget } from "../outbound/limit-budget.ts";
import type { SendOutbound } from "../outbound/send-outbound.ts";
import { createMemoryConversationLedger } from "../stores/memory-conversation-ledger.ts";
import { createMemoryOperationStore } from "../stores/memory-operation-store.ts";
import type { Clock } from "../telemetry/clock.ts";
import type { Logger } from "../telemetry/logger.ts";
import { createAskerOf } from "./asker.ts";
import type { Identity } from "./create-identity.ts";
import { createAskingEndpoints } from "./endpoints/asking-endpoints.ts";
import { createReadingEndpoints } from "./endpoints/reading-endpoints.ts";

/** What every part that reaches out is made with. */
export interface OutwardDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly send: SendOutbound;
}

/** A request that reads gives Databricks this long in all; one that waits for Genie has its wait instead. */
const READ_BUDGET_MS = 20_000;

export type Endpoints = ReturnType<typeof createEndpoints>;

export function createEndpoints(settings: Settings, identity: Identity, deps: OutwardDeps) {
  const { workspaceUrl } = settings.databricks;
  const { clock } = deps;
  const askerOf = createAskerOf({
    tokens: identity.tokens,
    genieWith: (tokens) => createGenie({ ...deps, workspaceUrl, tokens }),
  });
  const readerOf = createAskerOf({
    tokens: identity.tokens,
    genieWith: (tokens) => {
      const send = limitBudget(deps.send, clock, READ_BUDGET_MS);
      return createGenie({ ...deps, send, workspaceUrl, tokens });
    },
  });
  const store = createMemoryOperationStore({ clock });
  const ledger = createMemoryConversationLedger();
  const operations: OperationsDeps = {
    ...deps,
    store,
    ledger,
    deadlineMs: settings.limits.deadlineMinutes * 60_000,
    newId: () => randomBytes(24).toString("base64url"),
  };
  const advance = createAdvance(operations);
  const drive = createDrive(operations, advance);
  const { spaces } = settings;
  return {
    ...createAskingEndpoints({
      askerOf,
      spaces,
      clock,
      hashingKey: randomBytes(32), // the claims live no longer than this process
      ask: createAsk(operations, advance, drive),
      access: createOperationAccess(operations, drive),
    }),
    ...createReadingEndpoints({
      askerOf: readerOf,
      spaces,
      workspaceUrl,
      conversations: createConversationReading(ledger),
      messages: createMessageReading({ ledger, store, clock }),
      results: createResultReading(ledger),
    }),
  };
}
