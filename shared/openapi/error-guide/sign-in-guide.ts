// Troubleshooting of tokens and of what Entra refuses: 401 and the 403 codes about sign-in, scope, role and consent.
// Texts and nothing else.

import { type GuideEntry, withShell } from "./guide-entry.ts";

export const signInGuide = {
  invalid_token: {
    meaning:
      "The request carries no access token, or one that this gateway, Entra or Databricks does not accept. For safety the answer does not say which check failed.",
    steps: [
      {
        who: "caller",
        text: "Sign in again and repeat the request with the new access token in `Authorization: Bearer <token>`.",
      },
      withShell(
        "maker",
        "Check what the token is for: show its claims and compare them with the list below. Never paste a token into a web page.",
        "node -p 'JSON.parse(Buffer.from(process.argv[1].split(`.`)[1], `base64url`))' \"$TOKEN\"",
      ),
      {
        who: "databricks_admin",
        text: "If the claims are right and it stays so, check that the account is active in Databricks.",
      },
    ],
    cases: {
      title: "What the claims must be",
      rows: [
        {
          sign: "`aud`",
          remedy:
            "The client id of this API, or `api://<client-id>`. A token for Azure Databricks or Microsoft Graph is refused: request the scope `api://<client-id>/access_as_user`.",
        },
        {
          sign: "`iss`, `tid`",
          remedy:
            "The tenant of the gateway. Sign in with an account, or as a guest, of that tenant.",
        },
        {
          sign: "`exp`",
          remedy: "Seconds since 1970, in the future. Tokens live about an hour.",
        },
        {
          sign: "Entra refused it afterwards",
          remedy:
            "AADSTS50173 and AADSTS70043 (sign-in revoked or too old), AADSTS50013 (signature) and AADSTS500133 (expired) all mean: sign in again.",
        },
      ],
    },
  },
  insufficient_claims: {
    meaning:
      "Entra wants more from this user before it lets the gateway use Databricks: multi-factor sign-in, a compliant device, or another condition of a Conditional Access policy.",
    steps: [
      {
        who: "caller",
        text: "Sign in again interactively, with the `claims` of the header `WWW-Authenticate` (base64 of JSON) in the request for the token.",
      },
      {
        who: "maker",
        text: 'With msal, hand the decoded text over as `claims` of `acquireTokenPopup` or `acquireTokenRedirect`. In Power Automate, choose "Fix connection" and sign in again.',
      },
      {
        who: "entra_admin",
        text: "If signing in again does not help, a Conditional Access policy blocks Azure Databricks for this user, device or place: Entra admin center > Sign-in logs > User sign-ins (non-interactive), resource AzureDatabricks, tab Conditional Access.",
      },
    ],
    cases: {
      title: "What Entra's sign-in log says",
      rows: [
        { sign: "AADSTS50076", remedy: "Multi-factor sign-in is needed." },
        { sign: "AADSTS50079", remedy: "The user must first register for multi-factor sign-in." },
        { sign: "AADSTS53003", remedy: "A Conditional Access policy blocks the access." },
        { sign: "AADSTS530003", remedy: "The device must be managed or compliant." },
      ],
    },
  },
  insufficient_scope: {
    meaning:
      "The token was issued for this API, but it carries neither the scope for users (`access_as_user`, in `scp`) nor the app role for applications (`Genie.Ask`, in `roles`). The remedy of the answer names them if the operator renamed them.",
    steps: [
      {
        who: "maker",
        text: "For users: request the scope `api://<client-id>/access_as_user`. An id token has no scope and is never accepted.",
      },
      withShell(
        "entra_admin",
        "For an application or a managed identity: assign the app role to its service principal. A token that was cached before does not carry the role; a managed identity's token is kept for up to 24 hours.",
        "API=$(az ad sp show --id <client-id-of-this-api> --query id -o tsv)",
        "ROLE=$(az ad sp show --id <client-id-of-this-api> --query \"appRoles[?value=='Genie.Ask'].id\" -o tsv)",
        "CALLER=$(az ad sp show --id <client-id-of-the-caller> --query id -o tsv)",
        'az rest --method POST --url "https://graph.microsoft.com/v1.0/servicePrincipals/$API/appRoleAssignedTo" --headers Content-Type=application/json --body "{\\"principalId\\":\\"$CALLER\\",\\"resourceId\\":\\"$API\\",\\"appRoleId\\":\\"$ROLE\\"}"',
      ),
    ],
  },
  user_token_required: {
    meaning:
      "The endpoint acts as the signed-in user, but the token belongs to an application (Entra: AADSTS7000114).",
    steps: [
      {
        who: "maker",
        text: "Call with a token that a user signed in for, or ask as the application with `POST /genie/query-app`.",
      },
    ],
  },
  app_token_required: {
    meaning: "The endpoint acts as an application, but the token belongs to a user.",
    steps: [
      {
        who: "maker",
        text: "Call with an app-only token that carries the app role `Genie.Ask`, or ask as the user with `POST /genie/query-obo`.",
      },
    ],
  },
  client_not_allowed: {
    meaning:
      "The token is good, but the application that obtained it is not on this gateway's list of allowed clients.",
    steps: [
      withShell(
        "operator",
        "Add the application's client id (`azp` or `appid` of the token) to `ALLOWED_CLIENT_IDS`, a list with commas, or remove the setting to allow all.",
        "az functionapp config appsettings set --name <function-app> --resource-group <group> --settings ALLOWED_CLIENT_IDS=<client-id>,<client-id>",
      ),
    ],
  },
  consent_required: {
    meaning:
      'Nobody has consented that this gateway uses Azure Databricks as the user: the delegated permission "AzureDatabricks user_impersonation" is missing (Entra: AADSTS65001).',
    steps: [
      withShell(
        "entra_admin",
        "Grant admin consent for the app registration of this API, in the portal under App registrations > API permissions > Grant admin consent, by the address in the answer's `remedy`, or with:",
        "az ad app permission admin-consent --id <client-id>",
      ),
      withShell(
        "entra_admin",
        "If the permission itself is not listed there, add it first, then consent:",
        "PERMISSION=$(az ad sp show --id 2ff814a6-3304-4ab8-85cb-cd0e6f879c1d --query \"oauth2PermissionScopes[?value=='user_impersonation'].id\" -o tsv)",
        'az ad app permission add --id <client-id> --api 2ff814a6-3304-4ab8-85cb-cd0e6f879c1d --api-permissions "$PERMISSION=Scope"',
      ),
      { who: "caller", text: "Ask again; no new sign-in is needed." },
    ],
  },
  user_not_assigned: {
    meaning:
      "Entra lets only assigned users use this API or Azure Databricks, and this user is not assigned (Entra: AADSTS50105).",
    steps: [
      {
        who: "entra_admin",
        text: "Assign the user, or a group of the user, under Enterprise applications > this API > Users and groups; the same for AzureDatabricks if that requires assignment. Nested groups do not count.",
      },
    ],
  },
} as const satisfies Record<string, GuideEntry>;
