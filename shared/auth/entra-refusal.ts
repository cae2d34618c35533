// Sorts a refusal of Entra's token endpoint (pure). Decides by OAuth `error`, `suberror` and the presence of
// `claims`; AADSTS numbers only refine, since Microsoft says that apps depending on them "will be broken over
// time". What the caller is told for each sort is in entra-refusal-failure.ts.

import type { EntraRefusal } from "./entra-reply.ts";

/** Whose token was asked for: the user's by OBO, or the app's own. */
export type ExchangeKind = "user" | "app";

export type RefusalSort =
  | "outage"
  | "claims_required"
  | "consent_missing"
  | "not_assigned"
  | "app_only_assertion"
  | "assertion_not_accepted"
  | "credential_not_accepted"
  | "resource_missing"
  | "request_not_accepted";

const OUTAGE_ERRORS = new Set(["temporarily_unavailable", "server_error"]);
const CREDENTIAL_ERRORS = new Set(["invalid_client", "unauthorized_client"]);
const INTERACTION_ERRORS = new Set([
  "interaction_required",
  "login_required",
  "insufficient_claims",
]);

/** Transient faults that Entra reports with a 4xx. */
const OUTAGE_CODES = [90033, 90024, 90006, 90012];
/** Unknown app, wrong, expired or unmatched credential, whatever `error` they come with. */
const CREDENTIAL_CODES = [700016, 700027, 700213, 7000215, 7000222, 7000112];
/** More factors, enrolment, Conditional Access, device: seen both as interaction_required and invalid_grant. */
const INTERACTION_CODES = [50076, 50079, 53003, 530003];
const STALE_SECRET_CODES = [7000215, 7000222];

/** True when a new version of the client secret may help: it is wrong (rotated) or expired. */
export function isStaleSecret(refusal: EntraRefusal): boolean {
  return hasCode(refusal, STALE_SECRET_CODES);
}

export function sortEntraRefusal(refusal: EntraRefusal, kind: ExchangeKind): RefusalSort {
  const { error, status } = refusal;
  if (status === 429 || status >= 500 || OUTAGE_ERRORS.has(error)) return "outage";
  if (hasCode(refusal, OUTAGE_CODES)) return "outage";
  if (CREDENTIAL_ERRORS.has(error) || hasCode(refusal, CREDENTIAL_CODES)) {
    return "credential_not_accepted";
  }
  if (error === "invalid_resource" || hasCode(refusal, [500011])) return "resource_missing";
  if (hasCode(refusal, [50105])) return "not_assigned";
  return kind === "user" ? sortUserRefusal(refusal) : "request_not_accepted";
}

function sortUserRefusal(refusal: EntraRefusal): RefusalSort {
  const { error, suberror, claims } = refusal;
  if (claims !== undefined) return "claims_required";
  if (error === "consent_required" || suberror === "consent_required") return "consent_missing";
  if (hasCode(refusal, [65001])) return "consent_missing";
  if (hasCode(refusal, [7000114])) return "app_only_assertion";
  // Revoked sign-in or sign-in frequency: a new sign-in helps, a claims challenge is not needed.
  if (suberror === "bad_token") return "assertion_not_accepted";
  if (INTERACTION_ERRORS.has(error) || hasCode(refusal, INTERACTION_CODES)) {
    return "claims_required";
  }
  return error === "invalid_grant" ? "assertion_not_accepted" : "request_not_accepted";
}

const hasCode = (refusal: EntraRefusal, codes: readonly number[]): boolean =>
  refusal.codes.some((code) => codes.includes(code));
