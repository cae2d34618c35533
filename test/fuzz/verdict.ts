// Judges one answer to a planned request: documented, no 5xx, a request id, and what the plan expects. The message tells
// request and answer, so that a failing run can be read; they hold nothing but what the simulators made up.

import type { RecordedExchange } from "../../local/functions-host/http/record-exchange.ts";
import type { Operation } from "../support/openapi/document.ts";
import type { ResponseCheck } from "../support/openapi/response-check.ts";
import { isDocumentedRefusal } from "./documented-refusals.ts";
import type { Expectation, FuzzCaller } from "./request-plan.ts";
import type { SentRequest } from "./send-plan.ts";

export interface Judged {
  readonly operation: Operation;
  readonly as: FuzzCaller;
  readonly sent: SentRequest;
  readonly reply: Omit<RecordedExchange, "route">;
}

const REFUSALS_OF_INPUT = [400, 413, 415];
const MOST_SHOWN = 600;

/** @throws Error that tells everything wrong with the answer */
export function judge(judged: Judged, expect: Expectation, { check }: ResponseCheck): void {
  const { operation, reply } = judged;
  const { faults } = check({ ...reply, route: operation.path.slice(1) });
  const id = String(reply.headers["x-request-id"] ?? "");
  const wrong = [
    ...faults,
    ...(reply.status >= 500 ? ["a 5xx that nobody asked the simulators for"] : []),
    ...(/^[A-Za-z0-9._-]{1,64}$/.test(id) ? [] : ["no X-Request-Id"]),
    ...unexpected(judged, expect),
  ];
  if (wrong.length > 0) throw new Error(`${wrong.join("; ")}\n${describe(judged)}`);
}

function unexpected({ sent, reply }: Judged, expect: Expectation): string[] {
  const places = placesIn(reply.body);
  switch (expect.kind) {
    case "accepted":
      return REFUSALS_OF_INPUT.includes(reply.status) && !isDocumentedRefusal(sent, places)
        ? ["the document calls this request good"]
        : [];
    case "fault":
      return reply.status === 400 && places.includes(expect.place)
        ? []
        : [`a 400 that names ${expect.place || "the body"} was expected`];
    case "status":
      return expect.anyOf.includes(reply.status)
        ? []
        : [`${expect.anyOf.join(" or ")} was expected`];
    case "documented":
      return [];
  }
}

/** Pointers and parameters that a problem names. */
function placesIn(body: string): string[] {
  try {
    const { errors = [] } = JSON.parse(body) as {
      errors?: { pointer?: string; parameter?: string }[];
    };
    return errors.map(({ pointer, parameter }) => pointer ?? parameter ?? "");
  } catch {
    return [];
  }
}

function describe({ as, sent, reply }: Judged): string {
  const { Authorization: _token, ...headers } = sent.headers;
  return [
    `${sent.method} ${short(sent.target)} as ${as}`,
    `  headers ${short(JSON.stringify(headers))}`,
    ...(sent.bytes === undefined ? [] : [`  body ${short(sent.bytes.toString())}`]),
    `→ ${reply.status} ${reply.headers["content-type"] ?? ""} ${short(reply.body)}`,
  ].join("\n");
}

function short(text: string): string {
  return text.length > MOST_SHOWN
    ? `${text.slice(0, MOST_SHOWN)}… (${text.length} characters)`
    : text;
}
