// The ticket that a caller brings back in `download`: opened for its owner alone, and made where nothing was started.

import { AppError } from "../errors/app-error.ts";
import type { Preparation, PreparationKey, PreparationSeal, Preparing } from "./preparation.ts";

type Kind = PreparationKey["kind"];
type PreparationOf<K extends Kind> = Extract<Preparation, { kind: K }>;

/** @throws AppError `invalid_request` for what is not ours, not this caller's, or over */
export async function openTicket<K extends Kind>(
  seal: PreparationSeal,
  key: PreparationKey & { readonly kind: K },
  ticket: string,
): Promise<PreparationOf<K>> {
  const preparation = await seal.open(key, ticket);
  if (preparation !== undefined && isOf(key.kind, preparation)) return preparation;
  throw new AppError({
    code: "invalid_request",
    detail: "This download is not yours, or it is over.",
    remedy: "Follow the Location of a 202 unchanged, or leave `download` out to start anew.",
    errors: [{ parameter: "download", detail: "is not a download of these rows for you" }],
  });
}

/** For rows that a statement of Genie's own still makes: nothing was started by us. */
export async function rowsPreparing(seal: PreparationSeal, key: PreparationKey) {
  const ticket = await seal.seal(key, { kind: "rows" });
  return { kind: "preparing", ticket } as const satisfies Preparing;
}

function isOf<K extends Kind>(kind: K, preparation: Preparation): preparation is PreparationOf<K> {
  return preparation.kind === kind;
}
