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
  /** Names of further accounts with the same key: 3–24 small letters and digits. Each has tables and queues of its own. */
  readonly moreAccounts?: readonly string[];
}

export interface Azurite {
  /** For `AzureWebJobsStorage`: all three services. */
  readonly connectionString: string;
  /** The same for each of `moreAccounts`, in their order. */
  readonly moreConnectionStrings: readonly string[];
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
  const { moreAccounts = [] } = options;
  const accounts = [account, ...moreAccounts].map((name) => `${name}:${accountKey}`);
  const child = fork(azuriteEntry(), azuriteArguments(options), {
    cwd: workFolder,
    execArgv: ["--import", endsWithParent],
    env: { ...process.env, AZURITE_ACCOUNTS: accounts.join(";") },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const stop = async () => {
    await stopChild(child);
    await rm(workFolder, { recursive: true, force: true });
  };
  try {
    const urls = await serviceUrls(child);
    const stringFor = (name: string) => connectionString(name, accountKey, urls);
    return {
      connectionString: stringFor(account),
      moreConnectionStrings: moreAccounts.map(stringFor),
      blobUrl: `${urls.blob}/${account}`,
      queueUrl: `${urls.queue}/${account}`,
      tableUrl: `${urls.table}/${account}`,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Without an account. */
type ServiceUrls = Readonly<Record<"blob" | "queue" | "table", string>>;

async function serviceUrls(child: ChildProcess): Promise<ServiceUrls> {
  const ports = await listeningPorts(child);
  const [blob, queue, table] = ports.map((port) => `http://127.0.0.1:${port}`);
  if (blob === undefined || queue === undefined || table === undefined) {
    throw new Error("Azurite did not name the ports of all three services");
  }
  return { blob, queue, table };
}

function connectionString(name: string, key: string, urls: ServiceUrls): string {
  return [
    "DefaultEndpointsProtocol=http",
    `AccountName=${name}`,
    `AccountKey=${key}`,
    `BlobEndpoint=${urls.blob}/${name}`,
    `QueueEndpoint=${urls.queue}/${name}`,
    `TableEndpoint=${urls.table}/${name}`,
  ].join(";");
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
