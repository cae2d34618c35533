// Asks a question: records the operation first, then drives it as long as the caller wants to wait.
// Nothing is asked before it is recorded, and a repeated idempotency key never asks twice (design §3.2).

import { AppError } from "../errors/app-error.ts";
import type { Advance, Step } from "./advance.ts";
import { ensureOwnConversation } from "./conversation-access.ts";
import type { Drive } from "./drive.ts";
import type { Operation } from "./operation.ts";
import { createOperation, isFinished } from "./operation-transitions.ts";
import type { Asker, CreateOutcome, IdempotencyClaim, OperationsDeps, Space } from "./ports.ts";

export interface AskRequest {
  readonly question: string;
  readonly space: Space;
  /** The conversation of a follow-up, or null to open one. */
  readonly conversationId: string | null;
  readonly waitMs: number;
  readonly claim: IdempotencyClaim | null;
  /** Base of absolute links, stored with the operation. */
  readonly linkBase: string;
}

/**
 * Makes the use case behind `query-obo` and `query-app`.
 *
 * The caller's token is exchanged before anything is recorded, so a refused exchange leaves no trace.
 *
 * @throws AppError `conversation_not_found`, `conversation_busy`, `idempotency_key_reused`, or what the
 *   exchange refuses. What Genie answers is in the operation, never thrown.
 */
export function createAsk(deps: OperationsDeps, advance: Advance, drive: Drive) {
  return async (asker: Asker, request: AskRequest): Promise<Step> => {
    await asker.genie();
    if (request.conversationId !== null) {
      await ensureOwnConversation(deps.ledger, asker, request.space, request.conversationId);
    }
    const operation = await record(deps, advance, { asker, request });
    // The exchange has just worked, so a step that throws now met a passing fault: the operation goes on.
    const step = await drive(asker, operation.id, request.waitMs).catch(() => undefined);
    return step ?? { operation };
  };
}

async function record(
  deps: OperationsDeps,
  advance: Advance,
  { asker, request }: { asker: Asker; request: AskRequest },
): Promise<Operation> {
  const facts = {
    id: deps.newId(),
    owner: asker.owner,
    space: request.space,
    followUpOf: request.conversationId,
    question: request.question,
    linkBase: request.linkBase,
  };
  const create = (): Promise<CreateOutcome> =>
    deps.store.create(createOperation(facts, deps.clock.now(), deps.deadlineMs), request.claim);
  let outcome = await create();
  if (outcome.kind === "conversation_busy") {
    // Perhaps Genie is done and only nobody has looked since: one look decides.
    const { operation } = await advance(asker, outcome.versioned);
    if (isFinished(operation)) outcome = await create();
  }
  return operationOf(outcome);
}

function operationOf(outcome: CreateOutcome): Operation {
  switch (outcome.kind) {
    case "created":
    case "repeated":
      return outcome.versioned.operation;
    case "key_reused":
      throw new AppError({
        code: "idempotency_key_reused",
        detail: "This Idempotency-Key was used within the last 24 hours with another body.",
        remedy: "Use a new key for every new question, and the same key only to repeat a request.",
      });
    case "conversation_busy":
      throw new AppError({
        code: "conversation_busy",
        detail: "The last question of this conversation is not answered yet.",
        remedy: "Wait for its answer or cancel it, then ask again, or ask in a new conversation.",
      });
  }
}
