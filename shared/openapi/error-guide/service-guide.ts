// Troubleshooting of the gateway itself and of the services behind it: 429, 500 and 503. Texts and nothing else.

import { type GuideEntry, type GuideStep, withShell } from "./guide-entry.ts";

const AGAIN: GuideStep = {
  who: "caller",
  text: "Try again after the seconds that `Retry-After` names. Flows and connectors do that by themselves.",
};

const READINESS: GuideStep = withShell(
  "operator",
  "See which check fails:",
  "curl -sS https://<function-app>.azurewebsites.net/health/ready",
);

export const serviceGuide = {
  rate_limited: {
    meaning:
      "So many questions wait for this workspace that yours would be asked in over half an hour. Shorter queues are no failure: the question then waits as an operation.",
    steps: [
      AGAIN,
      withShell(
        "operator",
        "If Databricks allows this workspace more questions per minute, raise the gateway's budget to it. It is shared by all callers and instances.",
        "az functionapp config appsettings set --name <function-app> --resource-group <group> --settings GENIE__QUESTIONS_PER_MINUTE=<number>",
      ),
    ],
  },
  internal_error: {
    meaning: "A fault of the gateway, not of the request.",
    steps: [
      {
        who: "caller",
        text: "Give the operator the `request_id`, which is also the header `X-Request-Id`.",
      },
      { who: "operator", text: "Find that id in the log; the entry names the place that failed." },
    ],
  },
  configuration_error: {
    meaning:
      "A setting of the gateway is missing or wrong, or Entra does not know what a setting names. `errors` and `detail` name all faulty settings, never their values.",
    steps: [
      {
        who: "operator",
        text: "Correct the named application settings and restart the function app.",
      },
      READINESS,
      withShell(
        "entra_admin",
        "If `detail` says that Azure Databricks is not known in the tenant (Entra: AADSTS500011), create its service principal; if it exists, check `DATABRICKS_RESOURCE_ID`.",
        "az ad sp create --id 2ff814a6-3304-4ab8-85cb-cd0e6f879c1d",
      ),
    ],
  },
  service_credential_problem: {
    meaning:
      "The gateway cannot prove who it is: Entra refuses its client secret or federated credential, Key Vault does not hand out a secret, or Databricks refuses the kind of token. Callers can do nothing about it.",
    steps: [
      READINESS,
      withShell(
        "operator",
        "For a client secret: create a new one and store it as a new version of the vault's secret. The gateway picks it up by itself, without a restart. It goes through standard input: other processes can read arguments.",
        "SECRET=$(az ad app credential reset --id <client-id> --append --query password -o tsv) &&",
        '  printf %s "$SECRET" | az keyvault secret set --vault-name <vault> --name genie-client-secret --value @- --output none',
        "unset SECRET",
      ),
      withShell(
        "operator",
        "With `CLIENT_CREDENTIAL=managed-identity`: compare issuer, subject and audience of the federated credential with the managed identity.",
        "az ad app federated-credential list --id <client-id>",
      ),
      withShell(
        "operator",
        "If Key Vault refuses (403), give the gateway's identity the right to read secrets, and check that the secret is enabled:",
        'az role assignment create --role "Key Vault Secrets User" --assignee <identity> --scope <vault id>',
      ),
      withShell(
        "entra_admin",
        "If `detail` says that Databricks refuses the kind of token, check `DATABRICKS_RESOURCE_ID` and that the app registration holds the permission user_impersonation of Azure Databricks; how to add it stands at [consent_required](#consent_required).",
        "az ad app permission list --id <client-id>",
      ),
      withShell(
        "operator",
        "If the signing secret or the sealing key is missing, store one:",
        "openssl rand -base64 32 | az keyvault secret set --vault-name <vault> --name genie-webhook-signing --value @- --output none",
        "openssl rand -base64 32 | az keyvault secret set --vault-name <vault> --name genie-sealing-key --value @- --output none",
      ),
    ],
    cases: {
      title: "What Entra's sign-in log says",
      rows: [
        {
          sign: "AADSTS7000215",
          remedy: "The secret is wrong: often its id was stored instead of its value.",
        },
        { sign: "AADSTS7000222", remedy: "The secret has expired: create a new one." },
        { sign: "AADSTS700016", remedy: "`CLIENT_ID` is unknown in the tenant of `TENANT_ID`." },
        {
          sign: "AADSTS700213",
          remedy: "No federated credential matches the managed identity's issuer and subject.",
        },
        { sign: "AADSTS700027", remedy: "The signature of the client assertion is not accepted." },
        { sign: "AADSTS7000112", remedy: "The application is disabled in the tenant." },
      ],
    },
  },
  identity_provider_unavailable: {
    meaning:
      "Entra does not answer, or answers with an outage of its own (AADSTS90033, AADSTS90024). No one needs to sign in again.",
    steps: [
      AGAIN,
      {
        who: "operator",
        text: "If it lasts, look at the [Azure status page](https://status.azure.com) for Microsoft Entra ID and at the app's outbound network.",
      },
    ],
  },
  databricks_unavailable: {
    meaning:
      "Databricks could not be reached, is overloaded, or answers what nobody understands. If this came from an ask, the question was not asked.",
    steps: [
      AGAIN,
      {
        who: "operator",
        text: "If it lasts, check `GENIE__WORKSPACE_URL`, the workspace's IP access list, its private link, and the function app's outbound network.",
      },
      READINESS,
    ],
  },
  storage_unavailable: {
    meaning:
      "The gateway's Table or Queue storage does not answer as it should. Nothing is asked that cannot be recorded first.",
    steps: [
      AGAIN,
      READINESS,
      withShell(
        "operator",
        "If storage refuses with 403, give the gateway's identity both roles on the storage account, or correct the connection string in `AzureWebJobsStorage`; the account's network rules must let the app in.",
        'az role assignment create --role "Storage Table Data Contributor" --assignee <identity> --scope <storage account id>',
        'az role assignment create --role "Storage Queue Data Contributor" --assignee <identity> --scope <storage account id>',
      ),
    ],
  },
} as const satisfies Record<string, GuideEntry>;
