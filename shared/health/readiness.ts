// `/health/ready` (design §3.8): every dependency looked at once, in parallel, shared between callers so that the
// endpoint cannot be used to hammer a dependency. It needs no grant and shows no host, id, date or value.

import type { Clock } from "../telemetry/clock.ts";
import { type CheckResult, runCheck } from "./check.ts";

/** What the vault gave: fresh or kept from earlier, and when the client secret expires (epoch ms) if it says so. */
export type VaultReading =
  /** The credential needs no vault: a plain secret of a local run, or the managed identity. */
  | { readonly kind: "not_used" }
  | { readonly kind: "read"; readonly cached: boolean; readonly secretExpiresAt: number | null };

/** Looks at one dependency each. They throw when it does not answer; what they throw is never shown. */
export interface ReadinessProbes {
  readonly readVault: () => Promise<VaultReading>;
  /** The signing keys of Entra: `cached` when Entra itself did not answer just now. */
  readonly readSigningKeys: () => Promise<{ readonly cached: boolean }>;
  /** False: the gateway's own credential does not work. Asks Entra each time: what is kept proves nothing about today. */
  readonly tryCredential: () => Promise<boolean>;
  /** Throws when there is no usable sealing key: nothing could be asked. True when it comes from the vault. */
  readonly openSealingKey: () => Promise<boolean>;
  /** Throws when the table storage does not answer. */
  readonly reachStorage: () => Promise<void>;
  /** True for any answer in Databricks' shape, whatever it says; false for somebody else's answer. */
  readonly reachDatabricks: () => Promise<boolean>;
}

export type Configuration =
  | { readonly kind: "valid"; readonly probes: ReadinessProbes }
  /** Names of settings only. */
  | { readonly kind: "faulty"; readonly settings: readonly string[] };

export interface ReadinessChecks {
  readonly configuration: CheckResult;
  readonly key_vault: CheckResult;
  readonly secret_expiry: CheckResult;
  readonly entra: CheckResult;
  readonly storage: CheckResult;
  readonly databricks: CheckResult;
}

export interface Readiness {
  readonly httpStatus: 200 | 503;
  /** `status` is the worst of the checks; a skipped one counts as ok. */
  readonly body: {
    readonly status: "ok" | "degraded" | "failed";
    readonly version: string;
    readonly checks: ReadinessChecks;
  };
}

const SHARED_FOR_MS = 10_000;
const DAY_MS = 86_400_000;
const EXPIRY_WARNING_MS = 30 * DAY_MS;
const OK: CheckResult = { status: "ok" };
const FROM_CACHE: CheckResult = {
  status: "degraded",
  detail: "There is no answer; a copy kept from earlier is in use.",
};
const NOT_CHECKED: CheckResult = {
  status: "skipped",
  detail: "Not checked while the configuration is faulty.",
};
/** The readiness of this process; callers within 10 s of a look share its outcome. It never rejects. */
export function createReadiness(deps: {
  readonly version: string;
  readonly configuration: Configuration;
  readonly clock: Clock;
}): () => Promise<Readiness> {
  const { clock } = deps;
  let shared: { readonly readiness: Promise<Readiness>; readonly startedAt: number } | undefined;
  return () => {
    const now = clock.now();
    if (shared && now - shared.startedAt < SHARED_FOR_MS) return shared.readiness;
    const readiness = look(deps.configuration, clock).then((checks) =>
      report(deps.version, checks),
    );
    shared = { readiness, startedAt: now };
    return readiness;
  };
}

async function look(configuration: Configuration, clock: Clock): Promise<ReadinessChecks> {
  if (configuration.kind === "faulty") return faultyConfiguration(configuration.settings);
  const { probes } = configuration;
  const { readVault, reachStorage, reachDatabricks } = probes;
  const vault = Promise.resolve().then(readVault);
  const [key_vault, secret_expiry, entra, storage, databricks] = await Promise.all([
    runCheck(clock, () => vaultCheck(vault, probes), "The key vault could not be read."),
    runCheck(
      clock,
      async () => expiryCheck(await vault, clock.now()),
      "The client secret could not be read.",
    ),
    runCheck(clock, () => entraCheck(probes), "Entra's signing keys could not be read."),
    runCheck(clock, async () => reachStorage().then(() => OK), "The storage could not be reached."),
    runCheck(
      clock,
      async () => databricksCheck(await reachDatabricks()),
      "The workspace could not be reached.",
    ),
  ]);
  return { configuration: OK, key_vault, secret_expiry, entra, storage, databricks };
}

function faultyConfiguration(settings: readonly string[]): ReadinessChecks {
  return {
    configuration: {
      status: "failed",
      detail: `These settings are missing or wrong: ${settings.join(", ")}.`,
    },
    key_vault: NOT_CHECKED,
    secret_expiry: NOT_CHECKED,
    entra: NOT_CHECKED,
    storage: NOT_CHECKED,
    databricks: NOT_CHECKED,
  };
}

async function vaultCheck(
  reading: Promise<VaultReading>,
  { openSealingKey }: ReadinessProbes,
): Promise<CheckResult> {
  const vault = await reading;
  const isSealedByVault = await openSealingKey().catch(() => undefined);
  if (isSealedByVault === undefined) {
    return { status: "failed", detail: "There is no usable sealing key." };
  }
  if (vault.kind === "read") return vault.cached ? FROM_CACHE : OK;
  return isSealedByVault ? OK : { status: "skipped", detail: "No key vault is in use." };
}

/** While Entra does not answer, tokens that are kept still serve: only a refusal says that the credential is wrong. */
async function entraCheck({
  readSigningKeys,
  tryCredential,
}: ReadinessProbes): Promise<CheckResult> {
  const { cached } = await readSigningKeys();
  if (cached) return FROM_CACHE;
  const isTaken = await tryCredential().catch(() => undefined);
  if (isTaken === undefined) {
    return { status: "degraded", detail: "Entra gave no token just now; those kept still serve." };
  }
  return isTaken ? OK : { status: "failed", detail: "The gateway's own credential does not work." };
}

function expiryCheck(vault: VaultReading, now: number): CheckResult {
  if (vault.kind === "not_used") {
    return { status: "skipped", detail: "The credential in use is no secret of the key vault." };
  }
  const { secretExpiresAt } = vault;
  if (secretExpiresAt === null) {
    return { status: "ok", detail: "The key vault knows no expiry date of the client secret." };
  }
  // Entra alone decides whether a secret still works: the vault's date is a reminder, so it never fails the app.
  if (secretExpiresAt <= now) {
    return {
      status: "degraded",
      detail: "The client secret is past its expiry date: renew it now.",
    };
  }
  return secretExpiresAt - now <= EXPIRY_WARNING_MS
    ? { status: "degraded", detail: "The client secret expires within 30 days: renew it." }
    : OK;
}

function databricksCheck(isDatabricks: boolean): CheckResult {
  return isDatabricks
    ? OK
    : {
        status: "failed",
        detail: "What answers at GENIE__WORKSPACE_URL does not look like a Databricks workspace.",
      };
}

function report(version: string, checks: ReadinessChecks): Readiness {
  const states = Object.values(checks).map((check: CheckResult) => check.status);
  const status = states.includes("failed")
    ? "failed"
    : states.includes("degraded")
      ? "degraded"
      : "ok";
  return { httpStatus: status === "failed" ? 503 : 200, body: { status, version, checks } };
}
