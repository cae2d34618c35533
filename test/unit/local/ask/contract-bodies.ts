// Bodies of the contract as the gateway would send them, for the scripted server. No behaviour.

import type { Answer, AnswerResult } from "../../../../shared/contracts/answer.ts";
import type { OperationBody } from "../../../../shared/contracts/operation.ts";
import type { Problem } from "../../../../shared/contracts/problem.ts";

const OPERATION_ID = "AAAAAAAAAAAAAAAAAAAAAA";
const CONVERSATION_ID = "01f185d9e6a91f3ca0b1c2d3e4f50617";

/** @param base of the links; another origin than the server's tests where the token goes */
export function anOperation(base: string, overrides: Partial<OperationBody> = {}): OperationBody {
  const self = `${base}/genie/operations/${OPERATION_ID}`;
  return {
    operation_id: OPERATION_ID,
    status: "running",
    stage: "ASKING_AI",
    space: "default",
    created_at: "2026-11-23T10:00:00.000Z",
    updated_at: "2026-11-23T10:00:01.000Z",
    expires_at: "2026-11-23T10:10:00.000Z",
    retry_after_s: 1,
    links: { self, result: `${self}/result`, events: `${self}/events` },
    ...overrides,
  };
}

export function anAnswer(overrides: Partial<Answer> = {}): Answer {
  return {
    operation_id: OPERATION_ID,
    conversation_id: CONVERSATION_ID,
    message_id: "01f185d9e6b31a7e9f00112233445566",
    space: "default",
    status: "completed",
    question: "Average delay by origin",
    answer: "Two origins.",
    follow_up_question: null,
    suggested_questions: ["And by destination?"],
    results: [aResult()],
    visualizations: [],
    timings: { queued_ms: 120, genie_ms: 12_890 },
    ...overrides,
  };
}

export function aResult(overrides: Partial<AnswerResult> = {}): AnswerResult {
  return {
    attachment_id: "01f185d9ec9d1c5a8a7b6c5d4e3f2a1b",
    title: "Average delay by origin",
    description: null,
    sql: "SELECT `origin`, AVG(`delay`) FROM `flights` GROUP BY `origin`",
    statement_id: null,
    columns: [
      { name: "origin", type: "STRING" },
      { name: "average_delay", type: "DOUBLE" },
    ],
    rows: [
      { origin: "BMI", average_delay: 125.83 },
      { origin: "OTZ", average_delay: null },
    ],
    row_count: 220,
    truncated: false,
    expired: false,
    ...overrides,
  };
}

/** An answer with so many results, each with links below this address. */
export function anAnswerWithLinks(base: string, results = 1): Answer {
  return anAnswer({
    results: Array.from({ length: results }, (_, index) => {
      const link = `${base}/genie/conversation/c/messages/m/results/r${index + 1}`;
      return aResult({ links: { json: link, csv: `${link}?format=csv` } });
    }),
  });
}

export function aProblem(status: number, overrides: Partial<Problem> = {}): Problem {
  return {
    type: "about:blank",
    title: "No access to this Genie space",
    status,
    detail: "The caller may not use the space.",
    instance: "/genie/query-obo",
    code: "genie_space_forbidden",
    request_id: "r1",
    remedy: "Grant CAN RUN on the space.",
    ...overrides,
  };
}
