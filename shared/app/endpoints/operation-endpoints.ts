// The endpoints that follow an ask: status, result, stages, cancel. No rule of the domain here.

import type { Caller } from "../../auth/caller.ts";
import type {
  cancelOperation,
  cancelOperationByKey,
  getOperation,
  getOperationEvents,
  getOperationResult,
} from "../../contracts/routes.ts";
import { AppError } from "../../errors/app-error.ts";
import type { InputOf, Reply } from "../../http/route-input.ts";
import type { Operation } from "../../operations/operation.ts";
import type { createOperationAccess } from "../../operations/operation-access.ts";
import type { Asker } from "../../operations/ports.ts";
import type { Step } from "../../operations/step.ts";
import { toOperationBody } from "../../presentation/operation-body.ts";
import { operationEvents, toFinalEvent } from "../../presentation/operation-events.ts";
import type { Sealing } from "../../sealing/sealing.ts";
import type { Clock } from "../../telemetry/clock.ts";
import { outcomeOf } from "../ask-outcome.ts";
import { askView, linkContext } from "../ask-view.ts";
import type { AskerOf } from "../asker.ts";
import { idsOfKey } from "../idempotency-claim.ts";
import { replyToAsk } from "../reply-to-ask.ts";
import { REPLY_MARGIN_MS, toldAsOutcome } from "../told-as-outcome.ts";

type OperationInput = InputOf<typeof getOperation> | InputOf<typeof cancelOperation>;
type KeyInput = InputOf<typeof cancelOperationByKey>;

export interface OperationEndpointDeps {
  readonly askerOf: AskerOf;
  readonly clock: Clock;
  readonly sealing: Sealing;
  readonly access: ReturnType<typeof createOperationAccess>;
  readonly functionKeyMode: boolean;
  /** How long one stream of stages lasts. */
  readonly maxWaitMs: number;
}

export function createOperationEndpoints(deps: OperationEndpointDeps) {
  const { access, clock } = deps;

  const readResult = (given: InputOf<typeof getOperationResult>): Promise<Reply> =>
    asOwner(deps, given, async (asker, input) => {
      const { waitMs } = input.wait;
      const { max_rows: maxRows } = input.query;
      const replyBy = clock.now() + waitMs + REPLY_MARGIN_MS;
      const step = await access.awaitResult(asker, input.params.operation_id, waitMs);
      const outcome = await outcomeOf(clock, step, { asker, maxRows, replyBy });
      return replyToAsk(outcome, askView(input, step.operation.space, clock.now()));
    });

  const present = (input: OperationInput | KeyInput, operation: Operation): Reply => {
    const view = { links: linkContext(input), requestId: input.requestId, now: clock.now() };
    return { status: 200, body: toOperationBody(operation, view) };
  };

  return {
    getOperationResult: toldAsOutcome(clock, readResult, () => undefined),

    getOperation: (given: OperationInput): Promise<Reply> =>
      asOwner(deps, given, async (asker, input) =>
        present(input, await access.readStatus(asker, input.params.operation_id)),
      ),

    cancelOperation: (given: OperationInput): Promise<Reply> =>
      asOwner(deps, given, async (asker, input) =>
        present(input, await access.cancel(asker, input.params.operation_id)),
      ),

    cancelOperationByKey: async (input: KeyInput): Promise<Reply> => {
      const asker = deps.askerOf(input.caller);
      const claim = idsOfKey(deps.sealing, asker.owner, input.idempotencyKey ?? "");
      return present(input, await access.cancelByKey(asker, claim));
    },

    getOperationEvents: (given: InputOf<typeof getOperationEvents>): Promise<Reply> =>
      asOwner(deps, given, async (asker, input) => {
        const steps = await access.watch(asker, input.params.operation_id, deps.maxWaitMs);
        const finish = async (step: Step) => {
          const replyBy = clock.now() + REPLY_MARGIN_MS;
          const { max_rows: maxRows } = input.query;
          const outcome = await outcomeOf(clock, step, { asker, maxRows, replyBy });
          return toFinalEvent(outcome, askView(input, step.operation.space, clock.now()));
        };
        return { status: 200, events: operationEvents(steps, finish) };
      }),
  };
}

/**
 * An operation asked with the function key is opened by its unguessable id alone, whoever comes (design §3.1); the
 * reply is then the one for a holder of the key.
 */
async function asOwner<Input extends { readonly caller: Caller }>(
  { askerOf, functionKeyMode }: OperationEndpointDeps,
  input: Input,
  use: (asker: Asker, input: Input) => Promise<Reply>,
): Promise<Reply> {
  try {
    return await use(askerOf(input.caller), input);
  } catch (error) {
    const isUnknown = error instanceof AppError && error.failure.code === "operation_not_found";
    if (!isUnknown || !functionKeyMode || input.caller.kind === "function-key") throw error;
    const caller: Caller = { kind: "function-key" };
    return use(askerOf(caller), { ...input, caller });
  }
}
