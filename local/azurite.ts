// Starts Azurite (blob, queue and table storage on this machine) as a child process and stops it. Each start has
// its own account key, so that no well-known key stands in this repository or opens anything.

import { type ChildProcess, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface AzuriteOptions {
  /** Default 0: a free port. */
  readonly blobPort?: number;
  readonly queuePort?: number;
  readonly tablePort?: number;
  /** Folder to keep the data in; without it everything stays in memory. */
  readonly location?: string;
  /** Base64; give the same one again to keep a connection string valid. */
  readonly accountKey?: string;
}

export interface Azurite {
  /** For `AzureWebJobsStorage`: all three services. */
  readonly connectionString: string;
  /** Service addresses with the account, without a trailing slash. */
  readonly blobUrl: string;
  readonly queueUrl: string;
  readonly tableUrl: string;
  stop(): Promise<void>;
}

const account = "devstore";
const services = ["Blob", "Queue", "Table"] as const;
const startTimeoutMs = 30_000;
const stopTimeoutMs = 5000;

// Azurite itself outlives a parent that was killed. The lost channel becomes the signal that it does obey, which
// makes closing the channel the way to stop it, too.
const endsWithParent =
  "data:text/javascript,process.on('disconnect',()=>process.kill(process.pid,'SIGTERM'))";

/** Rejects, with what Azurite wrote, when it does not come up (a given port is taken, for example). */
export async function startAzurite(options: AzuriteOptions = {}): Promise<Azurite> {
  const accountKey = options.accountKey ?? randomBytes(64).toString("base64");
  // Even in memory Azurite writes a few files into its working folder.
  const workFolder = await mkdtemp(join(tmpdir(), "azurite-"));
  const child = fork(azuriteEntry(), azuriteArguments(options), {
    cwd: workFolder,
    execArgv: ["--import", endsWithParent],
    env: { ...process.env, AZURITE_ACCOUNTS: `${account}:${accountKey}` },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const stop = async () => {
    await stopChild(child);
    await rm(workFolder, { recursive: true, force: true });
  };
  try {
    const ports = await listeningPorts(child);
    const [blobUrl, queueUrl, tableUrl] = ports.map(
      (port) => `http://127.0.0.1:${port}/${account}`,
    );
    if (blobUrl === undefined || queueUrl === undefined || tableUrl === undefined) {
      throw new Error("Azurite did not name the ports of all three services");
    }
    const connectionString = [
      "DefaultEndpointsProtocol=http",
      `AccountName=${account}`,
      `AccountKey=${accountKey}`,
      `BlobEndpoint=${blobUrl}`,
      `QueueEndpoint=${queueUrl}`,
      `TableEndpoint=${tableUrl}`,
    ].join(";");
    return { connectionString, blobUrl, queueUrl, tableUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const exited = once(child, "exit");
  const timer = setTimeout(() => child.kill("SIGKILL"), stopTimeoutMs);
  if (child.connected) {
    child.disconnect();
  }
  await exited;
  clearTimeout(timer);
}

function azuriteEntry(): string {
  const manifest = createRequire(import.meta.url).resolve("azurite/package.json");
  return join(dirname(manifest), "dist", "src", "azurite.js");
}

function azuriteArguments({ blobPort, queuePort, tablePort, location }: AzuriteOptions): string[] {
  // All three ports must be given: 0 picks a free one, nothing would mean the well-known ones.
  const ports = { blobPort, queuePort, tablePort };
  return [
    "--disableTelemetry",
    "--skipApiVersionCheck",
    "--loose",
    ...(location === undefined ? ["--inMemoryPersistence"] : ["--location", location]),
    ...Object.entries(ports).flatMap(([name, port]) => [`--${name}`, String(port ?? 0)]),
  ];
}

async function listeningPorts(child: ChildProcess): Promise<string[]> {
  let output = "";
  const portOf = (service: string) =>
    new RegExp(`${service} service is successfully listening at \\S+?:(\\d+)`).exec(output)?.[1];
  return await new Promise((resolve, reject) => {
    const fail = (reason: string) => reject(new Error(`Azurite ${reason}\n${output}`));
    const timer = setTimeout(
      () => fail(`was not ready after ${startTimeoutMs} ms`),
      startTimeoutMs,
    );
    child.once("exit", (code) => {
      clearTimeout(timer);
      fail(`ended with code ${code}`);
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8");
      stream?.on("data", (text: string) => {
        // Once it listens nothing more is kept: it writes a line for every request.
        const ports = services.flatMap((service) => portOf(service) ?? []);
        if (ports.length === services.length) {
          return;
        }
        output += text;
        const found = services.flatMap((service) => portOf(service) ?? []);
        if (found.length === services.length) {
          clearTimeout(timer);
          resolve(found);
        }
      });
    }
  });
}
