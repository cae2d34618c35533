// One call to the workspace with the caller's token, and once more with a new token when Databricks refuses the
// first: such a refusal comes before anything is done, so this holds for asks too. It never interprets the reply.

import { decodeText } from "../outbound/decode-text.ts";
import type { SendOutbound } from "../outbound/send-outbound.ts";
import type { Clock } from "../telemetry/clock.ts";
import type { Logger } from "../telemetry/logger.ts";
import { type ErrorEnvelope, readErrorEnvelope } from "./error-envelope.ts";
import { isTokenRejected } from "./error-signals.ts";

/** Where the Databricks token of one caller comes from. */
export interface DatabricksTokenSource {
  /** Throws AppError when Entra gives none. */
  get(): Promise<string>;
  /** Databricks refused it: the next `get` fetches a new one. */
  reject(token: string): void;
}

export interface WorkspaceDeps {
  readonly send: SendOutbound;
  /** `https://adb-….azuredatabricks.net`, with or without a slash at the end. */
  readonly workspaceUrl: string;
  readonly tokens: DatabricksTokenSource;
  readonly logger: Logger;
  readonly clock: Clock;
}

export interface WorkspaceRequest {
  readonly method: "GET" | "POST" | "DELETE";
  /** With its query; built by workspace-paths.ts. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** See OutboundRequest. */
  readonly retry: "safe" | "never";
  /** Default `application/json`. */
  readonly accept?: string;
  /** See OutboundRequest. */
  readonly maxBodyBytes?: number;
}

export type WorkspaceReply =
  | { readonly kind: "ok"; readonly body: Uint8Array<ArrayBuffer> }
  | { readonly kind: "error"; readonly envelope: ErrorEnvelope }
  | { readonly kind: "not_connected" }
  | { readonly kind: "lost" }
  | { readonly kind: "circuit_open"; readonly retryAfterMs: number };

export type CallWorkspace = (request: WorkspaceRequest) => Promise<WorkspaceReply>;

export function createWorkspaceCall(deps: WorkspaceDeps): CallWorkspace {
  const { tokens, logger } = deps;
  return async (request) => {
    const token = await tokens.get();
    const reply = await callOnce(deps, request, token);
    if (reply.kind !== "error" || !isTokenRejected(reply.envelope)) return reply;
    logger.warn("databricks.token_rejected", { status: reply.envelope.status });
    tokens.reject(token);
    const renewed = await tokens.get();
    // The same token again would be refused again.
    if (renewed === token) return reply;
    return callOnce(deps, request, renewed);
  };
}

async function callOnce(
  { send, workspaceUrl, clock, logger }: WorkspaceDeps,
  { method, path, body, retry, accept = "application/json", maxBodyBytes }: WorkspaceRequest,
  token: string,
): Promise<WorkspaceReply> {
  const headers = {
    accept,
    authorization: `Bearer ${token}`,
    ...(body ? { "content-type": "application/json" } : {}),
  };
  const reply = await send({
    method,
    url: new URL(path, workspaceUrl).href,
    headers,
    ...(body ? { body: JSON.stringify(body) } : {}),
    retry,
    ...(maxBodyBytes === undefined ? {} : { maxBodyBytes }),
  });
  if (reply.kind !== "answered") return reply;
  if (reply.status >= 200 && reply.status < 300) return { kind: "ok", body: reply.body };
  const envelope = readErrorEnvelope(
    { status: reply.status, headers: reply.headers, text: decodeText(reply.body) },
    clock.now(),
  );
  const { status, errorCode, requestId } = envelope;
  logger.warn("databricks.refused", { status, errorCode, upstreamRequestId: requestId });
  return { kind: "error", envelope };
}
