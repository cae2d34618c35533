// Where the gateway is and what to show it: the environment for a deployed one, else the file that the running
// stand keeps. Never prints a token.

import { readFile } from "node:fs/promises";
import * as z from "zod";
import type { AskCaller } from "./command-line.ts";

export interface Gateway {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly token: string;
  /** For `APP_ENDPOINT_AUTH=function-key`. */
  readonly functionKey?: string;
}

export type FoundGateway = Gateway | { readonly missing: string };

const standSchema = z.object({
  baseUrl: z.string(),
  tokens: z.record(z.string(), z.string()),
  functionKey: z.string().exactOptional(),
  tokensExpireAt: z.string(),
});

export interface Surroundings {
  readonly environment: {
    readonly GENIE_GATEWAY_URL?: string | undefined;
    readonly GENIE_GATEWAY_TOKEN?: string | undefined;
  };
  /** Path of the stand's file. */
  readonly standFile: string;
  readonly now: number;
}

/** The gateway, or a sentence that says what is missing. */
export async function findGateway(as: AskCaller, around: Surroundings): Promise<FoundGateway> {
  const url = around.environment.GENIE_GATEWAY_URL;
  if (url === undefined || url === "") return readStand(as, around);
  const token = around.environment.GENIE_GATEWAY_TOKEN?.trim() ?? "";
  if (!URL.canParse(url) || !/^https?:/.test(url)) {
    return { missing: "GENIE_GATEWAY_URL must be an http or https URL." };
  }
  if (!/^[\x21-\x7e]+$/.test(token)) {
    return { missing: "GENIE_GATEWAY_TOKEN must hold the caller's access token." };
  }
  if (as === "user" || as === "app") return { baseUrl: withoutSlash(url), token };
  return { missing: `--as ${as} is a user of the stand; with GENIE_GATEWAY_URL use user or app.` };
}

const NOT_RUNNING = "The stand is not running. Start it with “npm start” in another terminal.";

async function readStand(as: AskCaller, { standFile, now }: Surroundings): Promise<FoundGateway> {
  const text = await readFile(standFile, "utf8").catch(() => null);
  if (text === null) return { missing: NOT_RUNNING };
  const stand = standSchema.safeParse(parseJson(text));
  if (!stand.success) return { missing: `${standFile} cannot be read. Run “npm start” again.` };
  const { baseUrl, tokens, functionKey, tokensExpireAt } = stand.data;
  const token = tokens[as === "user" ? "analyst" : as];
  if (token === undefined) return { missing: `The stand has no token for ${as}.` };
  if (Date.parse(tokensExpireAt) <= now) {
    return { missing: "The tokens of the stand have expired. Stop it and run “npm start” again." };
  }
  const key = as === "app" && functionKey !== undefined ? { functionKey } : {};
  return { baseUrl: withoutSlash(baseUrl), token, ...key };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}
