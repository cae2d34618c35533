// Where the secrets come from: the vault, a plain setting, or nowhere at all (design §2).
// A plain secret is for local runs: in Azure its mere presence is a fault unless it is allowed.

import type { RawSettings, SettingName } from "./raw-settings.ts";
import { isInAzure, isLoopbackHost } from "./runtime-environment.ts";
import { originOf, type ReportFault } from "./setting-schema.ts";

export interface VaultSettings {
  /** https origin. */
  readonly url: string;
  /** Off if and only if the vault is a loopback address: its host name cannot match the real resource. */
  readonly verifyChallengeResource: boolean;
}

export type ClientCredential =
  | { readonly kind: "key-vault"; readonly vaultUrl: string; readonly secretName: string }
  | { readonly kind: "secret"; readonly secret: string }
  /** The managed identity as federated credential: no secret at all. */
  | { readonly kind: "managed-identity" };

/** A key of 32 bytes, base64 (`whsec_` in front is allowed). */
export type KeySource =
  | { readonly kind: "key-vault"; readonly vaultUrl: string; readonly secretName: string }
  | { readonly kind: "plain"; readonly base64: string };

const VAULT_RULE = "must be an https origin without a path";
const CREDENTIALS = ["key-vault", "secret", "managed-identity"];
const PLAIN_SECRETS = ["CLIENT_SECRET", "SEALING_KEY", "WEBHOOK_SIGNING_SECRET"] as const;

export function readVault(raw: RawSettings, report: ReportFault): VaultSettings | null | undefined {
  const credential = raw.CLIENT_CREDENTIAL ?? "key-vault";
  if (raw.KEY_VAULT_URL === undefined) {
    if (!isInAzure(raw) && credential !== "key-vault") return null;
    report("KEY_VAULT_URL", "is required");
    return undefined;
  }
  const url = originOf(raw.KEY_VAULT_URL, { loopbackHttp: false });
  if (url === undefined) {
    report("KEY_VAULT_URL", VAULT_RULE);
    return undefined;
  }
  const isLoopback = isLoopbackHost(new URL(url).hostname);
  if (isLoopback && isInAzure(raw))
    report("KEY_VAULT_URL", "must not be a loopback address in Azure");
  return { url, verifyChallengeResource: !isLoopback };
}

export function readCredential(
  raw: RawSettings,
  report: ReportFault,
): ClientCredential | undefined {
  reportPlainSecrets(raw, report);
  const kind = raw.CLIENT_CREDENTIAL ?? "key-vault";
  if (!CREDENTIALS.includes(kind)) {
    report("CLIENT_CREDENTIAL", `must be one of ${CREDENTIALS.join(", ")}`);
    vaultSecret(raw, "CLIENT_SECRET_NAME", report); // its own faults are told in the same go
    return undefined;
  }
  if (kind === "managed-identity") return { kind };
  if (kind === "key-vault") return vaultSecret(raw, "CLIENT_SECRET_NAME", report);
  if (raw.CLIENT_SECRET !== undefined) return { kind: "secret", secret: raw.CLIENT_SECRET };
  report("CLIENT_SECRET", "is required with CLIENT_CREDENTIAL=secret");
  return undefined;
}

function reportPlainSecrets(raw: RawSettings, report: ReportFault): void {
  const allowed = raw.ALLOW_PLAIN_SECRET ?? "false";
  if (allowed !== "true" && allowed !== "false") {
    report("ALLOW_PLAIN_SECRET", "must be true or false");
  }
  if (!isInAzure(raw) || allowed === "true") return;
  for (const name of PLAIN_SECRETS) {
    if (raw[name] !== undefined) {
      report(name, "is refused in Azure: keep it in the vault, or set ALLOW_PLAIN_SECRET=true");
    }
  }
}

/** The sealing key is required: without a vault it must be given in plain. */
export function readSealingKey(raw: RawSettings, report: ReportFault): KeySource | undefined {
  const source = readKey(raw, "SEALING_KEY", report);
  if (source === null) report("SEALING_KEY", "is required where KEY_VAULT_URL is not set");
  return source ?? undefined;
}

/** null: no vault and no plain secret, so callbacks cannot be signed. */
export function readSigningSecret(raw: RawSettings, report: ReportFault) {
  return readKey(raw, "WEBHOOK_SIGNING_SECRET", report);
}

function readKey(
  raw: RawSettings,
  name: "SEALING_KEY" | "WEBHOOK_SIGNING_SECRET",
  report: ReportFault,
): KeySource | null | undefined {
  const plain = raw[name];
  if (plain === undefined) {
    return raw.KEY_VAULT_URL === undefined ? null : vaultSecret(raw, `${name}_NAME`, report);
  }
  const base64 = plain.replace(/^whsec_/, "");
  if (/^[A-Za-z0-9+/]{43}=$/.test(base64)) return { kind: "plain", base64 };
  report(name, "must be base64 of 32 bytes");
  return undefined;
}

const STANDARD_NAMES = {
  CLIENT_SECRET_NAME: "genie-client-secret",
  SEALING_KEY_NAME: "genie-sealing-key",
  WEBHOOK_SIGNING_SECRET_NAME: "genie-webhook-signing",
} as const satisfies Partial<Record<SettingName, string>>;

function vaultSecret(raw: RawSettings, name: keyof typeof STANDARD_NAMES, report: ReportFault) {
  const secretName = raw[name] ?? STANDARD_NAMES[name];
  if (!/^[0-9A-Za-z-]{1,127}$/.test(secretName)) {
    report(name, "must be the name of a vault secret: letters, digits and hyphens");
  }
  // A missing or wrong address of the vault is reported by readVault.
  const vaultUrl = originOf(raw.KEY_VAULT_URL ?? "", { loopbackHttp: false }) ?? "";
  return { kind: "key-vault", vaultUrl, secretName } as const;
}
