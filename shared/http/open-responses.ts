// The response object that stands behind an invocation. The runtime library writes a streamed body without waiting for
// `drain` and tells nobody of a client that went away (functions-host.md §2); the response itself tells both. On the
// start-up path, so it imports nothing that costs. It never writes to a response.

import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";

/** `not_streamed`: the host passes whole bodies on, and there is nothing to wait for. */
export type OpenResponse = ServerResponse | "gone" | "not_streamed";

const responses = new Map<string, ServerResponse>();
let isWatching = false;
let isStreaming = false;

/** Must be called before the first request; calling it again changes nothing. */
export function watchResponses(): void {
  if (isWatching) return;
  isWatching = true;
  subscribe("http.server.request.start", (message) => {
    // The channel's documented message: the two objects of the server's `request` event (Node.js, diagnostics_channel).
    const { request, response } = message as {
      request: IncomingMessage;
      response: ServerResponse;
    };
    const invocationId = request.headers["x-ms-invocation-id"];
    if (typeof invocationId !== "string") return; // not a request that the host passed on to this worker
    isStreaming = true;
    responses.set(invocationId, response);
    response.once("close", () => responses.delete(invocationId));
  });
}

/** To be asked for when the invocation begins: later nothing tells a client that is gone from one that never was. */
export function openResponse(invocationId: string): OpenResponse {
  return responses.get(invocationId) ?? (isStreaming ? "gone" : "not_streamed");
}

/** Whether the system has taken over everything that was written so far. Nobody knows where bodies are passed on whole. */
export function hasSentAll(response: OpenResponse): boolean {
  return typeof response !== "string" && response.writableLength === 0;
}
