// A repeated ask is the operation that it first made (design §3.2, draft-ietf-httpapi-idempotency-key-header). The
// operation's id is derived from caller, endpoint and key, so the record itself is the claim: two simultaneous first
// requests on two workers can only ever create one.

import { AppError } from "../errors/app-error.ts";
import { endedUnasked, isFinished } from "./operation-state.ts";
import type { IdempotencyClaim, OperationsDeps, Versioned } from "./ports.ts";

/** A key stands for its operation for 24 h. */
const KEY_LIFETIME_MS = 24 * 3_600_000;
/** Each of them ended before anything was sent; whoever repeats beyond that gets the last one. */
const MOST_ATTEMPTS = 20;

export type KeyState =
  | { readonly kind: "repeated"; readonly versioned: Versioned }
  /** Nothing stands under this key, or nothing that counts: the id of a new operation. */
  | { readonly kind: "free"; readonly id: string };

/**
 * What a key stands for. An operation that ended before anything was sent, or that is older than 24 h, has freed it.
 * @throws AppError `idempotency_key_reused`
 */
export async function readKey(deps: OperationsDeps, claim: IdempotencyClaim): Promise<KeyState> {
  let last: Versioned | undefined;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const ids = await claim.idsOf(attempt);
    last = await findAny(deps, ids);
    if (last === undefined) return { kind: "free", id: ids[0] ?? deps.newId() };
    if (!isFree(last, deps.clock.now())) break;
  }
  if (last === undefined) throw new AppError(reused);
  return { kind: "repeated", versioned: repeatOf(last, claim) };
}

/** The newest operation under a key, whatever it stands for; undefined when there never was one. */
export async function findNewest(
  deps: OperationsDeps,
  claim: Pick<IdempotencyClaim, "idsOf">,
): Promise<Versioned | undefined> {
  let newest: Versioned | undefined;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const found = await findAny(deps, await claim.idsOf(attempt));
    if (found === undefined) break;
    newest = found;
  }
  return newest;
}

/** @throws AppError `idempotency_key_reused` when the key stands for another body. */
export function repeatOf(found: Versioned, claim: IdempotencyClaim | null): Versioned {
  const { claimedBody } = found.operation;
  if (claimedBody !== null && claim?.bodies.includes(claimedBody)) return found;
  throw new AppError(reused);
}

const reused = {
  code: "idempotency_key_reused",
  detail: "This Idempotency-Key was used within the last 24 hours with another body.",
  remedy: "Use a new key for every new question, and the same key only to repeat a request.",
} as const;

async function findAny(
  { store }: OperationsDeps,
  ids: readonly string[],
): Promise<Versioned | undefined> {
  for (const id of ids) {
    const found = await store.read(id);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isFree({ operation }: Versioned, now: number): boolean {
  const isOld = operation.createdAt + KEY_LIFETIME_MS < now;
  return isFinished(operation) && (isOld || endedUnasked(operation));
}
