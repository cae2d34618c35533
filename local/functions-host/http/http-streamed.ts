// The exchange of an app with `enableHttpStream`: the host proxies the request to the HTTP server which the
// library opened in the worker, so that bodies really stream. As with the real host, a handler that throws or
// returns nothing leaves the client waiting until the proxy gives up (library#324); the reason is only in the log.

import { randomUUID } from "node:crypto";
import {
  Agent,
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
  request as sendRequest,
} from "node:http";
import { letGo, letGoOfRead } from "../../../shared/outbound/let-go.ts";
import type { SendOutputs } from "../queues/send-outputs.ts";
import type { Invoke } from "../worker/invoke.ts";
import { withoutHopByHop } from "./hop-by-hop.ts";
import { bindingData } from "./http-binding-data.ts";
import { declaredLength, maxBodyBytes, readBody } from "./http-body.ts";
import type { HttpExchange } from "./http-listener.ts";
import { traceContextOf } from "./http-trace-context.ts";

export interface StreamedParts {
  readonly invoke: Invoke;
  readonly sendOutputs: SendOutputs;
  /** The worker capability `HttpUri`. */
  readonly workerUrl: string;
  /** How long the proxy waits for a sign of life: 240 s in the real host. Then the client gets a 500. */
  readonly activityTimeoutMs: number;
}

export function createStreamedExchange(parts: StreamedParts): HttpExchange {
  const agent = new Agent({ keepAlive: true });
  return async ({ request, response, target, binding, routeValues }) => {
    const invocationId = randomUUID();
    // The host reads a body of declared length for the trigger metadata before it forwards it.
    const body = await bufferedBody(request).catch(() => "gone" as const);
    if (body === "gone") {
      return;
    }
    const invocation = {
      inputData: [{ name: binding, data: {} }],
      triggerMetadata: bindingData(request, body, routeValues),
      traceContext: traceContextOf(request),
    };
    parts
      .invoke(target.registered, invocation, { invocationId })
      .then((result) => parts.sendOutputs(target.registered.metadata, result))
      .catch(() => {
        // Logged by invoke. Nothing answers the client here: that is the real host's behaviour.
      });
    const upstream = sendRequest(parts.workerUrl, {
      agent,
      method: request.method,
      headers: forwardedHeaders(request.headers, invocationId),
      // Raw, beside a fixed address: the request target can never choose where the proxy connects to.
      path: request.url,
      timeout: parts.activityTimeoutMs,
    });
    relayResponse(upstream, response);
    forwardBody(request, body, upstream, response);
  };
}

async function bufferedBody(request: IncomingMessage): Promise<Buffer | undefined> {
  return (declaredLength(request) ?? 0) > 0 ? await readBody(request) : undefined;
}

function forwardedHeaders(headers: IncomingHttpHeaders, invocationId: string): IncomingHttpHeaders {
  return {
    ...withoutHopByHop(headers),
    "x-ms-invocation-id": invocationId,
    "x-forwarded-host": headers.host ?? "localhost",
    "x-forwarded-proto": "http",
  };
}

function forwardBody(
  request: IncomingMessage,
  body: Buffer | undefined,
  upstream: ClientRequest,
  response: ServerResponse,
): void {
  if (body !== undefined) {
    upstream.end(body);
    return;
  }
  let size = 0;
  request.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxBodyBytes) {
      upstream.destroy();
      fail(response, 413);
    }
  });
  request.pipe(upstream);
}

function relayResponse(upstream: ClientRequest, response: ServerResponse): void {
  upstream.on("response", (answer) => {
    // How the body is framed towards the client is this server's own business: HTTP/1.0 knows no chunks.
    const { "transfer-encoding": _framing, ...headers } = withoutHopByHop(answer.headers);
    response.writeHead(answer.statusCode ?? 500, headers);
    response.flushHeaders();
    relayBody(answer, response);
    // The worker died half-way: the client must see a broken answer, not a complete one.
    answer.on("error", () => response.destroy());
  });
  upstream.on("timeout", () => upstream.destroy(new Error("no activity")));
  upstream.on("error", () => fail(response, 500));
  // The client went away: the worker's socket closes, but the handler is not told (library#273).
  response.on("close", () => upstream.destroy());
}

/** As pipe does, but the memory of what was sent is free at once: in Azure it is another process's. */
function relayBody(answer: IncomingMessage, response: ServerResponse): void {
  letGoOfRead(answer);
  answer.on("data", (bytes: Buffer) => {
    if (response.destroyed || !response.write(bytes, () => letGo(bytes))) answer.pause();
  });
  response.on("drain", () => answer.resume());
  answer.on("end", () => response.end());
}

function fail(response: ServerResponse, status: number): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { "content-length": "0", connection: "close" }).end();
}
