// An example of each success body that is more than bytes or a page for people, by the name of its schema, and of rows
// by their media type.

import { PLACEHOLDER_BASE } from "../placeholders.ts";
import {
  ATTACHMENT,
  COLUMNS,
  CONVERSATION,
  completedAnswer,
  failedAnswer,
  operationExample,
  RESULT_ROWS,
  runningAnswer,
  STATEMENT,
} from "./answer-examples.ts";

type Examples = Readonly<Record<string, { readonly summary: string; readonly value: unknown }>>;

const one = (summary: string, value: unknown): Examples => ({ example: { summary, value } });

const conversation = {
  conversation_id: CONVERSATION,
  space: "default",
  title: "Revenue by region",
  created_at: "2026-11-23T10:15:00.000Z",
};
const space = { space: "default", title: "Sales", description: "Orders since 2019" };
const withoutRows = {
  ...completedAnswer,
  results: completedAnswer.results.map((result) => ({ ...result, rows: [] })),
};

/** Name of the schema → examples. */
const BY_SCHEMA: Readonly<Record<string, Examples>> = {
  Answer: {
    completed: { summary: "Answered", value: completedAnswer },
    running: { summary: "Still running, with async=never", value: runningAnswer },
    failed: { summary: "Failed, with async=never", value: failedAnswer },
    card: {
      summary: "As an Adaptive Card",
      value: { type: "AdaptiveCard", version: "1.5", body: [] },
    },
  },
  Operation: one("On its way", operationExample),
  OperationEvent: one("A change", {
    event: "stage",
    data: { status: "running", stage: "EXECUTING_QUERY" },
  }),
  SpaceList: one("What may be asked", { spaces: [space] }),
  Space: one("A space", space),
  ConversationList: one("A page", { conversations: [conversation], next_page_token: "MjAyNg" }),
  ConversationWithMessages: one("With its messages", { ...conversation, messages: [withoutRows] }),
  MessageList: one("The newest page", { messages: [withoutRows] }),
  ResultPage: one("The only page", {
    columns: COLUMNS,
    rows: RESULT_ROWS,
    row_count: 2,
    truncated: false,
  }),
  Preparing: one("Not ready", {
    status: "running",
    retry_after_s: 2,
    links: { self: `${PLACEHOLDER_BASE}/genie/conversation/${CONVERSATION}` },
  }),
  Rerun: one("Ran again", { attachment_id: ATTACHMENT, statement_id: STATEMENT }),
  Me: one("The signed-in user", {
    user_id: "7212345678901234",
    user_name: "someone@example.com",
    display_name: "Someone",
    active: true,
    workspace_url: "https://adb-1234567890123456.7.azuredatabricks.net",
  }),
  Health: one("Alive", { status: "healthy", version: "0.1.0" }),
  Readiness: one("Ready", {
    status: "ok",
    version: "0.1.0",
    checks: Object.fromEntries(
      ["configuration", "key_vault", "secret_expiry", "entra", "storage", "databricks"].map(
        (check) => [check, { status: "ok" }],
      ),
    ),
  }),
};

const BY_MEDIA_TYPE: Readonly<Record<string, Examples>> = {
  "text/markdown": one("Answered", completedAnswer.answer),
  "text/plain": one("Answered", "Revenue was highest in EMEA."),
  "text/csv": one("Two rows", "region,revenue\r\nEMEA,1234567.89\r\nAPAC,987654.32\r\n"),
  "application/x-ndjson": one(
    "Two rows",
    RESULT_ROWS.map((row) => `${JSON.stringify(row)}\n`).join(""),
  ),
};

/**
 * Undefined for bytes and for pages.
 * @param all media types of the same body: text that is no form of JSON is a page or a file
 */
export function successExamples(
  mediaType: string,
  schemaName: string | undefined,
  all: readonly string[],
): Examples | undefined {
  const asText = all.includes("application/json") ? BY_MEDIA_TYPE[mediaType] : undefined;
  return BY_SCHEMA[schemaName ?? ""] ?? asText;
}
