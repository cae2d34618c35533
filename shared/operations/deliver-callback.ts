// What a message of the callback queue makes a worker do (design §3.7): at most one try, recorded before it is made.
// Safe to run twice and to lose: the record decides what is due, the webhook-id is the operation's own, and the
// sweeper revives the rest. It never changes what a caller sees of the operation.

import { AppError } from "../errors/app-error.ts";
import {
  type CallbackOutcome,
  claimTry,
  giveUp,
  hasTriesLeft,
  postponeTry,
  recordTry,
} from "./callback-tries.ts";
import { insist } from "./insist.ts";
import type { Callback, Finished } from "./operation.ts";
import { isFinished } from "./operation-state.ts";
import type { OperationsDeps, Versioned } from "./ports.ts";

export interface SignedCallback {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Throws AppError when there is nothing to sign with. */
export type SignCallback = (operation: Finished) => Promise<SignedCallback>;

/** Never throws for what the receiver does, and takes at most 10 s. */
export type SendCallback = (
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
) => Promise<CallbackOutcome>;

/** Takes one of this worker's places for a receiver: how to leave it, or undefined while all are taken. */
export type EnterReceiver = (url: string) => (() => void) | undefined;

export interface CallbackPorts {
  readonly sign: SignCallback;
  readonly send: SendCallback;
  readonly enterReceiver: EnterReceiver;
}

type Deps = Pick<OperationsDeps, "store" | "queue" | "custody" | "clock" | "logger">;

interface Open {
  readonly operation: Finished;
  readonly callback: Callback;
  readonly etag: string;
}

/** A missing secret is mended by a person, so this waits without using up a try; the record's end (24 h) ends it. */
const UNSIGNED_PAUSE_MS = 60_000;
const BUSY_PAUSE_MS = 2_000;
/** Somebody else's write in between is rare: it takes a try that outlasts its lease. */
const MAX_SETTLE_TRIES = 3;

/**
 * Makes the use case behind `deliver-callback`.
 * @throws AppError `storage_unavailable`: the message comes again
 */
export function createDeliverCallback(deps: Deps, ports: CallbackPorts) {
  return async (operationId: string): Promise<void> => {
    const open = openCallback(await deps.store.read(operationId));
    if (open === undefined) return;
    const early = (open.callback.nextTryAt ?? 0) - deps.clock.now();
    if (early > 0) {
      return deps.queue.scheduleCallback(operationId, early, open.operation.traceparent);
    }
    if (!hasTriesLeft(open.callback)) return settle(deps, open, giveUp(open.callback));
    const leave = ports.enterReceiver(open.callback.url);
    if (leave === undefined) return postpone(deps, open, BUSY_PAUSE_MS);
    try {
      await tryOnce(deps, ports, open);
    } finally {
      leave();
    }
  };
}

async function tryOnce(deps: Deps, ports: CallbackPorts, open: Open): Promise<void> {
  const { operation, callback } = open;
  const isFirst = callback.tries === 0;
  if (isFirst && operation.owner.kind === "user") await deps.custody.erase(operation.id);
  const signed = await signedOrNot(deps, ports.sign, operation);
  if (signed === undefined) return postpone(deps, open, UNSIGNED_PAUSE_MS);
  const claimed = await write(deps, open, claimTry(callback, deps.clock.now()));
  if (claimed === undefined) return; // another worker has the same message
  const outcome = await ports.send(callback.url, signed.headers, signed.body);
  await settle(deps, claimed, recordTry(claimed.callback, outcome, deps.clock.now()));
}

async function signedOrNot(
  deps: Deps,
  sign: SignCallback,
  operation: Finished,
): Promise<SignedCallback | undefined> {
  try {
    return await sign(operation);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code } = error.failure;
    deps.logger.error("callback_not_signed", { operation_id: operation.id, code });
    return undefined;
  }
}

/** Writes what became of a try, through an outage of the storage: the try would else be made again. */
async function settle(deps: Deps, tried: Open, next: Callback): Promise<void> {
  let present: Open | undefined = tried;
  for (let turn = 0; present !== undefined && turn < MAX_SETTLE_TRIES; turn++) {
    const before: Open = present;
    const written = await insist(deps.clock, () => write(deps, before, next));
    if (written !== undefined) return followUp(deps, written);
    if (next.outcome === "open") return; // whoever wrote in between has the next try
    const reread = await insist(deps.clock, () => deps.store.read(tried.operation.id));
    present = openCallback(reread);
    // A freed idempotency key may have put another question under the same id (design §3.2).
    if (present?.operation.createdAt !== tried.operation.createdAt) return;
  }
}

async function followUp(deps: Deps, { operation, callback }: Open): Promise<void> {
  const { tries, outcome, nextTryAt } = callback;
  if (nextTryAt !== null) {
    const delay = Math.max(0, nextTryAt - deps.clock.now());
    return deps.queue.scheduleCallback(operation.id, delay, operation.traceparent);
  }
  const level = outcome === "delivered" ? "info" : "warn";
  deps.logger[level]("callback_ended", { operation_id: operation.id, outcome, tries });
}

/** In the record too: the sweeper would else add a message a minute to each that waits. */
async function postpone(deps: Deps, open: Open, pauseMs: number): Promise<void> {
  await settle(deps, open, postponeTry(open.callback, deps.clock.now(), pauseMs));
}

/** Compare-and-set of the callback alone: status and `updatedAt` stay what the caller was told. */
async function write(deps: Deps, open: Open, callback: Callback): Promise<Open | undefined> {
  const operation = { ...open.operation, callback };
  const written = await deps.store.replace(operation, open.etag);
  return written && { operation, callback, etag: written.etag };
}

/** Undefined for what has nothing to tell: gone, not ended, no callback, or told already. */
function openCallback(stored: Versioned | undefined): Open | undefined {
  if (stored === undefined || !isFinished(stored.operation)) return undefined;
  const { operation, etag } = stored;
  const { callback } = operation;
  return callback?.outcome === "open" ? { operation, callback, etag } : undefined;
}
