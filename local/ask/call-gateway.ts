// One request to the gateway and its reply, checked against the contract. The credential goes to the gateway's own
// address only, whatever a link in a reply says.

import { answerSchema } from "../../shared/contracts/answer.ts";
import { type OperationBody, operationSchema } from "../../shared/contracts/operation.ts";
import { problemSchema } from "../../shared/contracts/problem.ts";
import type { Credential, Gateway } from "./find-gateway.ts";
import type { Outcome } from "./outcome.ts";

/** A POST with `respond-async` leaves at the latest after the gateway's budget of 25 s + 5 s (design §1). */
const REPLY_TIMEOUT_MS = 60_000;

export interface Request {
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
export async function callGateway(gateway: Gateway, request: Request): Promise<Reply> {
  const path = pathOf(request.link, gateway);
  if (path === null) return { kind: "not_understood", status: 0, path: "a link that is no URL" };
  try {
    const response = await fetch(`${gateway.baseUrl}${path}`, {
      method: request.method,
      headers: headersOf(gateway, request),
      body: request.body === undefined ? null : JSON.stringify(request.body),
      redirect: "manual",
      signal: AbortSignal.any([request.signal, AbortSignal.timeout(REPLY_TIMEOUT_MS)]),
    });
    return understand(response, await response.text(), path);
  } catch {
    request.signal.throwIfAborted();
    return { kind: "unreachable", baseUrl: gateway.baseUrl };
  }
}

function pathOf(link: string, { baseUrl }: Gateway): string | null {
  const url = URL.parse(link, `${baseUrl}/`);
  if (url === null) return null;
  const { pathname, search } = url;
  const prefix = new URL(baseUrl).pathname.replace(/\/$/, "");
  return `${pathname.startsWith(`${prefix}/`) ? pathname.slice(prefix.length) : pathname}${search}`;
}

function headersOf({ credential }: Gateway, { method }: Request): Record<string, string> {
  const accept = { accept: "application/json" };
  if (method === "GET") return { ...accept, ...authorization(credential) };
  const how = { "content-type": "application/json", prefer: "respond-async" };
  return credential.kind === "function-key"
    ? { ...accept, ...how, "x-functions-key": credential.key }
    : { ...accept, ...how, ...authorization(credential) };
}

/** An operation that was asked with a key is opened by its id alone: the key goes nowhere but to the ask. */
function authorization(credential: Credential): Record<string, string> {
  return credential.kind === "token" ? { authorization: `Bearer ${credential.token}` } : {};
}

function understand(response: Response, text: string, path: string): Reply {
  const body = parseJson(text);
  const operation = operationSchema.safeParse(body);
  if (operation.success && response.ok) {
    return { kind: "operation", operation: operation.data, retryAfterMs: retryAfterMs(response) };
  }
  const answer = answerSchema.safeParse(body);
  if (answer.success && response.ok) return { kind: "answered", answer: answer.data };
  const problem = problemSchema.safeParse(body);
  if (problem.success) return { kind: "problem", problem: problem.data };
  return { kind: "not_understood", status: response.status, path };
}

/** At least a second, so that a missing header never makes a tight loop. */
function retryAfterMs({ headers }: Response): number {
  const seconds = Number(headers.get("retry-after"));
  return Math.max(1, Number.isFinite(seconds) ? seconds : 1) * 1_000;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
