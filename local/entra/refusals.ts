// Turns an entry of the refusal catalogue into what Entra answers. It never says more than the catalogue does.

import { randomUUID } from "node:crypto";
import type { LoopbackReply } from "../loopback-server.ts";
import { REFUSALS, type Refusal, type RefusalName } from "./refusal-catalogue.ts";

/** Thrown inside the simulator; the endpoint turns it into Entra's answer. */
export class EntraRefusal extends Error {
  readonly refusal: Refusal;

  constructor(name: RefusalName, options?: { cause?: unknown }) {
    super(name, options);
    this.name = "EntraRefusal";
    this.refusal = REFUSALS[name];
  }
}

/** `error_description` with the tail that Entra puts below each text. */
export function describeRefusal(
  { code, text }: Refusal,
  correlationId: string,
  nowMs: number,
): string {
  const timestamp = entraTimestamp(nowMs);
  return `AADSTS${code}: ${text} Trace ID: ${randomUUID()} Correlation ID: ${correlationId} Timestamp: ${timestamp}`;
}

const entraTimestamp = (nowMs: number) =>
  new Date(nowMs)
    .toISOString()
    .replace("T", " ")
    .replace(/\.\d+Z/, "Z");

/** The JSON answer of the token endpoint. `correlationId` is the `client-request-id` that was sent. */
export function refusalReply(
  refusal: Refusal,
  correlationId: string,
  nowMs: number,
): LoopbackReply {
  return {
    status: refusal.status ?? 400,
    body: {
      error: refusal.error,
      error_description: describeRefusal(refusal, correlationId, nowMs),
      error_codes: [refusal.code],
      timestamp: entraTimestamp(nowMs),
      trace_id: randomUUID(),
      correlation_id: correlationId,
      error_uri: `https://login.microsoftonline.com/error?code=${refusal.code}`,
      ...(refusal.suberror === undefined ? {} : { suberror: refusal.suberror }),
      ...(refusal.claims === undefined ? {} : { claims: refusal.claims }),
    },
  };
}
