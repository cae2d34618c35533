// Azurite over https that takes tokens of an identity (`--oauth basic`: it checks form, audience and expiry, not the
// signature), for the identity-based settings.

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface SecureAzurite {
  readonly tableUrl: string;
  readonly queueUrl: string;
  /** A token that it takes. */
  token(): string;
  stop(): Promise<void>;
}

const ACCOUNT = "devstore";
const START_TIMEOUT_MS = 30_000;

export async function startSecureAzurite(tls: {
  key: string;
  cert: string;
}): Promise<SecureAzurite> {
  const folder = await mkdtemp(join(tmpdir(), "azurite-"));
  const [key, cert] = [join(folder, "leaf.key"), join(folder, "leaf.pem")];
  await Promise.all([writeFile(key, tls.key), writeFile(cert, tls.cert)]);
  const manifest = createRequire(import.meta.url).resolve("azurite/package.json");
  const options = [
    "--disableTelemetry",
    "--skipApiVersionCheck",
    "--loose",
    "--inMemoryPersistence",
  ];
  const ports = ["--blobPort", "0", "--queuePort", "0", "--tablePort", "0"];
  const child = fork(
    join(dirname(manifest), "dist", "src", "azurite.js"),
    [...options, ...ports, "--cert", cert, "--key", key, "--oauth", "basic"],
    {
      cwd: folder,
      execArgv: [],
      env: {
        ...process.env,
        AZURITE_ACCOUNTS: `${ACCOUNT}:${Buffer.alloc(64).toString("base64")}`,
      },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    },
  );
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL"); // with open https connections it takes minutes to end by itself
      await once(child, "exit");
    }
    await rm(folder, { recursive: true, force: true });
  };
  const ready = await readyAt(child).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const urlOf = (service: string) =>
    `https://127.0.0.1:${new RegExp(`${service} service is successfully listening at \\S+:(\\d+)`).exec(ready)?.[1]}/${ACCOUNT}`;
  return { tableUrl: urlOf("Table"), queueUrl: urlOf("Queue"), token: aToken, stop };
}

async function readyAt(child: ChildProcess): Promise<string> {
  let output = "";
  const late = AbortSignal.timeout(START_TIMEOUT_MS);
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  while (!["Queue", "Table"].every((name) => output.includes(`${name} service is successfully`))) {
    if (child.exitCode !== null || child.stdout === null)
      throw new Error(`Azurite ended: ${output}`);
    await once(child.stdout, "data", { signal: late });
  }
  return output;
}

function aToken(): string {
  const now = Math.floor(Date.now() / 1_000);
  const claims = {
    aud: "https://storage.azure.com",
    iss: "https://sts.windows.net/00000000-0000-0000-0000-000000000001/",
    iat: now - 60,
    nbf: now - 60,
    exp: now + 3_600,
  };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "RS256", typ: "JWT" })}.${part(claims)}.c2lnbmF0dXJl`;
}
