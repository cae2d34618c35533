// Asks a question: records the operation first, then drives it as long as the caller wants to wait.
// Nothing is asked before it is recorded, and a repeated idempotency key never asks twice (design §3.2).

import { AppError } from "../errors/app-error.ts";
import type { Advance } from "./advance.ts";
import type { AskRequest } from "./ask-request.ts";
import { claimConversation } from "./claim-conversation.ts";
import { ensureOwnConversation } from "./conversation-access.ts";
import type { Drive } from "./drive.ts";
import { readKey, repeatOf } from "./idempotency.ts";
import { dropNeedlessToken, keepToken, keepTokenAgain } from "./keep-token.ts";
import { measureQuestion } from "./measure-operation.ts";
import { newOperation, type Recording } from "./new-operation.ts";
import type { Asker, OperationsDeps, Versioned } from "./ports.ts";
import { asStored, type Step } from "./step.ts";

/**
 * Makes the use case behind `query-obo` and `query-app`.
 *
 * The caller's token is exchanged before anything is recorded, so a refused exchange leaves no trace.
 *
 * @throws AppError `conversation_not_found`, `conversation_busy`, `idempotency_key_reused`, `storage_unavailable`
 *   before anything is asked, or what the exchange refuses. What Genie answers is in the operation, never thrown.
 */
export function createAsk(deps: OperationsDeps, advance: Advance, drive: Drive) {
  return async (asker: Asker, request: AskRequest): Promise<Step> => {
    await asker.genie();
    const until = deps.clock.now() + request.waitMs;
    const { versioned, isFirst } = await record(deps, advance, { asker, request, until });
    const known = asStored(versioned);
    measureQuestion(versioned.operation, isFirst);
    // The exchange has just worked, so a step that fails now met a passing fault: the operation goes on.
    return drive(known, { asker, until, isFirst }).catch((error: unknown) => {
      const code = error instanceof AppError ? error.failure.code : "bug";
      deps.logger.error("ask_not_driven", { operation_id: versioned.operation.id, code });
      return known;
    });
  };
}

interface Recorded {
  readonly versioned: Versioned;
  /** False for a repeat, also one whose twin was faster by a moment. */
  readonly isFirst: boolean;
}

async function record(
  deps: OperationsDeps,
  advance: Advance,
  { asker, request, until }: Recording,
): Promise<Recorded> {
  const { space, conversationId, claim } = request;
  const key = claim === null ? null : await readKey(deps, claim);
  if (key?.kind === "repeated") {
    await keepTokenAgain(deps, asker, key.versioned.operation);
    return { versioned: key.versioned, isFirst: false };
  }
  const id = key?.id ?? deps.newId();
  if (conversationId !== null) {
    await ensureOwnConversation(deps.ledger, asker, space, conversationId);
    await claimConversation(deps, advance, { asker, conversationId, operationId: id });
  }
  const operation = newOperation(deps, id, { asker, request, until });
  const isKept = await keepToken(deps, asker, operation); // first: a record with a callback is never without it
  const outcome = await deps.store.create(operation);
  if (outcome.kind === "created") return { versioned: outcome.versioned, isFirst: true };
  if (isKept) await dropNeedlessToken(deps, outcome.versioned);
  return { versioned: repeatOf(outcome.versioned, claim), isFirst: false };
}
