// Operations in every state, for tests of what stores and shows them.

import { randomBytes } from "node:crypto";
import type {
  Callback,
  Finished,
  Operation,
  Queued,
  Running,
} from "../../shared/operations/operation.ts";

const NOW = Date.UTC(2026, 10, 23, 12);

function facts() {
  return {
    id: randomBytes(24).toString("base64url"),
    owner: { kind: "user", tenantId: "tenant-1", objectId: "analyst" },
    space: "default",
    spaceId: "5".repeat(32),
    followUpOf: null,
    claimedBody: null,
    callback: null,
    stage: "waiting_for_slot",
    linkBase: "https://gateway.example",
    traceparent: null,
    createdAt: NOW,
    updatedAt: NOW,
    expiresAt: NOW + 600_000,
  } as const;
}

export function aCallback(overrides: Partial<Callback> = {}): Callback {
  return {
    url: "https://prod-01.westeurope.logic.azure.com/workflows/1/triggers?sig=very-secret-callback",
    tries: 0,
    nextTryAt: null,
    outcome: "open",
    ...overrides,
  };
}

export function aQueuedOperation(overrides: Partial<Queued> = {}): Queued {
  return {
    ...facts(),
    status: "queued",
    question: "How late were the flights of each carrier?",
    intentAt: null,
    nextAskAt: NOW,
    unreachableSince: null,
    drivenUntil: NOW,
    ...overrides,
  };
}

const asked = { conversationId: "c".repeat(32), messageId: "d".repeat(32), askedAt: NOW } as const;

export function aRunningOperation(overrides: Partial<Running> = {}): Running {
  return {
    ...facts(),
    stage: "ASKING_AI",
    status: "running",
    asked,
    nextPollAt: NOW + 2_000,
    stageSince: NOW,
    drivenUntil: NOW,
    ...overrides,
  };
}

/** One operation of each final status. */
export function finishedOperations(overrides: { updatedAt?: number } = {}): Finished[] {
  const common = () => ({ ...facts(), ...overrides });
  const failure = {
    code: "genie_failed",
    detail: "Genie failed to answer.",
    remedy: "Ask again.",
    retryAfterSeconds: 3,
    errors: [{ pointer: "/query", detail: "is blank" }],
    links: { message: "/genie/conversation/1/messages/2" },
  } as const;
  return [
    { ...common(), status: "succeeded", asked, wasSent: true, genieMs: 4_200 },
    { ...common(), status: "succeeded", asked, wasSent: true, genieMs: null },
    { ...common(), status: "failed", asked, wasSent: true, genieMs: 1_790_000_000_000, failure },
    { ...common(), status: "failed", asked: null, wasSent: false, genieMs: null, failure },
    { ...common(), status: "cancelled", asked: null, wasSent: false },
    { ...common(), status: "expired", asked, wasSent: true },
  ];
}

/** Every status, with and without what is optional. */
export function operationsOfEveryKind(): Operation[] {
  return [
    aQueuedOperation(),
    aQueuedOperation({
      intentAt: NOW + 1,
      unreachableSince: NOW - 1,
      callback: aCallback(),
      claimedBody: "hash",
      followUpOf: "f".repeat(32),
      owner: { kind: "app", tenantId: "tenant-1", clientId: "flow" },
    }),
    aRunningOperation(),
    aRunningOperation({
      stage: "waiting_for_user",
      callback: aCallback(),
      owner: { kind: "function-key" },
    }),
    ...finishedOperations(),
    ...finishedOperations().map((operation) => ({
      ...operation,
      callback: aCallback({ tries: 2, nextTryAt: NOW + 5_000 }),
    })),
  ];
}
