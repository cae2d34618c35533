// How the end-to-end tests call the gateway: plain HTTP, as any client would, and the promises that hold for every
// answer (design §3.1 "Headers") are checked on each one. It knows the wire contract, nothing of the code behind it.

import { expect } from "vitest";
import type * as z from "zod";
import type { StandCaller } from "../../local/stand/start-stand.ts";
import { type Answer, answerSchema } from "../../shared/contracts/answer.ts";
import { type OperationBody, operationSchema } from "../../shared/contracts/operation.ts";
import { type Problem, problemSchema } from "../../shared/contracts/problem.ts";

export interface GatewayReply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as it came. */
  readonly bytes: Uint8Array;
}

export interface GatewayRequest {
  readonly method?: "GET" | "POST" | "DELETE";
  /** Path with query string, or an absolute link that the gateway gave. */
  readonly path: string;
  /** Default: no token. A caller of the stand, or a token. */
  readonly as?: StandCaller | { readonly token: string };
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
}

/** What the client needs of a stand. */
export interface GatewayAddress {
  readonly url: string;
  token(caller: StandCaller): Promise<string>;
}

/** Sends one request and checks what holds for every answer that a function gave. */
export async function call(stand: GatewayAddress, request: GatewayRequest): Promise<GatewayReply> {
  const reply = await callHost(stand, request);
  expectAlwaysHeaders(reply.headers);
  return reply;
}

/** The same without these checks: for what the host itself answers before a function runs. */
export async function callHost(
  stand: GatewayAddress,
  { method, path, as, headers = {}, body }: GatewayRequest,
): Promise<GatewayReply> {
  const token = typeof as === "string" ? await stand.token(as) : as?.token;
  const response = await fetch(new URL(path, stand.url), {
    method: method ?? (body === undefined ? "GET" : "POST"),
    headers: {
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const bytes = await response.bytes();
  const text = new TextDecoder().decode(bytes);
  return { status: response.status, headers: response.headers, text, bytes };
}

export function expectAlwaysHeaders(headers: Headers): void {
  expect(headers.get("x-request-id")).toMatch(/^[A-Za-z0-9._-]{1,64}$/);
  expect(headers.get("cache-control")).toBe("no-store");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
}

/** Asks as this caller; on `query-app` for the app, else on `query-obo`. */
export function ask(
  stand: GatewayAddress,
  as: StandCaller | { readonly token: string },
  body: unknown,
  { query = "", headers = {} }: { query?: string; headers?: Record<string, string> } = {},
): Promise<GatewayReply> {
  const path = `/genie/${as === "app" ? "query-app" : "query-obo"}${query}`;
  return call(stand, { path, as, body, headers });
}

/** The body of a success, checked against the contract. */
export function bodyOf<T>(reply: GatewayReply, status: number, schema: z.ZodType<T>): T {
  expect(`${reply.status} ${reply.status === status ? "" : reply.text}`.trim()).toBe(`${status}`);
  expect(reply.headers.get("content-type")).toMatch(/^application\/json\b/);
  return schema.parse(JSON.parse(reply.text));
}

export function answerOf(reply: GatewayReply): Answer {
  return bodyOf(reply, 200, answerSchema);
}

/** The operation of a 202, with the headers that every 202 carries. */
export function acceptedOf(reply: GatewayReply): OperationBody {
  const operation = bodyOf(reply, 202, operationSchema);
  expect(["queued", "running"]).toContain(operation.status); // what has ended is never a 202
  expect(reply.headers.get("location")).toBe(operation.links.result);
  const self = operation.links.self.split("?")[0];
  expect(reply.headers.get("operation-location")?.split("?")[0]).toBe(self);
  expect(reply.headers.get("retry-after")).toMatch(/^\d+$/);
  return operation;
}

export function operationOf(reply: GatewayReply): OperationBody {
  return bodyOf(reply, 200, operationSchema);
}

/** A problem document with this status and code. */
export function problemOf(reply: GatewayReply, status: number, code: string): Problem {
  expect(reply.headers.get("content-type")).toMatch(/^application\/problem\+json\b/);
  const problem = problemSchema.parse(JSON.parse(reply.text));
  expect({ status: reply.status, code: problem.code }).toEqual({ status, code });
  expect(problem.status).toBe(status);
  expect(problem.request_id).toBe(reply.headers.get("x-request-id"));
  expect(problem.type).toMatch(new RegExp(`/docs/errors#${code}$`));
  if (status === 401) expect(reply.headers.get("www-authenticate")).toMatch(/^Bearer\b/);
  if (status === 429 || status === 503) expect(reply.headers.get("retry-after")).toMatch(/^\d+$/);
  return problem;
}

/** Names of the fields and parameters that a 400 complains about. */
export function faultyPlaces(problem: Problem): string[] {
  return (problem.errors ?? []).map((fault) =>
    "pointer" in fault ? fault.pointer : fault.parameter,
  );
}
