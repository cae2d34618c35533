// What this project promises about identity, as ids that tests cite (see all.ts).

export const auth = {
  "auth.hostile-tokens":
    "Design §3.1, entra-keyvault §7.2: no forged, foreign, expired or malformed token passes; a bad token is 401, a good one for something else 403.",
  "auth.issuers":
    "Design §3.1: v1 tokens of https://sts.windows.net/{tenant}/ and v2 tokens of {authority host}/{tenant}/v2.0 are accepted, nothing else.",
  "auth.caller-kind":
    "Design §3.1: verified claims alone decide whether a token acts as the user or as the app; each endpoint takes only the kind it names.",
  "auth.app-only":
    "Design §3.1: app-only means the role, no scp, azp or appid there, sub = oid, idtyp absent or app.",
  "auth.allowed-clients":
    "Design §2, §3.1: ALLOWED_CLIENT_IDS limits the calling clients; CLIENT_ID itself is always allowed.",
  "auth.no-token": "Design §3.1: without exactly one bearer token a request is 401 invalid_token.",
  "auth.key-rotation": "Design §3.1: new signing keys of Entra are accepted within 60 s.",
  "auth.key-flood": "entra-keyvault §7.3: unknown key ids cost at most one refresh per cool-down.",
  "auth.keys-stale":
    "entra-keyvault §7.3: signing keys are served up to 24 h while Entra's key endpoint fails, and refused on every call after.",
  "auth.keys-unavailable":
    "entra-keyvault §7.3: signing keys that cannot be had are 503, never 401.",
  "auth.refusals":
    "Design §3.9, entra-keyvault §4: Entra's refusals of an exchange become our codes with a remedy; its text never gets out.",
  "auth.claims-challenge":
    "Design §3.9: when Entra asks for more, the failure carries its claims challenge.",
  "auth.never-the-app": "Design §1: a user's exchange never falls back to the app identity.",
  "auth.token-cache":
    "Design §1: exchanged tokens are cached in this process under sha256(assertion), bounded, and die 5 minutes before they expire.",
  "auth.single-flight":
    "entra-keyvault §3: concurrent cold exchanges of one assertion are one call to Entra.",
  "auth.isolation":
    "entra-keyvault §2: what Entra answers to one user never throttles or fails another.",
  "auth.rejected-token": "Issue 3: a token that Databricks refused is exchanged anew.",
  "auth.app-token-stale": "Design §4: a still valid app token is served when its renewal fails.",
  "auth.secret-rotation":
    "Design §4: the client secret is read again when Entra says it is wrong or expired, at most every 5 s, and no request fails meanwhile.",
  "auth.secret-cached": "Design §4: a cached client secret is served while the vault is down.",
  "auth.secret-status":
    "Design §3.8: version and expiry of the client secret can be read, and whether they come from the vault or the cache.",
  "auth.secretless":
    "Design §2: CLIENT_CREDENTIAL=managed-identity exchanges tokens without any secret.",
  "auth.own-identity":
    "Design §2: the managed identity is used whenever it is there, else the Azure CLI sign-in, never one for the other.",
  "auth.no-hang":
    "Design §1: an identity provider that hangs is 503 identity_provider_unavailable within the budget.",
} as const;
