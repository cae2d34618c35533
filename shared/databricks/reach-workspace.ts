// Whether a Databricks workspace answers at the configured URL. Without any token, because readiness needs no
// grant; the refusal that this earns is in Databricks' own shape, and that is all we look for.

import { decodeText } from "../outbound/decode-text.ts";
import type { SendOutbound } from "../outbound/send-outbound.ts";
import { readErrorEnvelope } from "./error-envelope.ts";
import { CURRENT_USER_PATH } from "./workspace-paths.ts";

const LIMITS = { tryTimeoutMs: 6_000, budgetMs: 6_000, maxBodyBytes: 64 * 1024 } as const;

/**
 * True for any answer in Databricks' shape: its `server` header or its error envelope (genie-api.md §1.8).
 * @throws Error when nothing answers.
 */
export async function reachWorkspace(
  send: SendOutbound,
  workspaceUrl: string,
  now: number,
): Promise<boolean> {
  const url = `${workspaceUrl}${CURRENT_USER_PATH}`;
  const reply = await send({ method: "GET", url, retry: "never", ...LIMITS });
  if (reply.kind !== "answered") throw new Error(`workspace: ${reply.kind}`);
  const { status, headers, body } = reply;
  if (headers.get("server") === "databricks") return true;
  return (
    readErrorEnvelope({ status, headers, text: decodeText(body) }, now).errorCode !== undefined
  );
}
