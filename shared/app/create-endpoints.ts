// The endpoints from the settings and the domain: what each route calls, with the caller's own authority.

import path from "node:path";
import type { Settings } from "../config/settings.ts";
import { createGenie } from "../databricks/genie-client.ts";
import { DOCS_ASSETS_FOLDER } from "../openapi/asset-manifest.ts";
import { createDocsAssets } from "../openapi/docs-assets.ts";
import { createFeedbackGiving } from "../operations/give-feedback.ts";
import { createConversationReading } from "../operations/read-conversations.ts";
import { createMessageReading } from "../operations/read-messages.ts";
import { createPageReading } from "../operations/read-results.ts";
import { createVisualizationReading } from "../operations/read-visualization.ts";
import { createRerun } from "../operations/rerun-query.ts";
import { createRowStreaming } from "../operations/stream-rows.ts";
import { limitBudget } from "../outbound/limit-budget.ts";
import type { Sealing } from "../sealing/sealing.ts";
import { type AskerOf, createAskerOf } from "./asker.ts";
import type { Callbacks } from "./create-callbacks.ts";
import type { Identity } from "./create-identity.ts";
import type { Operations } from "./create-operations.ts";
import { createAskingEndpoints } from "./endpoints/asking-endpoints.ts";
import { createDocsEndpoints } from "./endpoints/docs-endpoints.ts";
import { createMessageEndpoints } from "./endpoints/message-endpoints.ts";
import { createOperationEndpoints } from "./endpoints/operation-endpoints.ts";
import { createReadingEndpoints } from "./endpoints/reading-endpoints.ts";
import { createResultEndpoints } from "./endpoints/result-endpoints.ts";
import type { OutwardDeps } from "./outward-deps.ts";

export interface EndpointParts {
  readonly identity: Identity;
  readonly operations: Operations;
  readonly sealing: Sealing;
  readonly callbacks: Callbacks;
}

/** A request that reads gives Databricks this long in all; one that waits for Genie has its wait instead. */
const READ_BUDGET_MS = 20_000;

/** Beside the bundle, whichever of its files this is. */
const DOCS_ASSETS = path.join(import.meta.dirname, DOCS_ASSETS_FOLDER);

export type Endpoints = ReturnType<typeof createEndpoints>;

export function createEndpoints(settings: Settings, parts: EndpointParts, outward: OutwardDeps) {
  const { operations, sealing, callbacks } = parts;
  const { store, ledger, conversations } = operations.deps;
  const { clock } = outward;
  const { spaces } = settings;
  const askerOf = createDirectAskerOf(settings, parts.identity, outward);
  const readerOf = createReaderOf(settings, parts.identity, outward);
  const preparing = { ledger, clock, ...operations.preparing };
  return {
    ...createAskingEndpoints({
      askerOf,
      spaces,
      clock,
      sealing,
      admitCallback: callbacks.admit,
      ask: operations.ask,
    }),
    ...createOperationEndpoints({
      askerOf,
      clock,
      sealing,
      access: operations.access,
      functionKeyMode: settings.inbound.appEndpointAuth === "function-key",
      maxWaitMs: settings.limits.maxWaitSeconds * 1_000,
    }),
    ...createReadingEndpoints({
      askerOf: readerOf,
      spaces,
      workspaceUrl: settings.databricks.workspaceUrl,
      conversations: createConversationReading(ledger),
      messages: createMessageReading({ ledger, store, conversations, clock }),
    }),
    ...createResultEndpoints({
      readerOf,
      askerOf,
      spaces,
      clock,
      readPage: createPageReading(preparing),
      streamRows: createRowStreaming(preparing),
      rerun: createRerun(preparing),
    }),
    ...createMessageEndpoints({
      askerOf: readerOf,
      spaces,
      visualization: createVisualizationReading(ledger),
      giveFeedback: createFeedbackGiving(ledger),
    }),
    ...createDocsEndpoints(settings, createDocsAssets(DOCS_ASSETS)),
  };
}

/** For requests that wait for Genie: each call has its own time-out. */
export function createDirectAskerOf(
  { databricks: { workspaceUrl } }: Settings,
  { tokens }: Identity,
  outward: OutwardDeps,
): AskerOf {
  const genieWith = (source: Parameters<typeof createGenie>[0]["tokens"]) =>
    createGenie({ ...outward, workspaceUrl, tokens: source });
  return createAskerOf({ tokens, genieWith });
}

function createReaderOf(
  { databricks: { workspaceUrl } }: Settings,
  { tokens }: Identity,
  outward: OutwardDeps,
): AskerOf {
  return createAskerOf({
    tokens,
    genieWith: (source) => {
      const send = limitBudget(outward.send, outward.clock, READ_BUDGET_MS);
      return createGenie({ ...outward, send, workspaceUrl, tokens: source });
    },
  });
}
