// Reading calls: the reply parsed by its wire schema, or an AppError. Retried by the transport, since reading
// changes nothing. What fails the schema is Databricks' fault and never shown.

import type * as z from "zod";
import { AppError, type Failure } from "../errors/app-error.ts";
import { decodeText } from "../outbound/decode-text.ts";
import { databricksFailure, databricksUnavailable, type Subject } from "./databricks-failure.ts";
import type { ErrorEnvelope } from "./error-envelope.ts";
import { parseWire } from "./parse-wire.ts";
import type { CallWorkspace, WorkspaceReply } from "./workspace-call.ts";

export interface Read<T extends z.ZodType> {
  readonly path: string;
  readonly schema: T;
  readonly subject: Subject;
  /** What a 400 means that gives no reason we know; for calls that carry something of the caller. */
  readonly badRequest?: Failure;
}

/** Throws AppError for every error reply, for silence, and for a body that the schema does not take. */
export async function readWorkspace<T extends z.ZodType>(
  call: CallWorkspace,
  { path, schema, subject, badRequest }: Read<T>,
): Promise<z.output<T>> {
  const reply = await call({ method: "GET", path, retry: "safe" });
  return parseReply(expectOk(reply, subject, badRequest), schema);
}

/** The text of a good reply; throws AppError for every other one. */
export function expectOk(reply: WorkspaceReply, subject: Subject, badRequest?: Failure): string {
  return decodeText(expectBytes(reply, subject, badRequest));
}

/** The same as bytes, for what is no text. */
export function expectBytes(
  reply: WorkspaceReply,
  subject: Subject,
  badRequest?: Failure,
): Uint8Array<ArrayBuffer> {
  switch (reply.kind) {
    case "ok":
      return reply.body;
    case "error":
      throw refused(reply.envelope, subject, badRequest);
    case "circuit_open":
      throw new AppError(databricksUnavailable(reply.retryAfterMs));
    case "not_connected":
    case "lost":
      throw new AppError(databricksUnavailable(), { cause: new Error(reply.kind) });
  }
}

/** Throws AppError `databricks_unavailable` with the places (not the values) that do not fit as its cause. */
export function parseReply<T extends z.ZodType>(text: string, schema: T): z.output<T> {
  const parsed = parseWire(text, schema);
  if (parsed.ok) return parsed.value;
  throw notUnderstood(parsed.reason);
}

/** Databricks said what nobody understands. `reason` is our own wording and never quotes it. */
export const notUnderstood = (reason: string): AppError =>
  new AppError(databricksUnavailable(), { cause: new Error(reason) });

/** The cause names the refusal for a support case, without upstream text. */
function refused(envelope: ErrorEnvelope, subject: Subject, badRequest?: Failure): AppError {
  const { status, errorCode, requestId } = envelope;
  const facts = [status, errorCode, requestId].filter((fact) => fact !== undefined);
  const failure = databricksFailure(envelope, subject);
  const unexplained = status === 400 && failure.code === "genie_failed";
  return new AppError(unexplained ? (badRequest ?? failure) : failure, {
    cause: new Error(`Databricks refused: ${facts.join(" ")}`),
  });
}
