// The one schema of all settings (design §2). Each topic is a schema over the same environment, so that a
// fault in one topic hides none of another. Messages name rules, never values.

import * as z from "zod";
import { readCallbackHosts } from "./callback-host-rules.ts";
import { readSpaces } from "./genie-spaces.ts";
import { readPublicBaseUrl } from "./public-base-url.ts";
import { isInAzure } from "./runtime-environment.ts";
import { readCredential, readSealingKey, readSigningSecret, readVault } from "./secret-settings.ts";
import { commaList, guid, origin, settingsRule, wholeNumber, word } from "./setting-schema.ts";
import { readStorage } from "./storage-settings.ts";

const entra = z
  .object({
    TENANT_ID: guid,
    CLIENT_ID: guid,
    AUTHORITY_HOST: origin({ loopbackHttp: false }).default("https://login.microsoftonline.com"),
  })
  .transform((env) => ({
    tenantId: env.TENANT_ID,
    clientId: env.CLIENT_ID,
    authorityHost: env.AUTHORITY_HOST,
  }));

const inbound = z
  .object({
    CLIENT_ID: guid,
    API_AUDIENCE: commaList.exactOptional(),
    API_SCOPE: word.default("access_as_user"),
    API_APP_ROLE: word.default("Genie.Ask"),
    ALLOWED_CLIENT_IDS: commaList.pipe(z.array(guid)).exactOptional(),
    APP_ENDPOINT_AUTH: z
      .enum(["entra", "function-key"], "must be entra or function-key")
      .default("entra"),
  })
  .transform((env) => ({
    audiences: env.API_AUDIENCE ?? [env.CLIENT_ID, `api://${env.CLIENT_ID}`],
    scope: env.API_SCOPE,
    appRole: env.API_APP_ROLE,
    // The API's own client always counts as allowed (design §3.1).
    allowedClientIds: env.ALLOWED_CLIENT_IDS ? [...env.ALLOWED_CLIENT_IDS, env.CLIENT_ID] : null,
    appEndpointAuth: env.APP_ENDPOINT_AUTH,
  }));

const managedIdentity = z
  .object({ IDENTITY_ENDPOINT: z.string().exactOptional(), AZURE_CLIENT_ID: guid.exactOptional() })
  .transform((env) => ({
    available: env.IDENTITY_ENDPOINT !== undefined,
    clientId: env.AZURE_CLIENT_ID ?? null,
  }));

const databricks = z
  .object({
    GENIE__WORKSPACE_URL: origin({ loopbackHttp: true }),
    DATABRICKS_RESOURCE_ID: guid.default("2ff814a6-3304-4ab8-85cb-cd0e6f879c1d"),
  })
  .transform((env) => ({
    workspaceUrl: env.GENIE__WORKSPACE_URL,
    resourceId: env.DATABRICKS_RESOURCE_ID,
  }));

const limits = z
  .object({
    GENIE__QUESTIONS_PER_MINUTE: wholeNumber(0, 1_000).default(5),
    GENIE__MAX_WAIT_SECONDS: wholeNumber(1, 200).default(90),
    GENIE__DEADLINE_MINUTES: wholeNumber(1, 30).default(10),
  })
  .transform((env) => ({
    questionsPerMinute: env.GENIE__QUESTIONS_PER_MINUTE,
    maxWaitSeconds: env.GENIE__MAX_WAIT_SECONDS,
    deadlineMinutes: env.GENIE__DEADLINE_MINUTES,
  }));

/** Topic → schema. Every topic is given the whole environment. */
export const settingsSchema = z.object({
  inAzure: settingsRule(isInAzure),
  publicBaseUrl: settingsRule(readPublicBaseUrl),
  entra,
  inbound,
  credential: settingsRule(readCredential),
  managedIdentity,
  keyVault: settingsRule(readVault),
  databricks,
  limits,
  spaces: settingsRule(readSpaces),
  storage: settingsRule(readStorage),
  sealingKey: settingsRule(readSealingKey),
  signingSecret: settingsRule(readSigningSecret),
  callbackHosts: settingsRule(readCallbackHosts),
});
