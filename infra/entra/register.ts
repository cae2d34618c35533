// The registration from start to end: one step after the other, each with what the ones before found.

import { type Cli, reply } from "../cli/call.ts";
import { placeholder } from "../cli/placeholders.ts";
import { type Setup, SetupRefused, type SetupRun } from "../cli/run-setup.ts";
import type { Done, Steps } from "../cli/steps.ts";
import { type Application, ensureApplication } from "./application.ts";
import { applySettings } from "./apply-settings.ts";
import { authorizeCallers } from "./callers.ts";
import { type ClientSecret, ensureClientSecret } from "./client-secret.ts";
import { ensureConsent } from "./consent.ts";
import { findCredential } from "./credential-in-use.ts";
import { ensureFederation } from "./federated-credential.ts";
import { HELP } from "./help.ts";
import { SEALING_KEY_NAME, SIGNING_SECRET_NAME } from "./names.ts";
import { removeOldSecrets } from "./old-secrets.ts";
import { type CredentialKind, type EntraOptions, readEntraOptions } from "./options.ts";
import { type KnownSecret, readClientSecret } from "./secret-owner.ts";
import { ensureDatabricksPrincipal, ensureOwnPrincipal } from "./service-principal.ts";
import { ensureVaultKey } from "./vault-key.ts";

/** @param now the clock, in epoch ms */
export function createEntraSetup(now: () => number): Setup<EntraOptions> {
  return {
    help: HELP,
    readOptions: readEntraOptions,
    signIn: ({ tenantId }) => `az login --tenant ${tenantId} --allow-no-subscriptions`,
    run: (run) => register(run, now),
  };
}

async function register(
  { cli, options, steps }: SetupRun<EntraOptions>,
  now: () => number,
): Promise<readonly string[]> {
  await steps.take({
    title: "Sign-in",
    why: "The right tenant, so that nothing is registered in another one.",
    run: () => checkTenant(cli, options),
  });
  const present = await takePresentSecret({ cli, options, steps });
  const app = await steps.take({
    title: "Application",
    why: "What callers get tokens for, and what the gateway signs in to Databricks with.",
    run: () => ensureApplication(cli, { ...options, secret: present }),
  });
  const found = options.credential ?? (await takeCredential({ cli, options, steps }, app));
  if (options.credential === "managed-identity") await takeFederation(steps, cli, options, app);
  await shapeApplication({ cli, options, steps }, app);
  await storeKeys({ cli, options, steps });
  if (found === "secret") await takeClientSecret(steps, cli, options, { app, present, now: now() });
  return closingLines(options.tenantId, app.appId, found);
}

async function checkTenant(cli: Cli, { tenantId }: EntraOptions): Promise<Done<void>> {
  const user = { user: { name: placeholder("you", "who is signed in to Azure CLI") }, tenantId };
  const account = (await cli.call({
    program: "az",
    args: ["account", "show", "--output", "json"],
    planned: reply(user),
  })) as { readonly tenantId: string };
  if (account.tenantId.toLowerCase() !== tenantId) {
    throw new SetupRefused(
      `Azure CLI is signed in to tenant ${account.tenantId}, not to --tenant-id. Sign in: az login --tenant ${tenantId}`,
    );
  }
  return { value: undefined, outcome: "unchanged", detail: `signed in to tenant ${tenantId}` };
}

async function takePresentSecret({
  cli,
  options: { vault, credential },
  steps,
}: SetupRun<EntraOptions>): Promise<KnownSecret> {
  if (vault === undefined || credential === "managed-identity") return undefined;
  return await steps.take({
    title: "Client secret in the vault",
    why: "Whose it is: that of another application is never overwritten.",
    run: () => readClientSecret(cli, vault),
  });
}

/** Before anything is changed: what cannot be done is refused here. */
function takeCredential({ cli, options, steps }: SetupRun<EntraOptions>, app: Application) {
  return steps.take({
    title: "Credential in use",
    why: "Without --credential the application tells: where it trusts the managed identity, no client secret is made.",
    run: () => findCredential(cli, app, options),
  });
}

async function shapeApplication(
  { cli, options, steps }: SetupRun<EntraOptions>,
  app: Application,
): Promise<void> {
  const databricks = await steps.take({
    title: "Azure Databricks in this tenant",
    why: "The service that the gateway gets tokens for, and the id of its permission.",
    run: () => ensureDatabricksPrincipal(cli),
  });
  const api = await steps.take({
    title: "Scope, role, token version, redirect, permission",
    why: "Users need the scope access_as_user, applications the role Genie.Ask; tokens are version 2.",
    run: () => {
      const { baseUrl, isDryRun } = options;
      const wanted = { isDryRun, databricksScopeId: databricks.scopeId };
      return applySettings(cli, app, baseUrl === undefined ? wanted : { ...wanted, baseUrl });
    },
  });
  const principalId = await steps.take({
    title: "Service principal of the gateway",
    why: "The application's presence in this tenant: consent and roles are kept there.",
    run: () => ensureOwnPrincipal(cli, app.appId),
  });
  await steps.take({
    title: "Consent to Azure Databricks",
    why: "So that no user is asked whether the gateway may call Databricks as them.",
    run: () => {
      const ids = { tenantId: options.tenantId, clientId: app.appId, principalId };
      const { id } = databricks;
      return ensureConsent(cli, id === undefined ? ids : { ...ids, databricksId: id });
    },
  });
  await steps.take({
    title: "Callers that need no consent",
    why: "Azure CLI with --allow-cli, connectors with --allow-connector.",
    run: () => authorizeCallers(cli, app.id, { clientIds: options.callers, api }),
  });
}

async function storeKeys({ cli, options, steps }: SetupRun<EntraOptions>): Promise<void> {
  const { rotate } = options;
  const vault = options.vault === undefined ? {} : { vault: options.vault };
  await steps.take({
    title: "Sealing key",
    why: "Seals the few things that must not be read in storage.",
    run: () =>
      ensureVaultKey(cli, {
        ...vault,
        name: SEALING_KEY_NAME,
        what: "sealing-key",
        rotate: rotate.includes("sealing-key"),
      }),
  });
  await steps.take({
    title: "Signing secret",
    why: "Signs callbacks, so that a receiver knows who sent them.",
    run: () =>
      ensureVaultKey(cli, {
        ...vault,
        name: SIGNING_SECRET_NAME,
        what: "signing-secret",
        rotate: rotate.includes("signing-secret"),
      }),
  });
}

/** Early too: an application that trusts another gateway's identity is refused before this one's address is added. */
async function takeFederation(
  steps: Steps,
  cli: Cli,
  { tenantId, identityPrincipalId }: EntraOptions,
  app: Application,
): Promise<void> {
  const ids = { tenantId, applicationId: app.id, appId: app.appId };
  await steps.take({
    title: "Trust in the managed identity",
    why: "Instead of a client secret: a token of the identity vouches for the application.",
    run: () =>
      ensureFederation(
        cli,
        identityPrincipalId === undefined ? ids : { ...ids, identityPrincipalId },
      ),
  });
}

async function takeClientSecret(
  steps: Steps,
  cli: Cli,
  { vault, secretDays, rotate, removeOldSecrets: remove, isDryRun }: EntraOptions,
  { app, ...known }: { readonly app: Application } & Pick<ClientSecret, "present" | "now">,
): Promise<void> {
  const inVault = vault === undefined ? {} : { vault };
  const wanted = { days: secretDays, rotate: rotate.includes("client-secret"), isDryRun, ...known };
  const kept = await steps.take({
    title: "Client secret",
    why: "The gateway's own password with Entra; only the vault and Entra ever have it.",
    run: () => ensureClientSecret(cli, app, { ...wanted, ...inVault }),
  });
  await steps.take({
    title: "Older client secrets of this script",
    why: "What was replaced in this vault, or was made by a run that was cut off.",
    run: () => removeOldSecrets(cli, app, { ...inVault, kept, remove }),
  });
}

function closingLines(tenantId: string, appId: string, credential: CredentialKind): string[] {
  return [
    "",
    "Settings of the gateway:",
    `  TENANT_ID=${tenantId}`,
    `  CLIENT_ID=${appId}`,
    `  CLIENT_CREDENTIAL=${credential === "secret" ? "key-vault" : "managed-identity"}`,
    "",
    "Next: docs/deploy.md. An application that asks without a user needs the role Genie.Ask there.",
  ];
}
