// The step that looks at Genie once. Many readers of one operation cause one look per interval: whoever does not
// lead it claims the look by compare-and-set before it looks.

import { AppError } from "../errors/app-error.ts";
import { finishOperation, reread } from "./finish-operation.ts";
import type { GenieMessage } from "./genie.ts";
import { measureStage } from "./measure-operation.ts";
import type { Operation, Running } from "./operation.ts";
import { isFinished } from "./operation-state.ts";
import { driveUntil, expire, fail, postponePoll, recordPoll } from "./operation-transitions.ts";
import type { OperationsDeps, Versioned } from "./ports.ts";
import { asStored, type Driver, type Step } from "./step.ts";

/** "Permission errors during polling have been seen to be transient" (genie-api.md §1.8). */
const GRACE_AFTER_ASK_MS = 10_000;
/** A driver tells of a new stage at most this often, to save storage transactions. */
const NEWS_INTERVAL_MS = 10_000;
/** How far ahead a driver claims the operation; a dead one is replaced this soon. */
const LEASE_MS = 20_000;

/** @param known the operation as this driver knows it, and what is stored of it */
export async function stepRunning(
  deps: OperationsDeps,
  driver: Driver,
  known: { readonly operation: Running; readonly stored: Versioned },
): Promise<Step> {
  const genie = await driver.asker.genie();
  const before = driver.leads ? known : await claimLook(deps, known);
  if (before === undefined) return asStored(await reread(deps, known.operation));
  const { operation } = before;
  const { conversationId, messageId } = operation.asked;
  const ref = { spaceId: operation.spaceId, conversationId, messageId };
  const look = await genie.getMessage(ref).catch((error: unknown) => refusalOf(error));
  const now = deps.clock.now();
  return look instanceof AppError
    ? keep(deps, driver, { before, next: afterFailedPoll(operation, look, now) })
    : keep(deps, driver, { before, next: recordPoll(operation, look, now), message: look });
}

function refusalOf(error: unknown): AppError {
  if (error instanceof AppError) return error;
  throw error;
}

async function claimLook(
  deps: OperationsDeps,
  { operation, stored }: { readonly operation: Running; readonly stored: Versioned },
) {
  const claim = postponePoll(operation, deps.clock.now(), 0);
  const written = await deps.store.replace(claim, stored.etag);
  return written && { operation: claim, stored: written };
}

/** A refusal right after the ask is passing; later it is the outcome. Everything else is tried again. */
function afterFailedPoll(operation: Running, { failure }: AppError, now: number): Operation {
  const lasting = REFUSALS.has(failure.code) && now - operation.asked.askedAt > GRACE_AFTER_ASK_MS;
  if (lasting) return fail(operation, failure, now);
  return postponePoll(operation, now, (failure.retryAfterSeconds ?? 0) * 1000);
}

const REFUSALS: ReadonlySet<string> = new Set([
  "genie_space_forbidden",
  "warehouse_forbidden",
  "data_forbidden",
  "workspace_access_missing",
  "conversation_not_found",
  "message_not_found",
]);

interface Look {
  readonly before: { readonly operation: Running; readonly stored: Versioned };
  readonly next: Operation;
  readonly message?: GenieMessage;
}

/** Writes what others need to know. The look past the deadline was the last one (design §3.4). */
async function keep(deps: OperationsDeps, driver: Driver, look: Look): Promise<Step> {
  const { operation, stored } = look.before;
  const now = deps.clock.now();
  const seen = look.message === undefined ? {} : { message: look.message };
  const isOverdue = !isFinished(look.next) && now >= look.next.expiresAt;
  const next = isOverdue ? expire(operation, now) : look.next;
  if (isFinished(next) || next.stage !== operation.stage) measureStage(operation, now);
  if (isFinished(next)) {
    const before = { operation, etag: stored.etag };
    return { ...asStored(await finishOperation(deps, before, next)), ...seen };
  }
  if (!isNews(driver, stored.operation, next, now)) return { operation: next, stored, ...seen };
  const led = driver.leads ? driveUntil(next, leaseEnd(driver, now)) : next;
  const written = await deps.store.replace(led, stored.etag);
  return { ...asStored(written ?? (await reread(deps, next))), ...seen };
}

function isNews(driver: Driver, stored: Operation, next: Operation, now: number): boolean {
  const isNewStage = stored.stage !== next.stage;
  if (!driver.leads || isFinished(stored)) return isNewStage;
  const leaseIsShort =
    stored.drivenUntil - now < LEASE_MS / 2 && stored.drivenUntil < driver.presentUntil;
  return leaseIsShort || (isNewStage && now - stored.updatedAt >= NEWS_INTERVAL_MS);
}

export function leaseEnd(driver: Pick<Driver, "presentUntil">, now: number): number {
  return Math.min(driver.presentUntil, now + LEASE_MS);
}
