// The command line of the registration script: options and their checks. Touches nothing outside.

import {
  GUID,
  HTTPS_BASE,
  type Rule,
  readOptions,
  textOf,
  textsOf,
  type Values,
} from "../cli/option-rules.ts";
import { placeholder } from "../cli/placeholders.ts";
import { AZURE_CLI_APP_ID } from "./names.ts";

export type CredentialKind = "secret" | "managed-identity";

export interface EntraOptions {
  readonly isDryRun: boolean;
  readonly tenantId: string;
  readonly name: string;
  readonly clientId?: string;
  readonly baseUrl?: string;
  readonly vault?: string;
  /** Undefined: not given, so the application itself tells. */
  readonly credential?: CredentialKind;
  readonly identityPrincipalId?: string;
  readonly secretDays: number;
  readonly rotate: readonly string[];
  readonly removeOldSecrets: boolean;
  /** Client ids that need no consent of their own, in small letters. */
  readonly callers: readonly string[];
}

const OPTIONS = {
  "tenant-id": { type: "string" },
  name: { type: "string", default: "genie-gateway" },
  "client-id": { type: "string" },
  "base-url": { type: "string" },
  vault: { type: "string" },
  credential: { type: "string" },
  "identity-principal-id": { type: "string" },
  "secret-days": { type: "string", default: "180" },
  rotate: { type: "string", multiple: true },
  "remove-old-secrets": { type: "boolean", default: false },
  "allow-cli": { type: "boolean", default: false },
  "allow-connector": { type: "string", multiple: true },
  "dry-run": { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

const RULES: Readonly<Record<string, Rule>> = {
  "tenant-id": GUID,
  name: { form: /^[A-Za-z0-9][A-Za-z0-9-]{1,59}$/, says: "2 to 60 letters, digits and hyphens" },
  "client-id": GUID,
  "base-url": HTTPS_BASE,
  vault: {
    form: /^[A-Za-z](?:[A-Za-z0-9]|-(?!-)){1,22}[A-Za-z0-9]$/,
    says: "the name of the vault alone: 3 to 24 letters, digits and hyphens",
  },
  credential: { form: /^(secret|managed-identity)$/, says: "secret or managed-identity" },
  "identity-principal-id": GUID,
  "secret-days": {
    form: /^([1-9]\d?|[1-6]\d\d|7[0-2]\d|730)$/,
    says: "a whole number of days from 1 to 730",
  },
  rotate: {
    form: /^(client-secret|sealing-key|signing-secret)$/,
    says: "client-secret, sealing-key or signing-secret",
  },
  "allow-connector": GUID,
};

export const NO_SECRET_TO_ROTATE =
  "--rotate client-secret: with the managed identity there is no client secret to replace";
export const NO_SECRET_TO_KEEP =
  "--remove-old-secrets: with the managed identity no client secret is in use; remove those that are left by hand (az ad app credential delete)";

/** Undefined: help was asked for. @throws WrongOptions */
export function readEntraOptions(args: readonly string[]): EntraOptions | undefined {
  const required = ["tenant-id"];
  const values = readOptions(args, { options: OPTIONS, rules: RULES, required, conflicts });
  if (values.help === true) return undefined;
  const isDryRun = values["dry-run"] === true;
  const given = { ...lowerCase(values), ...baseUrlOf(values) };
  const known = isDryRun ? { ...plannedValues(values), ...given } : given;
  return {
    isDryRun,
    tenantId: "",
    ...known,
    ...credentialOf(values),
    name: textOf(values, "name") ?? "",
    secretDays: Number(textOf(values, "secret-days")),
    rotate: textsOf(values, "rotate"),
    removeOldSecrets: values["remove-old-secrets"] === true,
    callers: [
      ...(values["allow-cli"] === true ? [AZURE_CLI_APP_ID] : []),
      ...textsOf(values, "allow-connector").map((id) => id.toLowerCase()),
    ],
  };
}

function credentialOf(values: Values): { readonly credential?: CredentialKind } {
  const kind = textOf(values, "credential");
  return kind === "secret" || kind === "managed-identity" ? { credential: kind } : {};
}

/** Whatever the run would leave undone without a word. A dry run stands in for the vault that is not given. */
function conflicts(values: Values): string[] {
  const rotate = textsOf(values, "rotate");
  const removes = values["remove-old-secrets"] === true;
  const hasVault = textOf(values, "vault") !== undefined || values["dry-run"] === true;
  const isSecretless = textOf(values, "credential") === "managed-identity";
  return [
    ...(rotate.length > 0 && !hasVault ? ["--rotate needs --vault: the new value goes there"] : []),
    ...(removes && !hasVault
      ? ["--remove-old-secrets needs --vault: it says which one stays"]
      : []),
    ...(rotate.includes("client-secret") && isSecretless ? [NO_SECRET_TO_ROTATE] : []),
    ...(removes && isSecretless ? [NO_SECRET_TO_KEEP] : []),
    ...(textOf(values, "identity-principal-id") !== undefined && !isSecretless
      ? ["--identity-principal-id needs --credential managed-identity"]
      : []),
  ];
}

const PASSED_ON = {
  "tenant-id": "tenantId",
  "client-id": "clientId",
  vault: "vault",
  "identity-principal-id": "identityPrincipalId",
} as const;

/** Graph compares ids as it wrote them, in small letters. */
function lowerCase(values: Values) {
  return Object.fromEntries(
    Object.entries(PASSED_ON).flatMap(([option, name]) => {
      const text = textOf(values, option);
      return text === undefined ? [] : [[name, text.toLowerCase()]];
    }),
  );
}

/** As the gateway writes its own (shared/config/public-base-url.ts): a redirect must be the same, letter by letter. */
function baseUrlOf(values: Values): { readonly baseUrl?: string } {
  const text = textOf(values, "base-url");
  if (text === undefined) return {};
  // No URL in spite of its form (a port above 65535): Graph says so.
  return { baseUrl: (URL.parse(text)?.href ?? text).replace(/\/+$/, "") };
}

/** For a dry run: what the deployment will answer. */
function plannedValues(values: Values) {
  const identity = {
    identityPrincipalId: placeholder(
      "identity principal id",
      "--identity-principal-id: object id of the gateway's managed identity, IDENTITY_PRINCIPAL_ID of the deployment",
    ),
  };
  return {
    tenantId: placeholder(
      "tenant id",
      "--tenant-id: az account show --query tenantId --output tsv",
    ),
    baseUrl: placeholder(
      "gateway address",
      "--base-url: the address of the gateway, GATEWAY_URL of the deployment; without it this part is left for a later run",
    ),
    vault: placeholder(
      "vault",
      "--vault: name of the vault, KEY_VAULT_NAME of the deployment; without it the secrets are left for a later run",
    ),
    ...(textOf(values, "credential") === "managed-identity" ? identity : {}),
  };
}
