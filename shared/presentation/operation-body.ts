// An operation → the body of every 202 and of the status monitor (design §3.4).

import type { OperationBody } from "../contracts/operation.ts";
import { toProblem } from "../contracts/problem.ts";
import type { Operation, Unfinished } from "../operations/operation.ts";
import { deadlineExceeded } from "./failures.ts";
import { type LinkContext, operationLinks, operationPath } from "./links.ts";
import { toTimestamp } from "./timestamps.ts";

export interface OperationView {
  readonly links: LinkContext;
  readonly requestId: string;
  /** Epoch ms. */
  readonly now: number;
}

const MAX_POLL_SECONDS = 10;
const MAX_SLOT_SECONDS = 1_800;

/** The operation as its owner sees it. `error` is there when it failed or gave up, not when it was cancelled. */
export function toOperationBody(operation: Operation, view: OperationView): OperationBody {
  const asked = operation.status === "queued" ? null : operation.asked;
  const conversationId = asked?.conversationId ?? operation.followUpOf;
  return {
    operation_id: operation.id,
    status: operation.status,
    stage: operation.stage,
    space: operation.space,
    ...(conversationId === null ? {} : { conversation_id: conversationId }),
    ...(asked === null ? {} : { message_id: asked.messageId }),
    created_at: toTimestamp(operation.createdAt) ?? "",
    updated_at: toTimestamp(operation.updatedAt) ?? "",
    expires_at: toTimestamp(operation.expiresAt) ?? "",
    retry_after_s: isUnfinished(operation) ? retryAfterSeconds(operation, view.now) : 0,
    ...errorOf(operation, view),
    links: operationLinks(operation, view.links),
  };
}

/**
 * Whole seconds until another look is worth it: up to 1,800 while the question waits for its slot, up to 10
 * while Genie works, at least 1. A finished operation has nothing to wait for: its body says 0.
 */
export function retryAfterSeconds(operation: Operation, now: number): number {
  if (!isUnfinished(operation)) return 1; // only its rows are not there yet
  const [at, most] =
    operation.status === "queued"
      ? [operation.nextAskAt, MAX_SLOT_SECONDS]
      : [operation.nextPollAt, MAX_POLL_SECONDS];
  return Math.min(most, Math.max(1, Math.ceil((at - now) / 1_000)));
}

export function isUnfinished(operation: Operation): operation is Unfinished {
  return operation.status === "queued" || operation.status === "running";
}

function errorOf(
  operation: Operation,
  { links, requestId }: OperationView,
): Pick<OperationBody, "error"> {
  const context = { baseUrl: links.baseUrl, instance: operationPath(operation.id), requestId };
  if (operation.status === "failed") return { error: toProblem(operation.failure, context) };
  if (operation.status === "expired")
    return { error: toProblem(deadlineExceeded(operation), context) };
  return {};
}
