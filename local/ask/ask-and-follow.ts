// Asks once, follows the operation by its monitor until it is final or the wait is over, and reads the result.
// The question itself is never sent twice.

import type { OperationBody } from "../../shared/contracts/operation.ts";
import type { Clock } from "../../shared/telemetry/clock.ts";
import { callGateway, type Reply } from "./call-gateway.ts";
import type { AskOptions } from "./command-line.ts";
import type { Gateway } from "./find-gateway.ts";
import type { Outcome } from "./outcome.ts";

export interface Follower {
  readonly gateway: Gateway;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** End of the wait, epoch ms. */
  readonly deadline: number;
  /** Called with every state of the operation, the first included. */
  onState(operation: OperationBody): void;
}

/** Looks in a row that may fail before the failure is the outcome. */
const MOST_MISSES = 5;

/** @throws the signal's reason when it aborts */
export async function askAndFollow(options: AskOptions, follower: Follower): Promise<Outcome> {
  const { gateway, signal } = follower;
  const asked = await callGateway(gateway, {
    method: "POST",
    link: options.as === "app" ? "/genie/query-app" : "/genie/query-obo",
    body: bodyOf(options),
    signal,
  });
  if (asked.kind !== "operation") return asked;
  return follow(asked, follower);
}

function bodyOf({ question, conversation, space }: AskOptions): Record<string, string> {
  return {
    query: question,
    ...(conversation === undefined ? {} : { conversation_id: conversation }),
    ...(space === undefined ? {} : { space }),
  };
}

type OperationReply = Extract<Reply, { kind: "operation" }>;

async function follow(first: OperationReply, follower: Follower): Promise<Outcome> {
  const { gateway, clock, signal, deadline } = follower;
  let state = first;
  let misses = 0;
  follower.onState(state.operation);
  while (isOpen(state.operation)) {
    const left = deadline - clock.now();
    if (left <= 0) return { kind: "unfinished", operation: state.operation };
    await clock.sleep(Math.min(state.retryAfterMs, left), signal);
    const link = state.operation.links.self;
    const read = await callGateway(gateway, { method: "GET", link, signal });
    if (read.kind !== "operation") {
      misses++;
      if (!passes(read) || misses === MOST_MISSES) return read;
      continue;
    }
    state = read;
    misses = 0;
    follower.onState(state.operation);
  }
  return readResult(state.operation, follower);
}

async function readResult(
  operation: OperationBody,
  { gateway, signal }: Follower,
): Promise<Outcome> {
  const result = await callGateway(gateway, {
    method: "GET",
    link: operation.links.result,
    signal,
  });
  return result.kind === "operation" ? { kind: "unfinished", operation: result.operation } : result;
}

function isOpen({ status }: OperationBody): boolean {
  return status === "queued" || status === "running";
}

/** What may be gone at the next look; the wait bounds how often we look. */
function passes(reply: Reply): boolean {
  if (reply.kind === "unreachable") return true;
  return reply.kind === "problem" && (reply.problem.status === 429 || reply.problem.status === 503);
}
