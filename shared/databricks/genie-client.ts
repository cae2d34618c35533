// The port `Genie` over Databricks' REST interface: one workspace, with the authority of one caller. This file only
// puts the parts together; snake_case, status codes and error texts stay inside this folder.

import type { Genie } from "../operations/genie.ts";
import { createAsking } from "./ask-genie.ts";
import { createConversationReading } from "./read-conversations.ts";
import { createFullResults } from "./read-full-results.ts";
import { createResultReading } from "./read-results.ts";
import { createVisualizationReading } from "./read-visualization.ts";
import { createFactReading } from "./read-workspace-facts.ts";
import { createFeedbackSending } from "./send-feedback.ts";
import { createWorkspaceCall, type WorkspaceDeps } from "./workspace-call.ts";

/** Cheap to make, so one per request; `send` is shared, it holds the circuits. */
export function createGenie(deps: WorkspaceDeps): Genie {
  const call = createWorkspaceCall(deps);
  return {
    ...createAsking(call),
    ...createConversationReading(call),
    ...createResultReading(call),
    ...createFullResults(deps, call),
    ...createVisualizationReading(call),
    ...createFeedbackSending(call),
    ...createFactReading(call),
  };
}
