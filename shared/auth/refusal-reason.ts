// Why an inbound token was refused. Rich inside (these reasons are logged), bland outside: one exhaustive
// switch turns them into the few codes of design §3.9. A detail never says which check failed, because
// that would tell an attacker how far a forged token got.

import type { Failure } from "../errors/app-error.ts";

export type RefusalReason =
  | "bearer_missing"
  | "malformed"
  | "header_not_accepted"
  | "key_unknown"
  | "signature_wrong"
  | "payload_not_json_object"
  | "claim_type_wrong"
  | "claim_missing"
  | "expired"
  | "not_yet_valid"
  | "issued_in_future"
  | "lifetime_too_long"
  | "issuer_wrong"
  | "version_issuer_mismatch"
  | "audience_wrong"
  | "tenant_wrong"
  | "client_ambiguous"
  | "scope_absent"
  | "scope_missing"
  | "kind_contradictory"
  | "role_missing"
  | "app_on_user_endpoint"
  | "user_on_app_endpoint"
  | "client_not_allowed";

/** Outcome of a pure check: the value it established, or the reason to refuse. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: RefusalReason };

/** A passed check. */
export function accepted<T>(value: T): Checked<T> {
  return { ok: true, value };
}

/** A failed check. */
export function refused(reason: RefusalReason): Checked<never> {
  return { ok: false, reason };
}

/** What a caller must hold, for the remedies: names from our own settings, no secret. */
export interface TokenRequirements {
  /** Scope word of user tokens (`API_SCOPE`). */
  readonly scope: string;
  /** App role of app-only tokens (`API_APP_ROLE`). */
  readonly appRole: string;
}

const INVALID: Failure = {
  code: "invalid_token",
  detail: "A valid Entra access token for this API is needed.",
  remedy:
    "Sign in again and send `Authorization: Bearer <token>` with an access token that was issued for this API.",
};

/** The wire face of a refusal: `invalid_token` (401) or one of the 403 codes of design §3.9. */
export function refusalFailure(reason: RefusalReason, needs: TokenRequirements): Failure {
  switch (reason) {
    case "bearer_missing":
    case "malformed":
    case "header_not_accepted":
    case "key_unknown":
    case "signature_wrong":
    case "payload_not_json_object":
    case "claim_type_wrong":
    case "claim_missing":
    case "expired":
    case "not_yet_valid":
    case "issued_in_future":
    case "lifetime_too_long":
    case "issuer_wrong":
    case "version_issuer_mismatch":
    case "audience_wrong":
    case "tenant_wrong":
    case "client_ambiguous":
      return INVALID;
    case "scope_absent":
    case "scope_missing":
    case "kind_contradictory":
    case "role_missing":
      return {
        code: "insufficient_scope",
        detail: "The token carries neither the scope nor the app role that this API asks for.",
        remedy: `Users: request the delegated permission "${needs.scope}" of this API. Applications: have an Entra admin assign the app role "${needs.appRole}" to the calling application and grant admin consent.`,
      };
    case "app_on_user_endpoint":
      return {
        code: "user_token_required",
        detail: "This endpoint acts as the signed-in user; the token belongs to an application.",
        remedy: `Call with a token a user signed in for (scope "${needs.scope}"), or use the endpoint for applications.`,
      };
    case "user_on_app_endpoint":
      return {
        code: "app_token_required",
        detail: "This endpoint acts as an application; the token belongs to a user.",
        remedy: `Call with an app-only token that carries the app role "${needs.appRole}", or use the endpoint for users.`,
      };
    case "client_not_allowed":
      return {
        code: "client_not_allowed",
        detail: "The calling application is not on this gateway's list of allowed clients.",
        remedy:
          "Ask the gateway's operator to add the application's client id to ALLOWED_CLIENT_IDS.",
      };
  }
}
