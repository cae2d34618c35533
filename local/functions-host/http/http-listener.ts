// The host's own HTTP server: finds the function (name order, first match wins), checks its key and the size of
// the body, and hands over to the exchange of the app's HTTP mode. Its own refusals have no body, as in Azure.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { IndexedFunction } from "../function-index.ts";
import { type HostKeys, isAllowed } from "./function-keys.ts";
import { isValidHost } from "./host-header.ts";
import { declaredLength, maxBodyBytes } from "./http-body.ts";
import type { HttpRoute } from "./http-route.ts";
import type { RecordResponse } from "./record-exchange.ts";

export interface HttpCall {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly target: IndexedFunction;
  /** Name of the trigger binding. */
  readonly binding: string;
  readonly routeValues: Readonly<Record<string, string>>;
}

/** Answers one request by calling the function; never rejects. */
export type HttpExchange = (call: HttpCall) => Promise<void>;

export interface HttpSite {
  readonly functions: readonly IndexedFunction[];
  readonly keys: HostKeys;
  readonly exchange: HttpExchange;
  /** Sees every answer, also the host's own. */
  readonly record?: RecordResponse;
}

export interface HttpListener {
  readonly port: number;
  /** Until this is called every request is answered 503, as while the real host starts. */
  serve(site: HttpSite): void;
  close(): void;
}

/** Listens on 127.0.0.1, as `func start` does. Port 0 picks a free one. */
export async function listenHttp(port: number): Promise<HttpListener> {
  let site: HttpSite | undefined;
  const server = createServer((request, response) => {
    if (!isValidHost(request.headers.host)) refuse(response, 400);
    else if (site === undefined) refuse(response, 503);
    else void answer(site, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    port: boundPort(server),
    serve(given) {
      site = given;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answer(
  site: HttpSite,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const call = findFunction(site.functions, request);
  const refusal = refusalOf(site, call, request);
  site.record?.({ request, response, route: refusal === undefined ? call?.route.path : undefined });
  if (refusal !== undefined) {
    refuse(response, refusal);
  } else if (call !== undefined) {
    const { target, binding, routeValues } = call;
    await site.exchange({ request, response, target, binding, routeValues });
  }
}

/** The status that the host answers without calling the function; undefined: the function is called. */
function refusalOf(
  { keys }: HttpSite,
  call: ReturnType<typeof findFunction>,
  request: IncomingMessage,
): number | undefined {
  if (call === undefined) return 404;
  if (!isAllowed(keys, call.route, request)) return 401;
  return (declaredLength(request) ?? 0) > maxBodyBytes ? 413 : undefined;
}

function findFunction(functions: readonly IndexedFunction[], request: IncomingMessage) {
  const [path = ""] = (request.url ?? "/").split("?");
  for (const target of functions) {
    const { trigger } = target;
    if (trigger?.kind !== "http" || !takesMethod(trigger.route, request.method ?? "")) {
      continue;
    }
    const routeValues = trigger.route.match(path);
    if (routeValues !== undefined) {
      // A disabled function still takes the route: the answer is 404, not the next function.
      return target.disabled
        ? undefined
        : { target, binding: trigger.binding, route: trigger.route, routeValues };
    }
  }
  return undefined;
}

function takesMethod(route: HttpRoute, method: string): boolean {
  return route.methods.length === 0 || route.methods.includes(method);
}

function refuse(response: ServerResponse, status: number): void {
  // The rest of an unread upload is not waited for.
  response.writeHead(status, { "content-length": "0", connection: "close" }).end();
}

function boundPort(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") {
    throw new Error("The host's server is not bound to a port");
  }
  return address.port;
}
