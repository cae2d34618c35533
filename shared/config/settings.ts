// The settings of the gateway (design §2): the type, and the one place that turns an environment into it.
// Parsed once by the composition root. A fault names the setting and the rule; a value never leaves here.

import { AppError } from "../errors/app-error.ts";
import type { CallbackHostRule } from "./callback-host-rules.ts";
import { type Environment, toRawSettings } from "./raw-settings.ts";
import type { ClientCredential, KeySource, VaultSettings } from "./secret-settings.ts";
import { settingsSchema } from "./settings-schema.ts";
import type { StorageSettings } from "./storage-settings.ts";

export interface Settings {
  readonly inAzure: boolean;
  /** Base of absolute links without a trailing slash; null: the request's own origin (never in Azure). */
  readonly publicBaseUrl: string | null;
  readonly entra: {
    readonly tenantId: string;
    /** This API's own app registration. */
    readonly clientId: string;
    /** https origin without a trailing slash. */
    readonly authorityHost: string;
  };
  readonly inbound: {
    readonly audiences: readonly string[];
    readonly scope: string;
    readonly appRole: string;
    /** null: every client. Else lower case, and `entra.clientId` is always among them. */
    readonly allowedClientIds: readonly string[] | null;
    readonly appEndpointAuth: "entra" | "function-key";
  };
  /** How this API proves itself to Entra. */
  readonly credential: ClientCredential;
  readonly managedIdentity: {
    /** `IDENTITY_ENDPOINT` is set; else the developer's own Azure CLI sign-in is used. */
    readonly available: boolean;
    /** User-assigned identity (`AZURE_CLIENT_ID`); null: the system-assigned one. */
    readonly clientId: string | null;
  };
  /** null only outside Azure, where no secret comes from a vault. */
  readonly keyVault: VaultSettings | null;
  readonly databricks: {
    /** Origin without a trailing slash. */
    readonly workspaceUrl: string;
    /** Entra resource that tokens for Databricks are asked for. */
    readonly resourceId: string;
  };
  readonly limits: {
    /** 0: no budget. */
    readonly questionsPerMinute: number;
    readonly maxWaitSeconds: number;
    readonly deadlineMinutes: number;
  };
  /** alias → space id; at least one. */
  readonly spaces: ReadonlyMap<string, string>;
  readonly storage: StorageSettings;
  readonly sealingKey: KeySource;
  /** null: callbacks cannot be signed, so they are not offered. */
  readonly signingSecret: KeySource | null;
  readonly callbackHosts: readonly CallbackHostRule[];
}

/**
 * Parses an environment into frozen settings.
 * @throws AppError `configuration_error` whose detail names every faulty setting and no value.
 */
export function parseSettings(environment: Environment): Settings {
  const raw = toRawSettings(environment);
  const topics = Object.keys(settingsSchema.shape).map((topic) => [topic, raw]);
  const parsed = settingsSchema.safeParse(Object.fromEntries(topics));
  if (parsed.success) return frozen(parsed.data);
  throw configurationError(parsed.error.issues);
}

interface Issue {
  /** Topic, setting, … */
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function configurationError(issues: readonly Issue[]): AppError {
  const rules = new Map<string, string>();
  for (const { path, message } of issues) {
    const setting = String(path[1]);
    // A setting may matter for several topics and break several rules: the first is told.
    if (!rules.has(setting)) rules.set(setting, message);
  }
  const faults = [...rules].map(([parameter, detail]) => ({ parameter, detail }));
  const sentences = faults.map(({ parameter, detail }) => `${parameter} ${detail}`);
  return new AppError({
    code: "configuration_error",
    detail: `The settings are faulty: ${sentences.join("; ")}.`,
    remedy: "Correct these application settings of the function app and restart it.",
    errors: faults,
  });
}

/** Frozen all the way down; a Map keeps its read-only type. */
function frozen<T extends object>(value: T): Readonly<T> {
  for (const part of Object.values(value)) {
    if (typeof part === "object" && part !== null) frozen(part);
  }
  return Object.freeze(value);
}
