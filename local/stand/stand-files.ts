// What the stand leaves below .local/ while it runs, for curl, `npm run ask` and `func start`: tokens as header
// files, the authority's certificate, the settings. Readable by this user alone, and removed when the stand stops.

import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Stand, StandCaller } from "./start-stand.ts";

const CALLERS: readonly StandCaller[] = ["analyst", "no-space", "no-warehouse", "app"];
const OWN_EYES_ONLY = 0o600;

export interface StandFiles {
  /** Path of the header file of one caller, relative to the folder the stand was started in. */
  header(caller: StandCaller): string;
  readonly settings: string;
  readonly certificate: string;
  remove(): Promise<void>;
}

/** @param folder `.local` in the project's folder */
export async function writeStandFiles(stand: Stand, folder: string): Promise<StandFiles> {
  await mkdir(folder, { recursive: true });
  const written: string[] = [];
  const write = async (name: string, text: string): Promise<string> => {
    const file = path.join(folder, name);
    written.push(file);
    await writeFile(file, text, { mode: OWN_EYES_ONLY });
    return file;
  };
  const tokens: Partial<Record<StandCaller, string>> = {};
  for (const caller of CALLERS) {
    const token = await stand.token(caller);
    tokens[caller] = token;
    await write(`${caller}.header`, `${headerOf(stand, caller, token)}\n`);
  }
  const certificate = await write("ca.pem", stand.certificates.caPem);
  const settings = await write("local.settings.json", `${settingsFile(stand)}\n`);
  const facts = {
    baseUrl: stand.url,
    caCertificate: certificate,
    tokens,
    functionKey: stand.host.keys.host[0],
    appEndpointAuth: stand.settings.APP_ENDPOINT_AUTH ?? "entra",
    collectorUrl: stand.telemetry?.url,
    tokensExpireAt: new Date(Date.now() + 12 * 3_600_000).toISOString(),
  };
  await write("stand.json", `${JSON.stringify(facts, null, 2)}\n`);
  return {
    header: (caller) => path.relative(process.cwd(), path.join(folder, `${caller}.header`)),
    settings: path.relative(process.cwd(), settings),
    certificate: path.relative(process.cwd(), certificate),
    remove: async () => {
      for (const file of written) await rm(file, { force: true });
    },
  };
}

/** Where the host asks for a key, the app calls with the key. */
function headerOf(stand: Stand, caller: StandCaller, token: string): string {
  const takesKey = caller === "app" && stand.settings.APP_ENDPOINT_AUTH === "function-key";
  return takesKey
    ? `x-functions-key: ${stand.host.keys.host[0]}`
    : `Authorization: Bearer ${token}`;
}

function settingsFile({ settings }: Stand): string {
  const values = { FUNCTIONS_WORKER_RUNTIME: "node", ...settings };
  return JSON.stringify({ IsEncrypted: false, Values: values }, null, 2);
}
