// A repeated ask is the operation that it first made (design §3.2, draft-ietf-httpapi-idempotency-key-header). The
// operation's id is derived from caller, endpoint and key, so the record itself is the claim: two simultaneous first
// requests on two workers can only ever create one.

import { AppError } from "../errors/app-error.ts";
import { endedUnasked, isFinished } from "./operation-state.ts";
import type { IdempotencyClaim, OperationsDeps, Versioned } from "./ports.ts";

/** A key stands for its operation for 24 h. */
const KEY_LIFETIME_MS = 24 * 3_600_000;
/** A repeat every 22 s, all day. Each of them ended before anything was sent; beyond that comes the last one again. */
const MOST_ATTEMPTS = 4_096;

export type KeyState =
  | { readonly kind: "repeated"; readonly versioned: Versioned }
  /** Nothing stands under this key, or nothing that counts: the id of a new operation. */
  | { readonly kind: "free"; readonly id: string };

/**
 * What a key stands for. An operation that ended before anything was sent, or that is older than 24 h, has freed it.
 * @throws AppError `idempotency_key_reused`
 */
export async function readKey(deps: OperationsDeps, claim: IdempotencyClaim): Promise<KeyState> {
  const now = deps.clock.now();
  const { attempt, found, before } = await searchAttempts(deps, claim, (each) => isFree(each, now));
  if (attempt < MOST_ATTEMPTS && found === undefined) {
    const [id = deps.newId()] = await claim.idsOf(attempt);
    return { kind: "free", id };
  }
  const last = found ?? before;
  if (last === undefined) throw new AppError(reused);
  return { kind: "repeated", versioned: repeatOf(last, claim) };
}

/** The newest operation under a key, whatever it stands for; undefined when there never was one. */
export async function findNewest(
  deps: OperationsDeps,
  claim: Pick<IdempotencyClaim, "idsOf">,
): Promise<Versioned | undefined> {
  return (await searchAttempts(deps, claim, () => true)).before;
}

/**
 * The first attempt that is missing or does not pass, and the one before it. An attempt is only made when the one
 * before is free, and free it stays: so doubling and halving finds the end of 4,096 in two dozen reads at most.
 */
async function searchAttempts(
  deps: OperationsDeps,
  { idsOf }: Pick<IdempotencyClaim, "idsOf">,
  passes: (found: Versioned) => boolean,
): Promise<{ readonly attempt: number; readonly found?: Versioned; readonly before?: Versioned }> {
  let passed: { readonly attempt: number; readonly before?: Versioned } = { attempt: -1 };
  let end: { readonly attempt: number; readonly found?: Versioned } = { attempt: MOST_ATTEMPTS };
  while (end.attempt - passed.attempt > 1) {
    const doubled = 2 * passed.attempt + 2;
    const isBounded = end.attempt < MOST_ATTEMPTS || doubled >= MOST_ATTEMPTS;
    const attempt = isBounded ? (passed.attempt + end.attempt) >> 1 : doubled;
    const found = await findAny(deps, await idsOf(attempt));
    if (found === undefined) end = { attempt };
    else if (passes(found)) passed = { attempt, before: found };
    else end = { attempt, found };
  }
  return { ...passed, ...end };
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
