// Turns what the app registered into what the host serves: one entry per function, in the order of their names,
// with the reason where the host refuses one. Starts nothing and calls no handler.

import { type AppSettings, isDisabled, resolvePlaceholders } from "./app-settings.ts";
import type { HostSettings } from "./host-json.ts";
import { type AuthLevel, type HttpRoute, readHttpRoute } from "./http/http-route.ts";
import { type NextRun, readSchedule } from "./timers/timer-schedule.ts";
import type { RpcBinding } from "./worker/core-contract.ts";
import type { RegisteredFunction } from "./worker/core-module.ts";

export type Trigger =
  | { readonly kind: "http"; readonly binding: string; readonly route: HttpRoute }
  | {
      readonly kind: "queue";
      readonly binding: string;
      readonly queueName: string;
      readonly connection: string;
    }
  | {
      readonly kind: "timer";
      readonly binding: string;
      readonly nextRun: NextRun;
      readonly runOnStartup: boolean;
    };

export interface IndexedFunction {
  readonly name: string;
  readonly registered: RegisteredFunction;
  readonly disabled: boolean;
  /** Undefined when the function is in error. */
  readonly trigger?: Trigger;
  readonly error?: string;
}

/** What the parent is told of each function. */
export interface FunctionSummary {
  readonly name: string;
  /** With the route prefix in front, without a leading slash; empty for other triggers. */
  readonly route: string;
  readonly methods: readonly string[];
  readonly authLevel: AuthLevel;
  readonly error?: string;
}

export function indexFunctions(
  registered: Iterable<RegisteredFunction>,
  host: HostSettings,
  settings: AppSettings,
): IndexedFunction[] {
  const taken: HttpRoute[] = [];
  return [...registered].sort(byName).map((entry) => {
    const { name } = entry.metadata;
    const base = { name, registered: entry, disabled: isDisabled(name, settings) };
    try {
      const trigger = readTrigger(entry, host, settings);
      if (trigger.kind === "http") {
        refuseDuplicate(trigger.route, taken);
        taken.push(trigger.route);
      }
      return { ...base, trigger };
    } catch (error) {
      return { ...base, error: error instanceof Error ? error.message : String(error) };
    }
  });
}

export function summarise({ name, trigger, error }: IndexedFunction): FunctionSummary {
  const http = trigger?.kind === "http" ? trigger.route : undefined;
  return {
    name,
    route: http?.path ?? "",
    methods: http?.methods ?? [],
    authLevel: http?.authLevel ?? "anonymous",
    ...(error !== undefined && { error }),
  };
}

// The host matches routes in this order (FunctionMetadataManager.cs), so it decides which function shadows which.
function byName(a: RegisteredFunction, b: RegisteredFunction): number {
  const [left, right] = [a.metadata.name.toLowerCase(), b.metadata.name.toLowerCase()];
  return left < right ? -1 : left > right ? 1 : 0;
}

function readTrigger(
  { metadata }: RegisteredFunction,
  host: HostSettings,
  settings: AppSettings,
): Trigger {
  if (!/^[a-z][\w-]{0,127}$/i.test(metadata.name)) {
    throw new Error(`'${metadata.name}' is not a valid function name`);
  }
  const [[binding, options] = []] = Object.entries(metadata.bindings).filter(([, { type }]) =>
    /trigger$/i.test(type),
  );
  if (binding === undefined || options === undefined) {
    throw new Error("The function has no trigger");
  }
  refuseUnknownOutputs(metadata.bindings, host);
  switch (options.type.toLowerCase()) {
    case "httptrigger":
      return { kind: "http", binding, route: readHttpRoute(metadata.name, options, host) };
    case "queuetrigger":
      requireBundle(options.type, host);
      return {
        kind: "queue",
        binding,
        queueName: resolvePlaceholders(textOption(options, "queueName"), settings),
        connection: textOption(options, "connection", "AzureWebJobsStorage"),
      };
    case "timertrigger":
      return {
        kind: "timer",
        binding,
        nextRun: readSchedule(resolvePlaceholders(textOption(options, "schedule"), settings)),
        runOnStartup: options.runOnStartup === true,
      };
    default:
      throw new Error(notServed(options.type));
  }
}

function refuseUnknownOutputs(bindings: Record<string, RpcBinding>, host: HostSettings): void {
  for (const { type } of Object.values(bindings)) {
    if (type.toLowerCase() === "queue") {
      requireBundle(type, host);
    } else if (type.toLowerCase() !== "http" && !/trigger$/i.test(type)) {
      throw new Error(notServed(type));
    }
  }
}

function notServed(type: string): string {
  return `The binding type '${type}' is not served by this development host; it knows http, queue and timer`;
}

function requireBundle(type: string, host: HostSettings): void {
  if (!host.hasExtensionBundle) {
    throw new Error(
      `The binding type(s) '${type}' are not registered. host.json has no "extensionBundle"`,
    );
  }
}

function refuseDuplicate(route: HttpRoute, taken: readonly HttpRoute[]): void {
  const twin = taken.find(
    (other) =>
      other.path.toLowerCase() === route.path.toLowerCase() &&
      (other.methods.length === 0 ||
        route.methods.length === 0 ||
        other.methods.some((method) => route.methods.includes(method))),
  );
  if (twin !== undefined) {
    throw new Error(
      `The route specified conflicts with the route defined by function '${twin.functionName}'`,
    );
  }
}

function textOption(binding: RpcBinding, option: string, fallback?: string): string {
  const value = binding[option] ?? fallback;
  if (typeof value !== "string" || value === "") {
    throw new Error(`The ${binding.type} needs "${option}"`);
  }
  return value;
}
