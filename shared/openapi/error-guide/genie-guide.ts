// Troubleshooting of questions that Genie took but did not answer: 422 and 504. The signs are the `detail` texts of
// shared/databricks/message-reasons.ts; a test compares them. Texts and nothing else.

import { type GuideEntry, withShell } from "./guide-entry.ts";

const BY_DETAIL = "What `detail` says";

export const genieGuide = {
  genie_rephrase: {
    meaning: "Genie cannot answer this question as it is put. Another wording can help.",
    steps: [
      {
        who: "caller",
        text: "Put the question in other words, shorter or narrower; best in a new conversation.",
      },
    ],
    cases: {
      title: BY_DETAIL,
      rows: [
        {
          sign: "Genie's content filter refused the question.",
          remedy: "Put the question in other words.",
        },
        {
          sign: "The question, together with its conversation, needs more room than Genie has.",
          remedy: "Ask a shorter or narrower question, in a new conversation.",
        },
        {
          sign: "Genie found no query result to visualise.",
          remedy: "Ask for the data first, then for the chart.",
        },
      ],
    },
  },
  genie_misconfigured: {
    meaning:
      "The question is fine; the Genie space, its budget or the workspace is not set up to answer. Asking again changes nothing.",
    steps: [
      {
        who: "space_manager",
        text: "Open the space and correct what `detail` names, then put the question in Genie itself: it must work there first.",
      },
      withShell(
        "space_manager",
        "To give the space another SQL warehouse:",
        'databricks api patch /api/2.0/genie/spaces/<space-id> --json \'{"warehouse_id": "<warehouse-id>"}\'',
      ),
    ],
    cases: {
      title: BY_DETAIL,
      rows: [
        {
          sign: "The tables of the Genie space are missing, too many, or cannot be described.",
          remedy: "Manager of the space: Configure > Data.",
        },
        {
          sign: "A trusted answer or function of the Genie space is missing or wrongly defined.",
          remedy: "Manager of the space: Configure > Instructions, SQL functions and queries.",
        },
        {
          sign: "The SQL warehouse of the Genie space does not exist.",
          remedy: "Manager of the space: choose another warehouse, see above.",
        },
        {
          sign: "Databricks cannot create the catalogue objects that the Genie space needs.",
          remedy:
            "Metastore admin: check the catalogue and the space's storage path; then a manager saves the space again.",
        },
        {
          sign: "The budget for Genie is used up.",
          remedy: "Account admin: raise the budget policy, or wait for its next period.",
        },
        {
          sign: "The workspace has no language model that Genie may use.",
          remedy:
            "Workspace admin: turn on partner-powered AI features and pay-per-token model serving (Settings > Previews).",
        },
        {
          sign: "The configured workspace does not offer the Genie interface.",
          remedy:
            "Gateway's operator: check `GENIE__WORKSPACE_URL`. Workspace admin: Settings > Previews and the partner-powered AI features.",
        },
      ],
    },
  },
  genie_failed: {
    meaning:
      "Genie took the question and failed. The gateway never asks again by itself, because every question costs a slot of the workspace's limit.",
    steps: [
      {
        who: "caller",
        text: "Ask again, with a new `Idempotency-Key`; if it fails twice, in other words or in a new conversation.",
      },
      {
        who: "space_manager",
        text: "If one question fails again and again, add an example query for it under Configure > Instructions.",
      },
    ],
    cases: {
      title: BY_DETAIL,
      rows: [
        {
          sign: "Genie was overloaded or too slow to answer this question.",
          remedy: "Ask the same question again in a minute.",
        },
        {
          sign: "The SQL that Genie wrote for this question could not be run.",
          remedy: "Ask in other words; an example query in the space helps.",
        },
        {
          sign: "The message was cancelled, deleted or replaced while Genie worked on it.",
          remedy: "Ask again.",
        },
        {
          sign: "Genie failed to answer this question.",
          remedy: "Ask again in other words or in a new conversation.",
        },
        {
          sign: "Databricks did not accept the request.",
          remedy: "Ask in a new conversation; if it stays so, give an admin the `request_id`.",
        },
      ],
    },
  },
  ask_outcome_unknown: {
    meaning:
      "The question was sent, but the reply got lost or the worker that waited for it died. It may have been asked. The gateway does not ask twice, so it leaves the decision to you.",
    steps: [
      {
        who: "caller",
        text: "Look into the newest conversation of `GET /genie/conversations`: if the question stands there, read its answer; if not, ask again with a new `Idempotency-Key`.",
      },
    ],
  },
  deadline_exceeded: {
    meaning:
      "The question was not answered before the gateway's deadline (`GENIE__DEADLINE_MINUTES`, 10 minutes unless set). Genie may still finish.",
    steps: [
      {
        who: "caller",
        text: "Read the message behind `links.message` later, or ask a narrower question.",
      },
      {
        who: "warehouse_manager",
        text: "If it happens often, look at the start-up time and the queue of the SQL warehouse; a serverless warehouse starts in seconds.",
      },
      withShell(
        "operator",
        "Raise the deadline (1 to 30 minutes):",
        "az functionapp config appsettings set --name <function-app> --resource-group <group> --settings GENIE__DEADLINE_MINUTES=20",
      ),
    ],
  },
} as const satisfies Record<string, GuideEntry>;
