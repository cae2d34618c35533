// The exchange of an app without `enableHttpStream`: request and response travel whole, over RPC. Keeps the real
// host's traits (functions-host.md 4.2, 4.3): chunked uploads arrive empty, repeated query keys are joined by a
// comma, a throw is an empty 500, `undefined` is 204.

import type { IncomingMessage, ServerResponse } from "node:http";
import type { SendOutputs } from "../queues/send-outputs.ts";
import type { RpcHttp, RpcTypedData } from "../worker/core-contract.ts";
import type { Invoke } from "../worker/invoke.ts";
import { declaredLength, readBody } from "./http-body.ts";
import { toSetCookie } from "./http-cookie.ts";
import type { HttpCall, HttpExchange } from "./http-listener.ts";
import { queryOf } from "./http-query.ts";
import { traceContextOf } from "./http-trace-context.ts";

export function createBufferedExchange(invoke: Invoke, sendOutputs: SendOutputs): HttpExchange {
  return async (call) => {
    const { request, response, target, binding } = call;
    try {
      const http = await toRpcRequest(call);
      const result = await invoke(target.registered, {
        inputData: [{ name: binding, data: { http } }],
        triggerMetadata: {},
        traceContext: traceContextOf(request),
      });
      await sendOutputs(target.registered.metadata, result);
      writeRpcResponse(response, result.returnValue);
    } catch {
      // Already logged where it happened. The client learns nothing but the status.
      response.writeHead(500, { "content-length": "0" }).end();
    }
  };
}

async function toRpcRequest({ request, routeValues }: HttpCall): Promise<RpcHttp> {
  const query = queryOf(request);
  const http: RpcHttp = {
    method: request.method ?? "GET",
    url: `http://${request.headers.host ?? "localhost"}${request.url ?? "/"}`,
    nullableQuery: nullable(
      [...new Set(query.keys())].map((key) => [key, query.getAll(key).join(",")]),
    ),
    nullableHeaders: nullable(joinedHeaders(request)),
    nullableParams: nullable(Object.entries(routeValues)),
  };
  if ((declaredLength(request) ?? 0) > 0) {
    http.body = { bytes: await readBody(request) };
  }
  return http;
}

function joinedHeaders(request: IncomingMessage): [string, string][] {
  return Object.entries(request.headersDistinct).map(([name, values = []]) => [
    name,
    values.join(","),
  ]);
}

function nullable(entries: [string, string][]): Record<string, { value: string }> {
  return Object.fromEntries(entries.map(([name, value]) => [name, { value }]));
}

function writeRpcResponse(response: ServerResponse, value: RpcTypedData | null | undefined): void {
  const http = value?.http;
  if (http === undefined) {
    response.writeHead(204).end();
    return;
  }
  for (const [name, header] of Object.entries(http.headers ?? {})) {
    response.setHeader(name, header);
  }
  if (http.cookies !== undefined && http.cookies.length > 0) {
    response.setHeader("set-cookie", http.cookies.map(toSetCookie));
  }
  response.writeHead(Number(http.statusCode ?? 200)).end(http.body?.bytes);
}
