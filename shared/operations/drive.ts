// A request that waits drives its operation itself: step, sleep until the next step is due, step again. When it
// leaves before the end it hands the operation over: to the poller where there is one for it, else to the
// caller's next read. It never outstays its welcome, whatever hangs.

import { AppError } from "../errors/app-error.ts";
import { waitAtMost } from "../telemetry/wait-at-most.ts";
import type { Advance } from "./advance.ts";
import type { Operation, Unfinished } from "./operation.ts";
import { dueAt, isFinished, movesInBackground } from "./operation-state.ts";
import { driveUntil } from "./operation-transitions.ts";
import type { Asker, OperationsDeps } from "./ports.ts";
import { asStored, type Driver, type Step } from "./step.ts";

/** The answer leaves at most 5 s after the wait (design §1.3). */
const GRACE_MS = 4_000;
/** Keeps the loop from spinning while another worker's step is being settled. */
const LEAST_PAUSE_MS = 500;
const FOLLOW_INTERVAL_MS = 1_000;

export interface DriveRequest {
  readonly asker: Asker;
  /** Epoch ms; a time that has passed means one step only. */
  readonly until: number;
  /** True for the request that recorded the operation: it leads, and hands it over when it leaves. */
  readonly isFirst: boolean;
}

/** @throws AppError when the caller's own authority cannot be had, or the storage does not answer. */
export type Drive = (known: Step, request: DriveRequest) => Promise<Step>;

export function createDrive(deps: OperationsDeps, advance: Advance): Drive {
  return async (known, request) => {
    let newest = known;
    const work = (async () => {
      for await (const step of steps(deps, advance, { known, ...request })) newest = step;
      return newest;
    })();
    const { clock, logger } = deps;
    const done = await waitAtMost(clock, Math.max(0, request.until - clock.now()) + GRACE_MS, work);
    if (done !== undefined) return done;
    const { id } = known.operation;
    work.catch(() => logger.warn("step_failed_after_answer", { operation_id: id }));
    return newest;
  };
}

/** Every step until the end of the operation or of the wait; the first request hands it over at its end. */
export async function* steps(
  deps: OperationsDeps,
  advance: Advance,
  { known, asker, until, isFirst }: DriveRequest & { readonly known: Step },
): AsyncGenerator<Step> {
  const leads = isFirst && until > deps.clock.now();
  const driver: Driver = { asker, presentUntil: until, leads };
  let last = known;
  try {
    for await (const step of stepsOf(deps, advance, driver, known)) {
      last = step;
      yield step;
    }
  } finally {
    if (isFirst) last = await handOver(deps, leads, last);
  }
  yield last;
}

async function* stepsOf(
  deps: OperationsDeps,
  advance: Advance,
  driver: Driver,
  known: Step,
): AsyncGenerator<Step> {
  let step = rejoin(driver, known, deps.clock.now());
  yield known;
  for (;;) {
    step = await throughOutage(deps, step, () => advance(driver, step));
    yield step;
    const pause = pauseAfter(driver, step.operation, deps.clock.now());
    if (pause === undefined) return;
    await deps.clock.sleep(pause.ms);
    if (!driver.leads) step = await throughOutage(deps, step, () => refresh(deps, step));
    if (pause.isLast) break;
  }
  yield step;
}

/**
 * A caller who comes back to wait looks for a slot at once: only so does the line know that it is there (design §4).
 * After a fault the pause before the next ask stays.
 */
function rejoin({ presentUntil }: Driver, known: Step, now: number): Step {
  const { operation } = known;
  const isInLine =
    operation.status === "queued" &&
    operation.intentAt === null &&
    operation.unreachableSince === null &&
    operation.drivenUntil <= now;
  if (!isInLine || movesInBackground(operation) || presentUntil <= now) return known;
  return { ...known, operation: { ...operation, nextAskAt: Math.min(operation.nextAskAt, now) } };
}

/** How long to sleep before the next step, and whether the wait is over then; undefined when it is over now. */
function pauseAfter(
  driver: Driver,
  operation: Operation,
  now: number,
): { readonly ms: number; readonly isLast: boolean } | undefined {
  const until = driver.presentUntil;
  if (isFinished(operation) || now >= until) return undefined;
  const due = nextLook(driver, operation, now);
  const isLast = due > until + LEAST_PAUSE_MS;
  return { ms: isLast ? until - now : Math.max(LEAST_PAUSE_MS, due - now), isLast };
}

/** What is known goes on being true while the storage is away; the next turn tries again. */
async function throughOutage(
  deps: OperationsDeps,
  known: Step,
  work: () => Promise<Step>,
): Promise<Step> {
  try {
    return await work();
  } catch (error) {
    const isOutage = error instanceof AppError && error.failure.code === "storage_unavailable";
    if (!isOutage) throw error;
    deps.logger.warn("step_put_off", { operation_id: known.operation.id });
    return known;
  }
}

/** When there may be something new; whoever follows another driver looks into the record every second. */
function nextLook({ leads }: Driver, operation: Unfinished, now: number): number {
  const isBeingAsked = operation.status === "queued" && operation.intentAt !== null;
  const isFollowing = isBeingAsked || (!leads && operation.drivenUntil > now);
  return isFollowing ? now + FOLLOW_INTERVAL_MS : dueAt(operation);
}

async function refresh(deps: OperationsDeps, step: Step): Promise<Step> {
  const stored = await deps.store.read(step.operation.id);
  return stored === undefined || stored.etag === step.stored.etag ? step : asStored(stored);
}

/** Ends the lease with what is known, and wakes the poller. What fails here the sweeper makes good. */
async function handOver(deps: OperationsDeps, leads: boolean, step: Step): Promise<Step> {
  const { operation, stored } = step;
  if (isFinished(operation)) return step;
  const now = deps.clock.now();
  try {
    const written = leads
      ? await deps.store.replace(driveUntil(operation, 0), stored.etag)
      : stored;
    if (movesInBackground(operation)) {
      const delay = Math.max(0, dueAt(operation) - now);
      await deps.queue.schedulePoll(operation.id, delay, operation.traceparent);
    }
    return written === undefined ? step : { ...step, stored: written };
  } catch {
    deps.logger.warn("operation_not_handed_over", { operation_id: operation.id });
    return step;
  }
}
