// What Databricks prepares for a caller: a download of all rows, or rows made anew. Either runs the SQL again and costs
// the workspace money, so at most one of a kind starts for an owner and attachment in 60 s, on whatever worker
// (design §3.6); whoever comes meanwhile is led to that one.

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

/** Makes the ticket that the caller brings back: it leads to a preparation, is bound to the key, good for an hour. */
export interface PreparationSeal {
  seal(key: PreparationKey, preparation: Preparation): Promise<string>;
  /** Undefined for whatever is not ours, not this caller's, or too old. */
  open(key: PreparationKey, ticket: string): Promise<Preparation | undefined>;
}

/** A start that others are led to. */
export type StandingStart =
  | { readonly kind: "started"; readonly ticket: string; readonly version: string }
  /** Another request is about to start it. */
  | { readonly kind: "starting" };

export type PreparationClaim =
  | StandingStart
  /** Nobody has started one: the caller may, and says so with `version`. */
  | { readonly kind: "granted"; readonly version: string };

/** Who started what in the last 60 s. Throws AppError `storage_unavailable`. */
export interface PreparationLedger {
  claim(key: PreparationKey): Promise<PreparationClaim>;
  /** As `claim`, for those who would not start one. */
  find(key: PreparationKey): Promise<StandingStart | undefined>;
  record(key: PreparationKey, version: string, ticket: string): Promise<void>;
  /** What stands there in this version no longer does: the next one may start. */
  release(key: PreparationKey, version: string): Promise<void>;
}

export interface PreparationDeps {
  readonly seal: PreparationSeal;
  readonly preparations: PreparationLedger;
}

/** Not there yet. `ticket` is null while another request is about to start a download: it has no id so far. */
export interface Preparing {
  readonly kind: "preparing";
  readonly ticket: string | null;
}
