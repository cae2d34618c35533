// One short request to the gateway and its reply, checked against the contract. It never repeats a request.

import { answerSchema } from "../../shared/contracts/answer.ts";
import { type OperationBody, operationSchema } from "../../shared/contracts/operation.ts";
import { problemSchema } from "../../shared/contracts/problem.ts";
import type { Gateway } from "./find-gateway.ts";
import type { Failure, Outcome } from "./outcome.ts";
import { pathOf, sendRequest } from "./send-request.ts";

/** A POST with `respond-async` leaves at the latest after the gateway's budget of 25 s + 5 s (design §1). */
const REPLY_TIMEOUT_MS = 60_000;

export interface Call {
  readonly method: "GET" | "POST";
  /** A path, or an absolute link of the gateway. */
  readonly link: string;
  readonly body?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

export type Reply =
  | Exclude<Outcome, { kind: "unfinished" }>
  | {
      readonly kind: "operation";
      readonly operation: OperationBody;
      readonly retryAfterMs: number;
    };

/** @throws the signal's reason when it aborts */
export async function callGateway(gateway: Gateway, call: Call): Promise<Reply> {
  const path = pathOf(call.link, gateway);
  if (path === null) return NO_URL;
  const signal = AbortSignal.any([call.signal, AbortSignal.timeout(REPLY_TIMEOUT_MS)]);
  try {
    const accept = "application/json";
    const response = await sendRequest(gateway, { ...call, path, accept, signal });
    return understand(response, await response.text(), path);
  } catch {
    call.signal.throwIfAborted();
    return { kind: "unreachable", baseUrl: gateway.baseUrl };
  }
}

export const NO_URL = {
  kind: "not_understood",
  status: 0,
  path: "a link that is no URL",
} as const satisfies Failure;

function understand(response: Response, text: string, path: string): Reply {
  const body = parseJson(text);
  const operation = operationSchema.safeParse(body);
  if (operation.success && response.ok) {
    const { headers } = response;
    return { kind: "operation", operation: operation.data, retryAfterMs: retryAfterMs(headers) };
  }
  const answer = answerSchema.safeParse(body);
  if (answer.success && response.ok) return { kind: "answered", answer: answer.data };
  return understandFailure(response.status, text, path);
}

/** What is neither of the expected bodies: a problem document, or none of the gateway's. */
export function understandFailure(status: number, text: string, path: string): Failure {
  const problem = problemSchema.safeParse(parseJson(text));
  if (problem.success) return { kind: "problem", problem: problem.data };
  return { kind: "not_understood", status, path };
}

/** At least a second, so that a missing header never makes a tight loop. */
export function retryAfterMs(headers: Headers): number {
  const seconds = Number(headers.get("retry-after"));
  return Math.max(1, Number.isFinite(seconds) ? seconds : 1) * 1_000;
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
