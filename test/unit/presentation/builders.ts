// Messages, operations and views as the presentation tests need them; each with what it is asked to differ in.

import type { ProblemContext } from "../../../shared/contracts/problem.ts";
import type { GenieAttachment, GenieMessage } from "../../../shared/operations/genie.ts";
import type { Operation, Queued, Running } from "../../../shared/operations/operation.ts";
import type { AttachmentRows } from "../../../shared/operations/read-answer.ts";
import type { AnswerInput } from "../../../shared/presentation/answer.ts";
import type { AskView } from "../../../shared/presentation/ask-reply.ts";
import type { LinkContext } from "../../../shared/presentation/links.ts";

export const ASKED_AT = Date.UTC(2026, 10, 23, 10, 0, 2);
export const conversationId = "c".repeat(32);
export const messageId = "d".repeat(32);

type QueryAttachment = Extract<GenieAttachment, { kind: "query" }>;

export function aQuery(overrides: Partial<QueryAttachment> = {}): QueryAttachment {
  return {
    kind: "query",
    attachmentId: "a1",
    title: "Revenue by region",
    description: "You want the revenue of each region",
    sql: "SELECT region, revenue FROM sales",
    statementId: "s1",
    rowCount: 2,
    truncated: false,
    ...overrides,
  };
}

export function aText(
  content: string,
  purpose: "answer" | "follow_up" | "thinking" = "answer",
): GenieAttachment {
  return { kind: "text", content, purpose };
}

export function aMessage(overrides: Partial<GenieMessage> = {}): GenieMessage {
  return {
    spaceId: "e".repeat(32),
    conversationId,
    messageId,
    question: "revenue by region",
    state: { kind: "completed" },
    attachments: [aQuery(), aText("EMEA leads.")],
    createdAt: ASKED_AT,
    updatedAt: ASKED_AT + 12_890,
    ...overrides,
  };
}

export function someRows(overrides: Partial<AttachmentRows> = {}): AttachmentRows {
  return {
    attachmentId: "a1",
    columns: [
      { name: "region", type: "STRING" },
      { name: "revenue", type: "DECIMAL" },
    ],
    rows: [
      ["EMEA", "1234567.89"],
      ["APAC", null],
    ],
    rowCount: 2,
    truncated: false,
    expired: false,
    ...overrides,
  };
}

const facts = {
  id: "o".repeat(22),
  owner: { kind: "user", tenantId: "t", objectId: "analyst" },
  space: "default",
  spaceId: "e".repeat(32),
  followUpOf: null,
  claimedBody: null,
  callback: null,
  linkBase: "https://gateway.example",
  traceparent: null,
  createdAt: ASKED_AT - 2_000,
  updatedAt: ASKED_AT,
  expiresAt: ASKED_AT + 600_000,
} as const;
const asked = { conversationId, messageId, askedAt: ASKED_AT };

export function aQueued(overrides: Partial<Queued> = {}): Queued {
  return {
    ...facts,
    status: "queued",
    drivenUntil: 0,
    stage: "waiting_for_slot",
    question: "revenue by region",
    intentAt: null,
    nextAskAt: ASKED_AT,
    unreachableSince: null,
    ...overrides,
  };
}

export function aRunning(overrides: Partial<Running> = {}): Running {
  return {
    ...facts,
    status: "running",
    drivenUntil: 0,
    stage: "ASKING_AI",
    asked,
    nextPollAt: ASKED_AT + 1_500,
    stageSince: ASKED_AT,
    ...overrides,
  };
}

export function aSucceeded(): Operation {
  const wasSent = true;
  return {
    ...facts,
    stage: "EXECUTING_QUERY",
    status: "succeeded",
    asked,
    wasSent,
    genieMs: 12_890,
  };
}

export function anEnded(status: "cancelled" | "expired", wasAsked = true) {
  const state = { stage: "ASKING_AI", status, asked: wasAsked ? asked : null } as const;
  return { ...facts, ...state, wasSent: wasAsked };
}

export function aFailed() {
  return {
    ...facts,
    stage: "ASKING_AI",
    status: "failed",
    asked,
    wasSent: true,
    genieMs: null,
    failure: { code: "genie_rephrase", detail: "Put it in other words." },
  } as const;
}

export const problem: ProblemContext = {
  baseUrl: "https://gateway.example",
  instance: "/genie/query-obo",
  requestId: "r1",
};

export function someLinks(overrides: Partial<LinkContext> = {}): LinkContext {
  return { baseUrl: problem.baseUrl, showResultLinks: true, carried: {}, ...overrides };
}

export function anInput(overrides: Partial<AnswerInput> = {}): AnswerInput {
  return {
    source: { message: aMessage(), results: [someRows()] },
    operation: aSucceeded(),
    space: "default",
    maxRows: 100,
    links: someLinks(),
    problem,
    ...overrides,
  };
}

export function aView(overrides: Partial<AskView> = {}): AskView {
  return {
    space: "default",
    question: "revenue by region",
    maxRows: 100,
    links: someLinks(),
    problem,
    preferenceApplied: null,
    now: ASKED_AT,
    ...overrides,
  };
}
