// What the queue and timer functions run: use cases for which nobody waits.

import type { CallbackPorts } from "../operations/deliver-callback.ts";
import { createDeliverCallback } from "../operations/deliver-callback.ts";
import { type BackgroundAsker, createBackgroundDrive } from "../operations/drive-in-background.ts";
import { isFinished } from "../operations/operation-state.ts";
import { createSweep } from "../operations/sweep.ts";
import type { Operations } from "./create-operations.ts";

export interface Worker {
  pollGenieMessage(operationId: string): Promise<void>;
  revivePoisonPoll(operationId: string): Promise<void>;
  deliverCallback(operationId: string): Promise<void>;
  revivePoisonCallback(operationId: string, traceparent?: string): Promise<void>;
  sweep(): Promise<void>;
}

/** What failed five times in a row waits a little: a poison message fails nothing before the deadline (design §4). */
const POISON_PAUSE_MS = 60_000;

export function createWorker(
  { deps, advance }: Operations,
  askerFor: BackgroundAsker,
  callbacks: CallbackPorts,
  watchPoison: () => Promise<void>,
): Worker {
  const { store, queue, logger } = deps;
  const sweep = createSweep(deps);
  return {
    pollGenieMessage: createBackgroundDrive(deps, advance, askerFor),
    deliverCallback: createDeliverCallback(deps, callbacks),
    revivePoisonPoll: async (operationId) => {
      const stored = await store.read(operationId);
      logger.error("poison_poll", { operation_id: operationId, known: stored !== undefined });
      if (stored === undefined || isFinished(stored.operation)) return;
      await queue.schedulePoll(operationId, POISON_PAUSE_MS, stored.operation.traceparent);
    },
    revivePoisonCallback: async (operationId, traceparent) => {
      logger.error("poison_callback", { operation_id: operationId });
      await queue.scheduleCallback(operationId, POISON_PAUSE_MS, traceparent);
    },
    sweep: async () => {
      await sweep();
      await watchPoison();
    },
  };
}
