// What Databricks prepares for a caller: a download of all rows, or rows made anew. Either runs the SQL again and costs
// the workspace money, so at most one of a kind starts for an owner and attachment in 60 s, on whatever worker
// (design §3.6); whoever comes meanwhile is led to that one.

import { AppError } from "../errors/app-error.ts";
import type { DownloadRef } from "./full-result.ts";
import type { AttachmentRef } from "./genie.ts";
import type { Owner } from "./owner.ts";

/** Whose preparation of what. */
export interface PreparationKey extends AttachmentRef {
  readonly kind: "download" | "rows";
  readonly owner: Owner;
}

/** How to get back to it. Rows, also those of a rerun, are found by their attachment alone. */
export type Preparation = ({ readonly kind: "download" } & DownloadRef) | { readonly kind: "rows" };

/** A preparation as the caller carries it: sealed, bound to the key, good for an hour. */
export interface PreparationSeal {
  seal(key: PreparationKey, preparation: Preparation): Promise<string>;
  /** Undefined for whatever is not ours, not this caller's, or too old. */
  open(key: PreparationKey, sealed: string): Promise<Preparation | undefined>;
}

export type PreparationClaim =
  /** Nobody has started one: the caller may, and says so with `version`. */
  | { readonly kind: "granted"; readonly version: string }
  | { readonly kind: "started"; readonly sealed: string }
  /** Another request is about to start it. */
  | { readonly kind: "starting" };

/** Who started what in the last 60 s. Throws AppError `storage_unavailable`. */
export interface PreparationLedger {
  claim(key: PreparationKey): Promise<PreparationClaim>;
  record(key: PreparationKey, version: string, sealed: string): Promise<void>;
  /** Nothing was started: the next one may. */
  release(key: PreparationKey, version: string): Promise<void>;
}

export interface PreparationDeps {
  readonly seal: PreparationSeal;
  readonly preparations: PreparationLedger;
}

/** `sealed` is null while another request is about to start it. */
export interface Preparing {
  readonly kind: "preparing";
  readonly sealed: string | null;
}

/**
 * Starts one, or finds the one that was started.
 *
 * @param carried what the caller brought from an earlier reply
 * @throws AppError `invalid_request` for a `carried` that is not this caller's; what `start` throws
 */
export async function prepareOnce(
  { seal, preparations }: PreparationDeps,
  key: PreparationKey,
  { carried, start }: { carried: string | undefined; start: () => Promise<Preparation> },
): Promise<{ readonly preparation: Preparation; readonly sealed: string } | Preparing> {
  if (carried !== undefined) {
    return { preparation: await openCarried({ seal }, key, carried), sealed: carried };
  }
  const claim = await preparations.claim(key);
  if (claim.kind === "starting") return { kind: "preparing", sealed: null };
  if (claim.kind === "started") {
    const preparation = await seal.open(key, claim.sealed);
    // A sealing key that was taken away meanwhile: a new one can be started when its minute is over.
    return preparation?.kind === key.kind
      ? { preparation, sealed: claim.sealed }
      : { kind: "preparing", sealed: null };
  }
  const preparation = await startOrRelease(preparations, key, { claim, start });
  const sealed = await seal.seal(key, preparation);
  await preparations.record(key, claim.version, sealed);
  return { preparation, sealed };
}

/** After a reply that got lost it may have started: then the claim stands until it is over. */
async function startOrRelease(
  preparations: PreparationLedger,
  key: PreparationKey,
  work: { claim: { version: string }; start: () => Promise<Preparation> },
): Promise<Preparation> {
  try {
    return await work.start();
  } catch (error) {
    const mayHaveStarted =
      !(error instanceof AppError) || error.failure.code === "databricks_unavailable";
    if (!mayHaveStarted) await preparations.release(key, work.claim.version);
    throw error;
  }
}

/** For rows that a statement of Genie's own still makes: nothing was started by us. */
export async function rowsPreparing(
  { seal }: Pick<PreparationDeps, "seal">,
  key: PreparationKey,
): Promise<Preparing> {
  return { kind: "preparing", sealed: await seal.seal(key, { kind: "rows" }) };
}

/** @throws AppError `invalid_request` for what is not ours, not this caller's, or over */
export async function openCarried(
  { seal }: Pick<PreparationDeps, "seal">,
  key: PreparationKey,
  sealed: string,
): Promise<Preparation> {
  const preparation = await seal.open(key, sealed);
  if (preparation?.kind === key.kind) return preparation;
  throw new AppError({
    code: "invalid_request",
    detail: "This download is not yours, or it is over.",
    remedy: "Follow the Location of a 202 unchanged, or leave `download` out to start anew.",
    errors: [{ parameter: "download", detail: "is not a download of these rows for you" }],
  });
}
