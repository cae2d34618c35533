// Everything on one machine: simulated Entra, Key Vault, managed identity and Databricks workspace, and the built
// gateway in one or more development hosts. `npm start` shows it to a person; the end-to-end tests drive it.

import { type Certificates, createCertificates } from "../certificates.ts";
import type { Timings } from "../databricks/options.ts";
import type { DatabricksSimulator } from "../databricks/start-databricks-simulator.ts";
import type { FunctionsHost } from "../functions-host/start-functions-host.ts";
import { type IdentityServices, startIdentityServices } from "../identity-services.ts";
import { startTraceReceiver, type TraceReceiver } from "../telemetry/trace-receiver.ts";
import { ANALYST, CALLER_WITH_ROLE, GATEWAY_API, NO_SPACE, NO_WAREHOUSE } from "../users.ts";
import { startSimulatedWorkspace } from "./simulated-workspace.ts";
import { createStandSettings, type StandSettings } from "./stand-settings.ts";
import { type StandStorage, startStandStorage } from "./stand-storage.ts";
import { startWorkers } from "./start-workers.ts";
import type { Worker } from "./worker.ts";

export interface StandOptions {
  /** Folder with host.json, package.json and the built app. */
  readonly appFolder: string;
  /** Default 0: a free port. */
  readonly port?: number;
  /** Settings on top of the stand's own; an empty value takes one away. */
  readonly settings?: StandSettings;
  readonly questionsPerMinute?: number;
  readonly timings?: Partial<Timings>;
  /** Also starts Azurite. Without it the storage setting names the emulator's standard ports. */
  readonly withStorage?: boolean;
  /** Azurite keeps its data in a temporary folder, so that `storage.stop()` loses nothing. Default: in memory. */
  readonly storageOutlivesStop?: boolean;
  /** Default 1. With more, `url` is a front that passes requests to them in turn. */
  readonly workers?: number;
  readonly onOutput?: (text: string) => void;
  /** Also starts a collector that the gateway sends its spans and metrics to. */
  readonly withTelemetry?: boolean;
}

export type StandCaller = "analyst" | "no-space" | "no-warehouse" | "app";

export interface Stand extends IdentityServices {
  /** Base URL of the gateway, without a trailing slash. */
  readonly url: string;
  readonly certificates: Certificates;
  readonly settings: StandSettings;
  readonly databricks: DatabricksSimulator;
  readonly workers: readonly Worker[];
  /** The present process of the first worker. */
  readonly host: FunctionsHost;
  /** Undefined without `withStorage`. */
  readonly storage: StandStorage | undefined;
  /** Undefined without `withTelemetry`. */
  readonly telemetry: TraceReceiver | undefined;
  /** A bearer token that lives 12 hours. */
  token(caller: StandCaller): Promise<string>;
}

const TOKEN_LIFETIME_S = 12 * 3600;

/** @throws Error when a port is taken or the app cannot be loaded; nothing is left running. */
export async function startStand(options: StandOptions): Promise<Stand> {
  const certificates = await createCertificates();
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).toReversed()) await closer();
  };
  try {
    const identity = await startIdentityServices({ tls: certificates });
    closers.push(identity.close);
    const databricks = await startSimulatedWorkspace({
      ...options,
      port: 0,
      entra: identity.entra,
    });
    closers.push(databricks.close);
    const storage = options.withStorage
      ? await startStandStorage({ outlivesStop: options.storageOutlivesStop ?? false })
      : undefined;
    if (storage !== undefined) closers.push(storage.close);
    const telemetry = options.withTelemetry ? await startTraceReceiver() : undefined;
    if (telemetry !== undefined) closers.push(telemetry.close);
    const own = createStandSettings(identity, databricks.url, storage?.connectionString);
    const {
      url,
      workers,
      settings,
      close: stopWorkers,
    } = await startWorkers({
      ...options,
      settings: withoutEmpty({ ...own, ...telemetrySettings(telemetry), ...options.settings }),
      trustedCa: certificates.caPem,
    });
    closers.push(stopWorkers);
    registerSignIn(identity, url);
    const token = (caller: StandCaller) => issueToken(identity, caller);
    const [first] = workers;
    return {
      ...identity,
      url,
      certificates,
      settings,
      databricks,
      workers,
      get host() {
        return first.host;
      },
      storage,
      telemetry,
      token,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The page /docs signs in as the gateway's own client: its redirect URI, under both names of this machine. */
function registerSignIn({ entra }: IdentityServices, url: string): void {
  const { port } = new URL(url);
  for (const host of ["127.0.0.1", "localhost"]) {
    const redirectUri = `http://${host}:${port}/docs/oauth2-redirect`;
    entra.addRedirectUri(GATEWAY_API.clientId, redirectUri);
  }
}

function issueToken({ entra }: IdentityServices, caller: StandCaller): Promise<string> {
  const users = { analyst: ANALYST, "no-space": NO_SPACE, "no-warehouse": NO_WAREHOUSE };
  return caller === "app"
    ? entra.issueAppToken({ clientId: CALLER_WITH_ROLE.clientId, lifetimeS: TOKEN_LIFETIME_S })
    : entra.issueUserToken({ user: users[caller], lifetimeS: TOKEN_LIFETIME_S });
}

/** Sent at once, so that a person who looks at a trace does not wait for it. */
function telemetrySettings(collector: TraceReceiver | undefined): StandSettings {
  if (collector === undefined) return {};
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_BSP_SCHEDULE_DELAY: "200",
    OTEL_METRIC_EXPORT_INTERVAL: "1000",
  };
}

function withoutEmpty(settings: StandSettings): StandSettings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== ""));
}
