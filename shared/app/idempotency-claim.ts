// What is kept of an Idempotency-Key: keyed hashes alone, one of which is the operation's id (design §3.2). Neither
// key nor body can be read back from them, and without the sealing key nobody can test a guess.

import { type Owner, ownerKey } from "../operations/owner.ts";
import type { IdempotencyClaim } from "../operations/ports.ts";
import type { Sealing } from "../sealing/sealing.ts";

/**
 * The ids that the operations of this caller under this key have.
 * Its promises reject with AppError `service_credential_problem` when the sealing key cannot be had.
 */
export function idsOfKey(
  sealing: Sealing,
  owner: Owner,
  key: string,
): Pick<IdempotencyClaim, "idsOf"> {
  // Each kind of caller has one endpoint to ask at. The path as it was written is not it: the host matches loosely.
  const path = owner.kind === "user" ? "/genie/query-obo" : "/genie/query-app";
  return {
    // JSON text keeps the parts apart: no two different lists give the same string.
    idsOf: (attempt) =>
      sealing.hash("idempotency-key", JSON.stringify([ownerKey(owner), path, key, attempt])),
  };
}

/** @param body as validated: an absent optional field is absent, so `null` and absent hash alike */
export async function idempotencyClaim(
  sealing: Sealing,
  { owner, key }: { readonly owner: Owner; readonly key: string },
  body: Readonly<Record<string, unknown>>,
): Promise<IdempotencyClaim> {
  const text = JSON.stringify(Object.entries(body).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return {
    ...idsOfKey(sealing, owner, key),
    bodies: await sealing.hash("idempotency-body", text),
  };
}
