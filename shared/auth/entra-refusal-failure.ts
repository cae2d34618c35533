// What a caller is told when Entra refused a token: our code, a plain sentence and what an Entra admin can do
// (pure). It names our own app, tenant and resource, nothing that Entra wrote.

import type { Failure } from "../errors/app-error.ts";
import type { EntraAuthority } from "./entra-authority.ts";
import { type ExchangeKind, type RefusalSort, sortEntraRefusal } from "./entra-refusal.ts";
import type { EntraRefusal } from "./entra-reply.ts";
import { identityProviderOutage } from "./identity-provider-outage.ts";

export interface RefusalContext {
  readonly authority: EntraAuthority;
  readonly clientId: string;
  readonly databricksResourceId: string;
}

/** The failure for `refusal`, met while exchanging for a token of this `kind`. */
export function entraRefusalFailure(
  refusal: EntraRefusal,
  kind: ExchangeKind,
  context: RefusalContext,
): Failure {
  const failure = failureOf(sortEntraRefusal(refusal, kind), context);
  const { claims } = refusal;
  return failure.code === "insufficient_claims" && claims !== undefined
    ? { ...failure, claims }
    : failure;
}

function failureOf(sort: RefusalSort, context: RefusalContext): Failure {
  switch (sort) {
    case "outage":
      return identityProviderOutage();
    case "claims_required":
      return {
        code: "insufficient_claims",
        detail: "Microsoft Entra asks for another sign-in step before Databricks may be used.",
        remedy:
          "Sign in again with the claims of the WWW-Authenticate header (multi-factor sign-in, a compliant device). If that does not help, a Conditional Access policy blocks access to Azure Databricks: ask an Entra admin.",
      };
    case "consent_missing":
      return consentMissing(context);
    case "not_assigned":
      return {
        code: "user_not_assigned",
        detail: "Microsoft Entra requires an assignment that this user does not have.",
        remedy: `An Entra admin assigns the user, or a group of the user, under Enterprise applications > this API (client id ${context.clientId}) > Users and groups; the same for "AzureDatabricks" if that requires assignment.`,
      };
    case "app_only_assertion":
      return {
        code: "user_token_required",
        detail: "The token belongs to an application; acting as the user needs a user's token.",
        remedy: "Call with a token that a user signed in for.",
      };
    case "assertion_not_accepted":
      return {
        code: "invalid_token",
        detail: "Microsoft Entra does not accept this sign-in any more.",
        remedy: "Sign in again and repeat the request with the new access token.",
      };
    case "credential_not_accepted":
      return credentialNotAccepted(context);
    case "resource_missing":
      return {
        code: "configuration_error",
        detail: "Azure Databricks is not known in the Entra tenant of this gateway.",
        remedy: `An Entra admin runs: az ad sp create --id ${context.databricksResourceId}. If it exists, check DATABRICKS_RESOURCE_ID.`,
      };
    case "request_not_accepted":
      return {
        code: "configuration_error",
        detail: "Microsoft Entra does not accept the token request of this gateway.",
        remedy:
          "The gateway's operator checks TENANT_ID, CLIENT_ID and DATABRICKS_RESOURCE_ID and the sign-in logs of the app registration.",
      };
  }
}

function consentMissing({ authority, clientId }: RefusalContext): Failure {
  return {
    code: "consent_required",
    detail: "Nobody has consented that this gateway uses Azure Databricks as the user.",
    remedy: `An Entra admin grants consent to the delegated permission "AzureDatabricks user_impersonation": open ${authority.url}/adminconsent?client_id=${clientId}, or run: az ad app permission admin-consent --id ${clientId}.`,
  };
}

function credentialNotAccepted({ clientId }: RefusalContext): Failure {
  return {
    code: "service_credential_problem",
    detail: "Microsoft Entra does not accept the gateway's own credential.",
    remedy: `The gateway's operator checks CLIENT_ID and creates a new client secret (az ad app credential reset --id ${clientId} --append) and stores it in Key Vault as a new version of the secret, or, with CLIENT_CREDENTIAL=managed-identity, checks the federated credential (az ad app federated-credential list --id ${clientId}).`,
  };
}
