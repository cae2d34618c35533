// One question at a time in a conversation (design §3.2): a follow-up becomes the conversation's newest operation,
// by compare-and-set, if the one before has ended.

import { AppError } from "../errors/app-error.ts";
import { waitAtMost } from "../telemetry/wait-at-most.ts";
import type { Advance } from "./advance.ts";
import type { Operation } from "./operation.ts";
import { askedOf, isFinished } from "./operation-state.ts";
import type { Asker, LastOperation, OperationsDeps } from "./ports.ts";
import { asStored } from "./step.ts";

interface ConversationClaim {
  readonly asker: Asker;
  readonly conversationId: string;
  readonly operationId: string;
}

/** The record follows its claim within moments; a claim without one that is older belongs to a worker that died. */
const RECORD_FOLLOWS_MS = 30_000;
/** How long a look at the question before may hold up the one that is to be asked. */
const LOOK_MS = 4_000;

/** @throws AppError `conversation_busy`; nothing is asked then. */
export async function claimConversation(
  deps: OperationsDeps,
  advance: Advance,
  { asker, conversationId, operationId }: ConversationClaim,
): Promise<void> {
  const { owner } = asker;
  const last = await deps.conversations.readLast(owner, conversationId);
  if (last?.operationId === operationId) return; // a simultaneous request with the same idempotency key
  if (last !== undefined && (await isBusy(deps, advance, { asker, conversationId, last })))
    throw busy();
  const change = { operationId, etag: last?.etag };
  if (await deps.conversations.claim(owner, conversationId, change)) return;
  const winner = await deps.conversations.readLast(owner, conversationId);
  if (winner?.operationId !== operationId) throw busy();
}

interface Question {
  readonly asker: Asker;
  readonly conversationId: string;
  readonly last: LastOperation;
}

/** Perhaps Genie is done and only nobody has looked since: one look decides. */
async function isBusy(
  deps: OperationsDeps,
  advance: Advance,
  { asker, conversationId, last }: Question,
): Promise<boolean> {
  const now = deps.clock.now();
  const stored = await deps.store.read(last.operationId);
  if (stored === undefined) return now - last.claimedAt < RECORD_FOLLOWS_MS;
  if (isFinished(stored.operation) || isElsewhere(stored.operation, conversationId)) return false;
  const look = advance({ asker, presentUntil: now, leads: false }, asStored(stored));
  const step = await waitAtMost(deps.clock, now + LOOK_MS - deps.clock.now(), look);
  return step === undefined || !isFinished(step.operation);
}

/**
 * The claim was made by a request that lost its idempotency key to a twin with another body: the record under that id
 * is about another conversation. One that may just be opening this very conversation is not elsewhere.
 */
function isElsewhere(operation: Operation, conversationId: string): boolean {
  const known = operation.followUpOf ?? askedOf(operation)?.conversationId;
  if (known !== undefined) return known !== conversationId;
  return operation.status === "queued" && operation.intentAt === null;
}

function busy(): AppError {
  return new AppError({
    code: "conversation_busy",
    detail: "The last question of this conversation is not answered yet.",
    remedy: "Wait for its answer or cancel it, then ask again, or ask in a new conversation.",
  });
}
