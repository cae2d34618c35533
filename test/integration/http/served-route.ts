// Serves one real contract to a real HttpRequest of the runtime library, with a use case that notes its input.

import { HttpRequest, type HttpRequestInit, type HttpResponse } from "@azure/functions";
import type { RouteAuth, RouteContract } from "../../../shared/contracts/route-contract.ts";
import type { RouteServices } from "../../../shared/http/route-host.ts";
import type { Reply, RouteInput } from "../../../shared/http/route-input.ts";
import { serveRoute } from "../../../shared/http/serve-route.ts";
import { type LogEntry, someServices } from "../../unit/http/some-services.ts";

export const BASE = "https://genie.example";

export interface ServedRoute<Input> {
  readonly log: readonly LogEntry[];
  /** What reached the use case. */
  readonly inputs: readonly Input[];
  send(request?: RequestOf): Promise<Answer>;
  /** The same with its body unread. */
  open(request?: RequestOf): Promise<HttpResponse>;
}

export interface RequestOf extends HttpRequestInit {
  /** Path and query. */
  readonly target?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

interface Options {
  readonly services?: Partial<RouteServices>;
  readonly reply?: () => Promise<Reply>;
  readonly load?: () => Promise<never>;
}

export function serve<Auth extends RouteAuth, Params, Query, Body>(
  contract: RouteContract<Auth, Params, Query, Body>,
  { services = {}, reply = async () => ({ status: 200, body: {} }), load }: Options = {},
): ServedRoute<RouteInput<Auth, Params, Query, Body>> {
  const log: LogEntry[] = [];
  const inputs: RouteInput<Auth, Params, Query, Body>[] = [];
  const host = { endpoints: {}, services: someServices(services, log) };
  const route = {
    contract,
    load: load ?? (async () => host),
    handle: (_endpoints: unknown, input: RouteInput<Auth, Params, Query, Body>) => {
      inputs.push(input);
      return reply();
    },
  };
  const open = ({ target = `/${contract.path}`, ...init }: RequestOf = {}) => {
    const request = new HttpRequest({ method: contract.method, url: `${BASE}${target}`, ...init });
    return serveRoute(route, request, { invocationId: "in-process" });
  };
  const send = async (request?: RequestOf) => toAnswer(await open(request));
  return { log, inputs, send, open };
}

async function toAnswer(response: HttpResponse): Promise<Answer> {
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === "" ? {} : JSON.parse(text),
  };
}

/** A well-formed ask by a user, to be spoilt. */
export function anAsk(body: unknown = { query: "How many?" }, headers: object = {}): RequestOf {
  return {
    body: typeof body === "string" ? { string: body } : { string: JSON.stringify(body) },
    headers: { Authorization: "Bearer user", "Content-Type": "application/json", ...headers },
  };
}

/** Pointers and parameter names of a 400, in their order. */
export function faultyPlaces(answer: Answer): unknown[] {
  const { errors } = answer.body;
  return Array.isArray(errors) ? errors.map(({ pointer, parameter }) => pointer ?? parameter) : [];
}
