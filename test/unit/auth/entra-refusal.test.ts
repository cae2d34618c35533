// Entra's refusals (entra-keyvault §4) and what the caller is told, without a word of Entra's.

import { expect } from "vitest";
import { entraAuthority } from "../../../shared/auth/entra-authority.ts";
import type { ExchangeKind } from "../../../shared/auth/entra-refusal.ts";
import { entraRefusalFailure } from "../../../shared/auth/entra-refusal-failure.ts";
import { readEntraRefusal } from "../../../shared/auth/entra-reply.ts";
import type { ErrorCode } from "../../../shared/errors/error-catalogue.ts";
import { verifies } from "../../support/verifies.ts";

const CLAIMS = '{"access_token":{"capolids":{"essential":true,"values":["p1"]}}}';
const UPSTREAM = "AADSTS: text that names somebody@example.com";

interface Row {
  readonly error: string;
  readonly aadsts?: number;
  readonly suberror?: string;
  readonly claims?: string;
  readonly status?: number;
  readonly kind?: ExchangeKind;
  readonly code: ErrorCode;
}

function failureFor({ error, aadsts, suberror, claims, status = 400, kind = "user" }: Row) {
  const body = {
    error,
    error_description: UPSTREAM,
    error_codes: aadsts === undefined ? [] : [aadsts],
    suberror,
    claims,
  };
  const refusal = readEntraRefusal(status, JSON.stringify(body));
  if (refusal === undefined) expect.unreachable("an OAuth error must be readable");
  const authority = entraAuthority("https://login.example.com/", "TENANT");
  const context = { authority, clientId: "client", databricksResourceId: "databricks" };
  return entraRefusalFailure(refusal, kind, context);
}

const ROWS: readonly Row[] = [
  { error: "invalid_grant", aadsts: 65001, suberror: "consent_required", code: "consent_required" },
  { error: "invalid_grant", suberror: "consent_required", code: "consent_required" },
  { error: "invalid_grant", aadsts: 65001, code: "consent_required" },
  { error: "consent_required", code: "consent_required" },
  {
    error: "interaction_required",
    aadsts: 50076,
    suberror: "basic_action",
    claims: CLAIMS,
    code: "insufficient_claims",
  },
  { error: "invalid_grant", aadsts: 50079, claims: CLAIMS, code: "insufficient_claims" },
  {
    error: "interaction_required",
    aadsts: 53003,
    suberror: "message_only",
    claims: CLAIMS,
    code: "insufficient_claims",
  },
  { error: "invalid_grant", aadsts: 530003, code: "insufficient_claims" },
  { error: "interaction_required", aadsts: 99999999, code: "insufficient_claims" },
  { error: "invalid_grant", aadsts: 50173, suberror: "bad_token", code: "invalid_token" },
  { error: "invalid_grant", aadsts: 70043, suberror: "bad_token", code: "invalid_token" },
  { error: "invalid_grant", aadsts: 50013, code: "invalid_token" },
  { error: "invalid_grant", aadsts: 500133, code: "invalid_token" },
  { error: "invalid_grant", aadsts: 500131, code: "invalid_token" },
  { error: "invalid_grant", aadsts: 7000114, code: "user_token_required" },
  { error: "invalid_grant", aadsts: 50105, code: "user_not_assigned" },
  { error: "interaction_required", aadsts: 50105, code: "user_not_assigned" },
  { error: "invalid_resource", aadsts: 500011, code: "configuration_error" },
  { error: "invalid_request", aadsts: 90002, code: "configuration_error" },
  { error: "invalid_scope", aadsts: 70011, kind: "app", code: "configuration_error" },
  { error: "invalid_client", aadsts: 7000215, status: 401, code: "service_credential_problem" },
  { error: "invalid_client", aadsts: 7000222, status: 401, code: "service_credential_problem" },
  {
    error: "invalid_client",
    aadsts: 700027,
    status: 401,
    kind: "app",
    code: "service_credential_problem",
  },
  { error: "invalid_client", aadsts: 700213, status: 401, code: "service_credential_problem" },
  { error: "unauthorized_client", aadsts: 700016, code: "service_credential_problem" },
  { error: "invalid_grant", aadsts: 7000222, kind: "app", code: "service_credential_problem" },
  { error: "invalid_client", claims: CLAIMS, code: "service_credential_problem" },
  { error: "temporarily_unavailable", code: "identity_provider_unavailable" },
  { error: "invalid_grant", aadsts: 90033, code: "identity_provider_unavailable" },
  { error: "server_error", status: 500, code: "identity_provider_unavailable" },
  { error: "invalid_request", status: 429, code: "identity_provider_unavailable" },
  { error: "invalid_grant", kind: "app", code: "configuration_error" },
  { error: "something_new", code: "configuration_error" },
];

for (const row of ROWS) {
  const { error, aadsts = "no number", suberror = "", kind = "user" } = row;
  verifies("auth.refusals", `${kind} ${error} ${aadsts} ${suberror} → ${row.code}`, () => {
    const failure = failureFor(row);
    expect(failure.code).toBe(row.code);
    expect(failure.remedy, "says what to do").toBeTruthy();
    expect(JSON.stringify(failure)).not.toContain("somebody");
    expect(JSON.stringify(failure)).not.toContain("AADSTS");
  });
}

verifies("auth.refusals", "a missing consent says how to give it", () => {
  const { remedy } = failureFor({ error: "consent_required", code: "consent_required" });
  expect(remedy).toContain("https://login.example.com/tenant/adminconsent?client_id=client");
  expect(remedy).toContain("user_impersonation");
});

verifies("auth.claims-challenge", "the challenge is handed on as it came", () => {
  const row: Row = { error: "interaction_required", claims: CLAIMS, code: "insufficient_claims" };
  expect(failureFor(row).claims).toBe(CLAIMS);
});

verifies("auth.claims-challenge", "what is no claims challenge is dropped", () => {
  for (const claims of ["", "not json", "[]", '"text"', `{"a":"${"x".repeat(5_000)}"}`]) {
    const failure = failureFor({
      error: "interaction_required",
      claims,
      code: "insufficient_claims",
    });
    expect(failure).not.toHaveProperty("claims");
  }
});

verifies("auth.refusals", "a lying reply is read without trust", () => {
  for (const body of ["", "<html>", "null", "[]", "{}", '{"error":7}']) {
    expect(readEntraRefusal(400, body), body).toBeUndefined();
  }
  const odd = '{"error":"x\\u0000<script>","suberror":{},"error_codes":["1",null,2],"claims":{}}';
  expect(readEntraRefusal(400, odd)).toEqual({ status: 400, error: "", suberror: "", codes: [2] });
});
