// The endpoints that ask and follow an ask: validated input → use case → reply. No rule of the domain here.

import type {
  cancelOperation,
  getOperation,
  getOperationResult,
  queryApp,
  queryObo,
} from "../../contracts/routes.ts";
import { AppError } from "../../errors/app-error.ts";
import { ERROR_CATALOGUE } from "../../errors/error-catalogue.ts";
import type { InputOf, Reply } from "../../http/route-input.ts";
import type { Step } from "../../operations/advance.ts";
import type { AskRequest } from "../../operations/ask.ts";
import type { Operation } from "../../operations/operation.ts";
import { ownerKey } from "../../operations/owner.ts";
import type { Asker } from "../../operations/ports.ts";
import { resolveSpace } from "../../operations/resolve-space.ts";
import { type AskOutcome, type AskView, toAskReply } from "../../presentation/ask-reply.ts";
import type { LinkContext } from "../../presentation/links.ts";
import { toOperationBody } from "../../presentation/operation-body.ts";
import type { Clock } from "../../telemetry/clock.ts";
import { outcomeOf } from "../ask-outcome.ts";
import type { AskerOf } from "../asker.ts";
import { idempotencyClaim } from "../idempotency-claim.ts";

type AskInput = InputOf<typeof queryObo> | InputOf<typeof queryApp>;
type ResultInput = InputOf<typeof getOperationResult>;
type OperationInput = InputOf<typeof getOperation> | InputOf<typeof cancelOperation>;

export interface AskingDeps {
  readonly askerOf: AskerOf;
  readonly spaces: ReadonlyMap<string, string>;
  readonly clock: Clock;
  readonly hashingKey: Buffer;
  readonly ask: (asker: Asker, request: AskRequest) => Promise<Step>;
  readonly access: {
    readStatus(asker: Asker, id: string): Promise<Operation>;
    awaitResult(asker: Asker, id: string, waitMs: number): Promise<Step>;
    cancel(asker: Asker, id: string): Promise<Operation>;
  };
}

/** Design §1.3: the answer leaves at most 5 s after the wait; a little is left for writing it. */
const REPLY_MARGIN_MS = 4_500;

export function createAskingEndpoints(deps: AskingDeps) {
  const ask = async (input: AskInput): Promise<Reply> => {
    const asker = deps.askerOf(input.caller);
    await asker.genie(); // the exchange does not count as waiting for Genie
    const replyBy = deps.clock.now() + input.wait.waitMs + REPLY_MARGIN_MS;
    const step = await deps.ask(asker, askRequest(deps, input, asker));
    const request = { asker, maxRows: input.query.max_rows, replyBy };
    const outcome =
      input.wait.mode === "always"
        ? notYet(step.operation)
        : await outcomeOf(deps.clock, step, request).catch((error) => afterAsk(step, error));
    return toAskReply(withoutEngineRetry(outcome), viewOf(deps, input, step.operation.space));
  };

  const readResult = async (input: ResultInput): Promise<Reply> => {
    const asker = deps.askerOf(input.caller);
    const id = input.params.operation_id;
    const replyBy = deps.clock.now() + input.wait.waitMs + REPLY_MARGIN_MS;
    const step = await deps.access.awaitResult(asker, id, input.wait.waitMs);
    const request = { asker, maxRows: input.query.max_rows, replyBy };
    const outcome = await outcomeOf(deps.clock, step, request);
    return toAskReply(outcome, viewOf(deps, input, step.operation.space));
  };

  /** With `async=never` every outcome of a valid request is a 200, also a refusal (design §3.2). */
  const told =
    <Input extends AskInput | ResultInput>(endpoint: (input: Input) => Promise<Reply>) =>
    async (input: Input): Promise<Reply> => {
      try {
        return await endpoint(input);
      } catch (error) {
        if (input.wait.mode !== "never" || !(error instanceof AppError)) throw error;
        const { failure } = error;
        const outcome = { kind: "failed", operation: null, failure, source: null } as const;
        return toAskReply(outcome, viewOf(deps, input, spaceNamedIn(input)));
      }
    };

  return {
    queryObo: told(ask),
    queryApp: told(ask),
    getOperationResult: told(readResult),

    getOperation: async (input: OperationInput): Promise<Reply> => {
      const asker = deps.askerOf(input.caller);
      const operation = await deps.access.readStatus(asker, input.params.operation_id);
      return operationReply(deps, input, operation);
    },

    cancelOperation: async (input: OperationInput): Promise<Reply> => {
      const asker = deps.askerOf(input.caller);
      const operation = await deps.access.cancel(asker, input.params.operation_id);
      return operationReply(deps, input, operation);
    },
  };
}

function spaceNamedIn(input: AskInput | ResultInput): string {
  return input.body?.space ?? "default";
}

function askRequest(deps: AskingDeps, input: AskInput, asker: Asker): AskRequest {
  const { body, path, wait, baseUrl, idempotencyKey: key } = input;
  return {
    question: body.query,
    space: resolveSpace(deps.spaces, body.space),
    conversationId: body.conversation_id ?? null,
    waitMs: wait.waitMs,
    claim: idempotencyClaim({ owner: ownerKey(asker.owner), path, key, body }, deps.hashingKey),
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
  const wasSent = outcome.operation.status !== "queued" && outcome.operation.asked !== null;
  return wasSent && isRepeatedByEngines(outcome.failure) ? notYet(outcome.operation) : outcome;
}

function isRepeatedByEngines({ code }: AppError["failure"]): boolean {
  const { status } = ERROR_CATALOGUE[code];
  return status >= 500 || status === 429;
}

function viewOf(deps: AskingDeps, input: AskInput | ResultInput, space: string): AskView {
  return {
    space,
    question: "body" in input && input.body !== undefined ? input.body.query : null,
    maxRows: input.query.max_rows,
    links: linksOf(input, {
      maxRows: input.query.max_rows === 100 ? undefined : input.query.max_rows,
      never: input.wait.mode === "never",
    }),
    problem: { baseUrl: input.baseUrl, instance: input.path, requestId: input.requestId },
    preferenceApplied: input.wait.preferenceApplied,
    now: deps.clock.now(),
  };
}

function linksOf(
  input: AskInput | ResultInput | OperationInput,
  carried: LinkContext["carried"],
): LinkContext {
  const showResultLinks = input.caller.kind !== "function-key";
  return { baseUrl: input.baseUrl, showResultLinks, carried };
}

function operationReply(deps: AskingDeps, input: OperationInput, operation: Operation): Reply {
  const links = linksOf(input, {});
  const view = { links, requestId: input.requestId, now: deps.clock.now() };
  return { status: 200, body: toOperationBody(operation, view) };
}
