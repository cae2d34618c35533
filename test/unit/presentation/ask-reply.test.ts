import { describe, expect } from "vitest";
import { answerSchema } from "../../../shared/contracts/answer.ts";
import { operationSchema } from "../../../shared/contracts/operation.ts";
import { AppError } from "../../../shared/errors/app-error.ts";
import { type AskOutcome, toAskReply } from "../../../shared/presentation/ask-reply.ts";
import { failureOf } from "../../../shared/presentation/failures.ts";
import { verifies } from "../../support/verifies.ts";
import {
  ASKED_AT,
  aFailed,
  aMessage,
  anEnded,
  aQuery,
  aQueued,
  aRunning,
  aSucceeded,
  aText,
  aView,
  someLinks,
  someRows,
} from "./builders.ts";

const answered: AskOutcome = {
  kind: "answered",
  operation: aSucceeded(),
  source: { message: aMessage(), results: [someRows()] },
};
const unfinished: AskOutcome = { kind: "unfinished", operation: aRunning(), source: null };
const failed: AskOutcome = {
  kind: "failed",
  operation: aFailed(),
  failure: aFailed().failure,
  source: null,
};
const never = aView({ links: someLinks({ carried: { never: true } }) });
const self = `https://gateway.example/genie/operations/${"o".repeat(22)}`;

describe("an ordinary ask", () => {
  verifies("answers.shape", "answered: 200 with the Answer", () => {
    const reply = toAskReply(answered, aView({ preferenceApplied: "wait=30" }));
    expect(reply).toMatchObject({ status: 200, headers: { "Preference-Applied": "wait=30" } });
    expect(reply.body).toMatchObject({ status: "completed", answer: "EMEA leads." });
    expect(reply.headers).not.toHaveProperty("Retry-After");
  });

  verifies("answers.accepted", "unfinished: 202 with the Operation and where to go on", () => {
    const reply = toAskReply(unfinished, aView({ preferenceApplied: "respond-async" }));
    expect(reply.status).toBe(202);
    expect(reply.headers).toEqual({
      Location: `${self}/result`,
      "Operation-Location": self,
      "Retry-After": "2",
      "Preference-Applied": "respond-async",
    });
    expect(reply.body).toMatchObject({ status: "running", retry_after_s: 2 });
  });

  verifies(
    "answers.accepted",
    "Location carries the query on, and no preference means no header",
    () => {
      const links = someLinks({ carried: { format: "json", maxRows: 0 } });
      const reply = toAskReply(unfinished, aView({ links }));
      expect(reply.headers.Location).toBe(`${self}/result?format=json&max_rows=0`);
      expect(reply.headers).not.toHaveProperty("Preference-Applied");
    },
  );

  verifies(
    "answers.accepted",
    "a question that waits for its slot, or for its user, says when to come back",
    () => {
      const waiting = aQueued({ nextAskAt: ASKED_AT + 95_500 });
      const forUser = aRunning({ stage: "waiting_for_user", nextPollAt: ASKED_AT - 600_000 });
      for (const [operation, seconds] of [
        [waiting, 96],
        [aQueued({ nextAskAt: ASKED_AT + 9e6 }), 1_800],
        [forUser, 1],
      ] as const) {
        const reply = toAskReply({ ...unfinished, operation }, aView());
        expect(reply.headers["Retry-After"]).toBe(String(seconds));
        expect(reply.body).toMatchObject({ stage: operation.stage, retry_after_s: seconds });
        operationSchema.parse(reply.body);
      }
    },
  );

  verifies(
    "answers.accepted",
    "a finished one whose rows are not there yet is a 202 with all its headers too",
    () => {
      const reply = toAskReply({ ...unfinished, operation: aSucceeded() }, aView());
      expect(reply.status).toBe(202);
      expect(reply.headers).toEqual({
        Location: `${self}/result`,
        "Operation-Location": self,
        "Retry-After": "1",
      });
      expect(reply.body).toMatchObject({ status: "running", retry_after_s: 1 });
    },
  );

  verifies("answers.failed", "failed: thrown for the one funnel", () => {
    expect(() => toAskReply(failed, aView())).toThrow(AppError);
  });
});

describe("async=never", () => {
  verifies("answers.never", "answered: 200 completed", () => {
    expect(toAskReply(answered, never)).toMatchObject({
      status: 200,
      body: { status: "completed" },
    });
  });

  verifies(
    "answers.running",
    "unfinished: 200 running with links, Retry-After and the question",
    () => {
      const reply = toAskReply(unfinished, never);
      expect(reply.status).toBe(200);
      expect(reply.headers).toEqual({ "Retry-After": "2" });
      const body = answerSchema.parse(reply.body);
      expect(body).toMatchObject({
        operation_id: "o".repeat(22),
        status: "running",
        question: "revenue by region",
        answer: null,
        results: [],
        links: {
          self: `${self}?async=never`,
          result: `${self}/result?async=never`,
          events: `${self}/events?async=never`,
        },
      });
    },
  );

  verifies("answers.running", "what is known of the message is filled", () => {
    const message = aMessage({ state: { kind: "working", stage: "EXECUTING_QUERY" } });
    const reply = toAskReply({ ...unfinished, source: { message, results: [] } }, never);
    expect(reply.body).toMatchObject({ status: "running", results: [{ sql: expect.any(String) }] });
  });

  verifies("answers.running", "an operation that waits for its slot knows its own question", () => {
    const view = { ...never, question: null };
    const reply = toAskReply({ ...unfinished, operation: aQueued() }, view);
    expect(reply.body).toMatchObject({
      status: "running",
      question: "revenue by region",
      message_id: null,
    });
  });

  verifies(
    "answers.never",
    "failed: 200 failed with the problem, also without an operation",
    () => {
      for (const operation of [aFailed(), null]) {
        const reply = toAskReply({ ...failed, operation }, never);
        expect(reply.status).toBe(200);
        const body = answerSchema.parse(reply.body);
        expect(body).toMatchObject({
          status: "failed",
          error: { code: "genie_rephrase", status: 422 },
        });
      }
    },
  );

  verifies(
    "answers.never",
    "a cancelled and an expired operation are failures, a succeeded one is none",
    () => {
      expect(failureOf(anEnded("cancelled"))?.code).toBe("operation_cancelled");
      expect(failureOf(anEnded("expired"))?.code).toBe("deadline_exceeded");
      expect(failureOf(aFailed())?.code).toBe("genie_rephrase");
      const succeeded = aSucceeded();
      if (succeeded.status === "succeeded") expect(failureOf(succeeded)).toBeUndefined();
    },
  );

  verifies("answers.never", "texts that alone are too large are cut, and only these", () => {
    const huge = [
      aText("x".repeat(600_000)),
      aQuery({ sql: "\u0001".repeat(200_000), title: "t".repeat(300_000) }),
      { kind: "suggestions", questions: Array.from({ length: 3_000 }, () => "q".repeat(500)) },
    ] as const;
    const message = aMessage({ attachments: huge });
    const { body } = toAskReply({ ...answered, source: { message, results: [] } }, never);
    const answer = answerSchema.parse(body);
    expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThan(450_000);
    expect(answer.answer).toMatch(/^x+…$/);
    expect(answer.question).toBe("revenue by region");
    expect(answer.results[0]?.links).toBeDefined();
    const plain = { ...never, links: { ...never.links, carried: {} } };
    const whole = toAskReply({ ...answered, source: { message, results: [] } }, plain).body;
    expect(Buffer.byteLength(JSON.stringify(whole))).toBeGreaterThan(1_000_000);
  });

  verifies(
    "answers.never",
    "rows are dropped until the body is below 450 KB, fairly between results",
    () => {
      const rows = Array.from({ length: 5_000 }, (_, index) => [
        `É${"x".repeat(200)}`,
        String(index),
      ]);
      const attachments = [
        aQuery(),
        aQuery({ attachmentId: "a2" }),
        aQuery({ attachmentId: "a3" }),
      ];
      const results = [
        someRows({ rows, rowCount: 5_000 }),
        someRows({ attachmentId: "a2" }),
        someRows({ attachmentId: "a3", rows, rowCount: 5_000 }),
      ];
      const source = { message: aMessage({ attachments }), results };
      const reply = toAskReply({ ...answered, source }, { ...never, maxRows: 5_000 });
      const body = answerSchema.parse(reply.body);
      const bytes = Buffer.byteLength(JSON.stringify(reply.body));
      expect(bytes).toBeLessThan(450_000);
      expect(bytes).toBeGreaterThan(440_000);
      const kept = body.results.map((result) => result.rows.length);
      expect(kept[1]).toBe(2);
      expect(Math.min(kept[0] ?? 0, kept[2] ?? 0)).toBeGreaterThan(500);
      expect(body.results[0]?.row_count).toBe(5_000);
      const full = toAskReply({ ...answered, source }, aView({ maxRows: 5_000 }));
      expect(JSON.stringify(full.body).length).toBeGreaterThan(1_000_000);
    },
  );
});
