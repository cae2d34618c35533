// The endpoints that ask: validated input → use case → reply. No rule of the domain here.

import type { queryApp, queryObo } from "../../contracts/routes.ts";
import { AppError } from "../../errors/app-error.ts";
import { ERROR_CATALOGUE } from "../../errors/error-catalogue.ts";
import type { InputOf, Reply } from "../../http/route-input.ts";
import type { AskRequest } from "../../operations/ask-request.ts";
import type { Operation } from "../../operations/operation.ts";
import { isFinished } from "../../operations/operation-state.ts";
import type { Asker } from "../../operations/ports.ts";
import { resolveSpace } from "../../operations/resolve-space.ts";
import type { Step } from "../../operations/step.ts";
import type { AskOutcome } from "../../presentation/ask-reply.ts";
import type { Sealing } from "../../sealing/sealing.ts";
import type { Clock } from "../../telemetry/clock.ts";
import { outcomeOf } from "../ask-outcome.ts";
import { askView } from "../ask-view.ts";
import type { AskerOf } from "../asker.ts";
import { idempotencyClaim } from "../idempotency-claim.ts";
import { replyToAsk } from "../reply-to-ask.ts";
import { REPLY_MARGIN_MS, toldAsOutcome } from "../told-as-outcome.ts";

type AskInput = InputOf<typeof queryObo> | InputOf<typeof queryApp>;

export interface AskingDeps {
  readonly askerOf: AskerOf;
  readonly spaces: ReadonlyMap<string, string>;
  readonly clock: Clock;
  readonly sealing: Sealing;
  /** Checks a callback URL against the allow-list; throws AppError `invalid_request` or `service_credential_problem`. */
  readonly admitCallback: (url: string) => Promise<void>;
  readonly ask: (asker: Asker, request: AskRequest) => Promise<Step>;
}

export function createAskingEndpoints(deps: AskingDeps) {
  const ask = async (input: AskInput): Promise<Reply> => {
    const { clock } = deps;
    const asker = deps.askerOf(input.caller);
    const space = resolveSpace(deps.spaces, input.body.space);
    if (input.body.callback_url !== undefined) await deps.admitCallback(input.body.callback_url);
    await asker.genie(); // the exchange does not count as waiting for Genie
    const replyBy = clock.now() + input.wait.waitMs + REPLY_MARGIN_MS;
    const step = await deps.ask(asker, { ...(await askRequest(deps, input, asker)), space });
    const request = { asker, maxRows: input.query.max_rows, replyBy };
    const outcome =
      input.wait.mode === "always" && !isFinished(step.operation)
        ? notYet(step.operation)
        : await outcomeOf(clock, step, request).catch((error) => afterAsk(step, error));
    const view = askView(input, step.operation.space, clock.now());
    return replyToAsk(withoutEngineRetry(outcome), view);
  };
  const told = toldAsOutcome(deps.clock, ask, (input) => input.body.space);
  return { queryObo: told, queryApp: told };
}

async function askRequest(
  deps: AskingDeps,
  input: AskInput,
  asker: Asker,
): Promise<Omit<AskRequest, "space">> {
  const { body, wait, baseUrl, idempotencyKey: key } = input;
  const { owner } = asker;
  return {
    question: body.query,
    conversationId: body.conversation_id ?? null,
    callbackUrl: body.callback_url ?? null,
    waitMs: wait.waitMs,
    claim: key === null ? null : await idempotencyClaim(deps.sealing, { owner, key }, body),
    linkBase: baseUrl,
  };
}

function notYet(operation: Operation): AskOutcome {
  return { kind: "unfinished", operation, source: null };
}

/** The question is asked and answered; only the rows cannot be read. A refusal is told, the rest is "not yet". */
function afterAsk({ operation }: Step, error: unknown): AskOutcome {
  if (!(error instanceof AppError) || isRepeatedByEngines(error.failure)) return notYet(operation);
  return { kind: "failed", operation, failure: error.failure, source: null };
}

/**
 * Once an ask was sent no POST answers 408, 429 or 5xx, because engines would send it again (design §3.2);
 * `/result` tells it instead.
 */
function withoutEngineRetry(outcome: AskOutcome): AskOutcome {
  if (outcome.kind !== "failed" || outcome.operation === null) return outcome;
  const { operation, failure } = outcome;
  const wasSent = isFinished(operation) ? operation.wasSent : operation.status === "running";
  return wasSent && isRepeatedByEngines(failure) ? notYet(operation) : outcome;
}

function isRepeatedByEngines({ code }: AppError["failure"]): boolean {
  const { status } = ERROR_CATALOGUE[code];
  return status >= 500 || status === 429;
}
