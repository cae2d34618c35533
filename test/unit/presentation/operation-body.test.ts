import { describe, expect } from "vitest";
import { operationSchema } from "../../../shared/contracts/operation.ts";
import { toOperationBody } from "../../../shared/presentation/operation-body.ts";
import { verifies } from "../../support/verifies.ts";
import {
  ASKED_AT,
  aFailed,
  anEnded,
  aQueued,
  aRunning,
  aSucceeded,
  conversationId,
  messageId,
  someLinks,
} from "./builders.ts";

const view = { links: someLinks(), requestId: "r1", now: ASKED_AT };
const self = `https://gateway.example/genie/operations/${"o".repeat(22)}`;

describe("the Operation on the wire", () => {
  verifies("answers.operation", "a running operation, field by field", () => {
    expect(toOperationBody(aRunning(), view)).toStrictEqual({
      operation_id: "o".repeat(22),
      status: "running",
      stage: "ASKING_AI",
      space: "default",
      conversation_id: conversationId,
      message_id: messageId,
      created_at: "2026-11-23T10:00:00.000Z",
      updated_at: "2026-11-23T10:00:02.000Z",
      expires_at: "2026-11-23T10:10:02.000Z",
      retry_after_s: 2,
      links: { self, result: `${self}/result`, events: `${self}/events` },
    });
  });

  const all = [
    aQueued(),
    aRunning(),
    aSucceeded(),
    aFailed(),
    anEnded("cancelled"),
    anEnded("expired"),
  ];
  for (const operation of all) {
    verifies("answers.operation", `${operation.status} fits the contract`, () => {
      operationSchema.parse(toOperationBody(operation, view));
    });
  }

  verifies("answers.operation", "before the ask only a follow-up has a conversation", () => {
    expect(toOperationBody(aQueued(), view)).not.toHaveProperty("conversation_id");
    const followUp = toOperationBody(aQueued({ followUpOf: conversationId }), view);
    expect(followUp.conversation_id).toBe(conversationId);
    expect(followUp).not.toHaveProperty("message_id");
  });

  const waits: [operation: Parameters<typeof toOperationBody>[0], seconds: number][] = [
    [aRunning({ nextPollAt: ASKED_AT - 5_000 }), 1],
    [aRunning({ nextPollAt: ASKED_AT + 60_000 }), 10],
    [aRunning({ nextPollAt: ASKED_AT + 2_001 }), 3],
    [aQueued({ nextAskAt: ASKED_AT }), 1],
    [aQueued({ nextAskAt: ASKED_AT + 95_500 }), 96],
    [aQueued({ nextAskAt: ASKED_AT + 9e6 }), 1_800],
    [aSucceeded(), 0],
    [anEnded("cancelled"), 0],
  ];
  for (const [operation, seconds] of waits) {
    verifies("answers.operation", `${operation.status} asks to wait ${seconds} s`, () => {
      expect(toOperationBody(operation, view).retry_after_s).toBe(seconds);
    });
  }

  verifies(
    "answers.operation",
    "a failed one carries its problem with the operation as instance",
    () => {
      expect(toOperationBody(aFailed(), view).error).toMatchObject({
        code: "genie_rephrase",
        status: 422,
        instance: `/genie/operations/${"o".repeat(22)}`,
      });
    },
  );

  verifies(
    "answers.operation",
    "an expired one is 504 deadline_exceeded with a link to the message",
    () => {
      const body = toOperationBody(anEnded("expired"), view);
      expect(body.error).toMatchObject({ code: "deadline_exceeded", status: 504 });
      expect(body.error?.links?.message).toContain(
        `/genie/conversation/${conversationId}/messages/${messageId}`,
      );
      expect(toOperationBody(anEnded("expired", false), view).error).not.toHaveProperty("links");
    },
  );

  verifies("answers.operation", "a cancelled one is no error", () => {
    expect(toOperationBody(anEnded("cancelled"), view)).not.toHaveProperty("error");
  });

  verifies("answers.accepted", "links carry format, max_rows, space and async=never on", () => {
    const carried = { format: "json", maxRows: 5, never: true } as const;
    const links = someLinks({ carried });
    const body = toOperationBody(aRunning({ space: "sales" }), { ...view, links });
    const query = "?format=json&max_rows=5&space=sales&async=never";
    expect(body.links).toEqual({
      self: `${self}${query}`,
      result: `${self}/result${query}`,
      events: `${self}/events${query}`,
    });
  });
});
