// Reads host.json with its `AzureFunctionsJobHost__a__b` overrides and fills in the real host's defaults.
// Knows only the settings this host acts on; a faulty value is an error that names it.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseTimeSpan } from "./time-span.ts";

type Json = Record<string, unknown>;

export interface QueueSettings {
  readonly batchSize: number;
  readonly newBatchThreshold: number;
  readonly maxPollingIntervalMs: number;
  readonly visibilityTimeoutMs: number;
  readonly maxDequeueCount: number;
  readonly messageEncoding: "base64" | "none";
}

export interface HostSettings {
  readonly routePrefix: string;
  readonly functionTimeoutMs: number;
  readonly hasExtensionBundle: boolean;
  readonly queues: QueueSettings;
}

/** Throws when host.json is missing, is not version 2.0 or holds a value that cannot be used. */
export async function readHostSettings(
  appFolder: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<HostSettings> {
  const hostJson: unknown = JSON.parse(await readFile(join(appFolder, "host.json"), "utf8"));
  if (!isJson(hostJson) || hostJson.version !== "2.0") {
    throw new Error('host.json must be an object with "version": "2.0"');
  }
  const root = withOverrides(hostJson, env);
  const extensions = section(root, "extensions");
  return {
    routePrefix: text(section(extensions, "http"), "routePrefix", "api"),
    functionTimeoutMs: duration(root, "functionTimeout", 30 * 60_000),
    hasExtensionBundle: isJson(root.extensionBundle),
    queues: queueSettings(section(extensions, "queues")),
  };
}

function queueSettings(queues: Json): QueueSettings {
  const batchSize = wholeNumber(queues, "batchSize", 16, { min: 1, max: 32 });
  const encoding = text(queues, "messageEncoding", "base64").toLowerCase();
  if (encoding !== "base64" && encoding !== "none") {
    throw new Error('host.json: "messageEncoding" must be base64 or none');
  }
  return {
    batchSize,
    newBatchThreshold: wholeNumber(queues, "newBatchThreshold", Math.floor(batchSize / 2), {
      min: 0,
      max: 1000,
    }),
    // 2 s is the default of the Development environment; in Azure it is one minute.
    maxPollingIntervalMs: duration(queues, "maxPollingInterval", 2000),
    visibilityTimeoutMs: duration(queues, "visibilityTimeout", 0),
    maxDequeueCount: wholeNumber(queues, "maxDequeueCount", 5, { min: 1, max: 1000 }),
    messageEncoding: encoding,
  };
}

const overridePrefix = "AzureFunctionsJobHost__";

function withOverrides(hostJson: Json, env: Readonly<Record<string, string | undefined>>): Json {
  const root = structuredClone(hostJson);
  for (const [name, value] of Object.entries(env)) {
    if (!name.startsWith(overridePrefix) || value === undefined) {
      continue;
    }
    const path = name.slice(overridePrefix.length).split("__");
    const last = path.pop() ?? "";
    let target = root;
    for (const key of path) {
      target = target[key] = section(target, key);
    }
    target[last] = value;
  }
  return root;
}

function section(parent: Json, key: string): Json {
  const value = parent[key];
  return isJson(value) ? value : {};
}

function text(parent: Json, key: string, fallback: string): string {
  const value = parent[key] ?? fallback;
  if (typeof value !== "string") {
    throw new Error(`host.json: "${key}" must be a string`);
  }
  return value;
}

function wholeNumber(
  parent: Json,
  key: string,
  fallback: number,
  range: { min: number; max: number },
): number {
  // Overrides arrive as text, so "8" counts as 8 here as it does for the real host.
  const value = Number(parent[key] ?? fallback);
  if (!Number.isInteger(value) || value < range.min || value > range.max) {
    throw new Error(`host.json: "${key}" must be a whole number ${range.min}–${range.max}`);
  }
  return value;
}

function duration(parent: Json, key: string, fallbackMs: number): number {
  if (parent[key] === undefined) {
    return fallbackMs;
  }
  const ms = parseTimeSpan(text(parent, key, ""));
  if (ms === undefined) {
    throw new Error(`host.json: "${key}" must be a TimeSpan such as 00:00:02`);
  }
  return ms;
}

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
