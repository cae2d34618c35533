// Starts what Databricks is to prepare, once for all who want it, and lets the next one start when that came to nothing.
// It never starts where somebody else may have.

import { AppError } from "../errors/app-error.ts";
import type { PreparationKey, PreparationLedger, StandingStart } from "./preparation.ts";

/** The reply to a start got lost, or was not understood: Databricks may be running the SQL. */
export class StartUnknown extends AppError {}

/** `begun`: by this request; otherwise there is one of another request. */
export type Prepared<Begun> =
  | { readonly kind: "begun"; readonly begun: Begun; readonly ticket: string }
  | StandingStart;

interface Start<Begun> {
  readonly start: () => Promise<Begun>;
  readonly ticketOf: (begun: Begun) => string | Promise<string>;
}

/** @throws what `start` throws */
export async function prepareOnce<Begun>(
  preparations: PreparationLedger,
  key: PreparationKey,
  { start, ticketOf }: Start<Begun>,
): Promise<Prepared<Begun>> {
  const claim = await preparations.claim(key);
  if (claim.kind !== "granted") return claim;
  const release = () => preparations.release(key, claim.version);
  const begun = await startOrRelease(start, release);
  const ticket = await ticketOf(begun);
  // It is paid for: where it cannot be noted, at least this caller gets it. To all others it stays about to start.
  await unlessStorageIsAway(preparations.record(key, claim.version, ticket));
  return { kind: "begun", begun, ticket };
}

/** What surely did not start makes room for the next; what may have started keeps its claim until that is over. */
async function startOrRelease<Begun>(
  start: () => Promise<Begun>,
  release: () => Promise<void>,
): Promise<Begun> {
  try {
    return await start();
  } catch (error) {
    const mayHaveStarted = !(error instanceof AppError) || error instanceof StartUnknown;
    if (!mayHaveStarted) await unlessStorageIsAway(release());
    throw error;
  }
}

/**
 * What `ticket` leads to has failed or is over: the next request may start anew at once.
 *
 * @returns false where another start stands: what was seen was perhaps the state before that one
 */
export async function giveUp(
  preparations: PreparationLedger,
  key: PreparationKey,
  ticket: string,
): Promise<boolean> {
  const standing = await unlessStorageIsAway(preparations.find(key));
  if (standing === undefined) return true;
  if (standing.kind === "starting" || standing.ticket !== ticket) return false;
  await unlessStorageIsAway(preparations.release(key, standing.version));
  return true;
}

/** Undefined then. A claim lasts 60 s at most, so little is lost. */
async function unlessStorageIsAway<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AppError && error.failure.code === "storage_unavailable") return undefined;
    throw error;
  }
}
