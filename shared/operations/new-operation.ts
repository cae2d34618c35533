// The operation that a question becomes, before anything of it is written.

import { currentTraceparent } from "../telemetry/spans.ts";
import type { AskRequest } from "./ask-request.ts";
import type { Queued } from "./operation.ts";
import { createOperation } from "./operation-transitions.ts";
import { leaseEnd } from "./poll-step.ts";
import type { Asker, OperationsDeps } from "./ports.ts";

export interface Recording {
  readonly asker: Asker;
  readonly request: AskRequest;
  /** End of the caller's wait, epoch ms. */
  readonly until: number;
}

export function newOperation(
  { clock, deadlineMs }: OperationsDeps,
  id: string,
  { asker: { owner }, request, until }: Recording,
): Queued {
  const { space, question, conversationId: followUpOf, callbackUrl, linkBase } = request;
  const claimedBody = request.claim?.bodies[0] ?? null;
  const traceparent = currentTraceparent() ?? null;
  const now = clock.now();
  const drivenUntil = leaseEnd({ presentUntil: until }, now);
  return createOperation(
    { id, owner, space, question, followUpOf, claimedBody, callbackUrl, linkBase, traceparent },
    { now, deadlineMs, drivenUntil },
  );
}
