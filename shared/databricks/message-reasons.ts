// Why a Genie message failed, in as many kinds as there are different things to do about it (design §3.9).
// Each is a whole failure: what happened, and who does what. Independent of what Genie wrote.

import type { Failure } from "../errors/app-error.ts";
import { DATA_FORBIDDEN, WAREHOUSE_FORBIDDEN } from "./grant-failures.ts";

export const MESSAGE_REASONS = {
  content_filtered: {
    code: "genie_rephrase",
    detail: "Genie's content filter refused the question.",
    remedy: "Put the question in other words.",
  },
  too_much_context: {
    code: "genie_rephrase",
    detail: "The question, together with its conversation, needs more room than Genie has.",
    remedy: "Ask a shorter or narrower question, best in a new conversation.",
  },
  nothing_to_visualise: {
    code: "genie_rephrase",
    detail: "Genie found no query result to visualise.",
    remedy: "Ask for the data first, then for the chart.",
  },
  space_tables: {
    code: "genie_misconfigured",
    detail: "The tables of the Genie space are missing, too many, or cannot be described.",
    remedy: "A manager of the Genie space opens Configure > Data and corrects its tables.",
  },
  space_trusted_answers: {
    code: "genie_misconfigured",
    detail: "A trusted answer or function of the Genie space is missing or wrongly defined.",
    remedy:
      "A manager of the Genie space opens Configure > Instructions and corrects its SQL functions and queries.",
  },
  space_warehouse: {
    code: "genie_misconfigured",
    detail: "The SQL warehouse of the Genie space does not exist.",
    remedy:
      'A manager of the Genie space chooses another warehouse: PATCH /api/2.0/genie/spaces/<space-id> with {"warehouse_id": "<warehouse-id>"}.',
  },
  space_catalog: {
    code: "genie_misconfigured",
    detail: "Databricks cannot create the catalogue objects that the Genie space needs.",
    remedy:
      "A metastore admin checks the catalogue and the space's storage path, then a manager saves the space again.",
  },
  budget: {
    code: "genie_misconfigured",
    detail: "The budget for Genie is used up.",
    remedy: "An account admin raises the budget policy, or waits for its next period.",
  },
  platform_models: {
    code: "genie_misconfigured",
    detail: "The workspace has no language model that Genie may use.",
    remedy:
      "A workspace admin turns on partner-powered AI features and pay-per-token model serving (Settings > Previews).",
  },
  warehouse_right: WAREHOUSE_FORBIDDEN,
  data_right: DATA_FORBIDDEN,
  busy: {
    code: "conversation_busy",
    detail:
      "Genie takes one question at a time in a conversation, and another one came in between.",
    remedy: "Wait for the other question to end and ask again.",
  },
  overloaded: {
    code: "genie_failed",
    detail: "Genie was overloaded or too slow to answer this question.",
    remedy: "Ask the same question again in a minute.",
  },
  sql_failed: {
    code: "genie_failed",
    detail: "The SQL that Genie wrote for this question could not be run.",
    remedy:
      "Ask again in other words; if it stays so, a manager of the Genie space adds an example query for it.",
  },
  stopped: {
    code: "genie_failed",
    detail: "The message was cancelled, deleted or replaced while Genie worked on it.",
    remedy: "Ask again.",
  },
  internal: {
    code: "genie_failed",
    detail: "Genie failed to answer this question.",
    remedy: "Ask again in other words or in a new conversation.",
  },
} as const satisfies Record<string, Failure>;

export type MessageReason = keyof typeof MESSAGE_REASONS;
