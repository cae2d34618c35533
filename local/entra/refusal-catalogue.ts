// Entra's refusals as data: error word, AADSTS number and HTTP status as Entra gives them. Clients must decide
// by `error`, `suberror` and `claims`; the texts here are close to Microsoft's, and change there as well.

export interface Refusal {
  readonly code: number;
  readonly error: string;
  readonly text: string;
  /** Default 400. */
  readonly status?: number;
  readonly suberror?: string;
  readonly claims?: string;
}

/** What a user with a pending second factor must bring back to the authorize endpoint. */
const MFA_CLAIMS = '{"access_token":{"capolids":{"essential":true,"values":["p1"]}}}';

export const REFUSALS = {
  tenant_unknown: { code: 90002, error: "invalid_request", text: "Tenant not found." },
  field_missing: {
    code: 900144,
    error: "invalid_request",
    text: "The request body must contain a required parameter.",
  },
  grant_unsupported: {
    code: 70003,
    error: "unsupported_grant_type",
    text: "The app requested an unsupported grant type.",
  },
  client_unknown: {
    code: 700016,
    error: "unauthorized_client",
    text: "Application was not found in the directory.",
  },
  secret_missing: {
    code: 7000218,
    error: "invalid_client",
    status: 401,
    text: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  },
  secret_wrong: {
    code: 7000215,
    error: "invalid_client",
    status: 401,
    text: "Invalid client secret provided.",
  },
  secret_expired: {
    code: 7000222,
    error: "invalid_client",
    status: 401,
    text: "The provided client secret keys are expired.",
  },
  secret_of_public_client: {
    code: 700025,
    error: "invalid_client",
    status: 401,
    text: "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
  },
  client_assertion_expired: {
    code: 700024,
    error: "invalid_client",
    status: 401,
    text: "Client assertion is not within its valid time range.",
  },
  client_assertion_bad: {
    code: 700027,
    error: "invalid_client",
    status: 401,
    text: "The certificate or key used to sign the client assertion is not registered.",
  },
  client_assertion_unmatched: {
    code: 700213,
    error: "invalid_client",
    status: 401,
    text: "No matching federated identity record found for presented assertion subject.",
  },
  resource_unknown: {
    code: 500011,
    error: "invalid_resource",
    text: "The resource principal was not found in the tenant.",
  },
  scope_missing: {
    code: 70011,
    error: "invalid_scope",
    text: "The provided request must include a 'scope' of one resource.",
  },
  scope_unknown: {
    code: 65005,
    error: "invalid_resource",
    text: "The application asked for a scope that the resource does not expose.",
  },
  scope_of_two_resources: {
    code: 28000,
    error: "invalid_scope",
    text: "The scope is not valid because it contains more than one resource.",
  },
  scope_not_default: {
    code: 1002012,
    error: "invalid_scope",
    text: "The scope is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier.",
  },
  assertion_bad: {
    code: 50013,
    error: "invalid_grant",
    text: "Assertion failed signature validation.",
  },
  assertion_expired: {
    code: 500133,
    error: "invalid_grant",
    text: "Assertion is not within its valid time range.",
  },
  assertion_audience: {
    code: 500131,
    error: "invalid_grant",
    text: "Assertion audience does not match the Client app presenting the assertion.",
  },
  assertion_app_only: {
    code: 7000114,
    error: "invalid_grant",
    text: "Application is not allowed to make application on-behalf-of calls.",
  },
  assertion_id_token: {
    code: 240002,
    error: "invalid_grant",
    text: "Input id_token cannot be used as a jwt-bearer grant.",
  },
  user_unknown: {
    code: 50034,
    error: "invalid_grant",
    text: "The user account does not exist in the directory.",
  },
  consent: {
    code: 65001,
    error: "invalid_grant",
    suberror: "consent_required",
    text: "The user or administrator has not consented to use the application.",
  },
  mfa: {
    code: 50076,
    error: "interaction_required",
    suberror: "basic_action",
    claims: MFA_CLAIMS,
    text: "You must use multi-factor authentication to access the resource.",
  },
  blocked: {
    code: 53003,
    error: "interaction_required",
    suberror: "message_only",
    claims: MFA_CLAIMS,
    text: "Access has been blocked by Conditional Access policies.",
  },
  not_assigned: {
    code: 50105,
    error: "invalid_grant",
    text: "The signed in user is not assigned to a role for the application.",
  },
  revoked: {
    code: 50173,
    error: "invalid_grant",
    suberror: "bad_token",
    text: "The provided grant has expired due to it being revoked, a fresh auth token is needed.",
  },
  redirect_unknown: {
    code: 50011,
    error: "invalid_request",
    text: "The redirect URI specified in the request does not match the redirect URIs configured for the application.",
  },
  response_type: {
    code: 70005,
    error: "unsupported_response_type",
    text: "Only response_type=code is supported.",
  },
  response_mode: {
    code: 70007,
    error: "unsupported_response_mode",
    text: "Only the response modes query and fragment are supported.",
  },
  pkce_missing: {
    code: 9002325,
    error: "invalid_request",
    text: "Proof Key for Code Exchange is required for cross-origin authorization code redemption.",
  },
  pkce_malformed: {
    code: 501491,
    error: "invalid_request",
    text: "The code_challenge must be 43 base64url characters with the method S256.",
  },
  sign_in_needed: {
    code: 50058,
    error: "login_required",
    text: "A silent sign-in request was sent but no user is signed in.",
  },
  user_cancelled: {
    code: 65004,
    error: "access_denied",
    text: "User declined to consent to access the app.",
  },
  code_unknown: {
    code: 9002313,
    error: "invalid_grant",
    text: "The provided authorization code or refresh token is malformed.",
  },
  code_expired: {
    code: 70008,
    error: "invalid_grant",
    text: "The provided authorization code or refresh token has expired.",
  },
  code_reused: {
    code: 54005,
    error: "invalid_grant",
    text: "OAuth2 Authorization code was already redeemed.",
  },
  code_of_other_client: {
    code: 70000,
    error: "invalid_grant",
    text: "The grant was issued to another client.",
  },
  redirect_mismatch: {
    code: 500112,
    error: "invalid_client",
    text: "The reply address does not match the one provided when requesting the authorization code.",
  },
  verifier_wrong: {
    code: 501481,
    error: "invalid_grant",
    text: "The Code_Verifier does not match the code_challenge supplied in the authorization request.",
  },
  origin_missing: {
    code: 9002327,
    error: "invalid_request",
    text: "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.",
  },
  origin_foreign: {
    code: 9002326,
    error: "invalid_request",
    text: "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type.",
  },
} as const satisfies Record<string, Refusal>;

export type RefusalName = keyof typeof REFUSALS;
