// Where the gateway is and what to show it: the environment for a deployed one, else the file that the running
// stand keeps. Never prints a token.

import { readFile } from "node:fs/promises";
import * as z from "zod";
import type { AskCaller } from "./command-line.ts";

export interface Gateway {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly credential: Credential;
  /** Where the spans of the gateway are; the stand's alone. */
  readonly collectorUrl?: string;
  /** Sent with every request, so that the gateway's spans join it. */
  readonly traceparent?: string;
}

/** A function key asks as the app where `APP_ENDPOINT_AUTH` is `function-key`; no token goes with it. */
export type Credential =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "function-key"; readonly key: string };

export type FoundGateway = Gateway | { readonly missing: string };

const standSchema = z.object({
  baseUrl: z.string(),
  tokens: z.record(z.string(), z.string()),
  functionKey: z.string().exactOptional(),
  /** Without it, `entra`. */
  appEndpointAuth: z.string().exactOptional(),
  /** A stand of before had none. */
  collectorUrl: z.string().exactOptional(),
  tokensExpireAt: z.string(),
});

export interface Surroundings {
  readonly environment: {
    readonly GENIE_GATEWAY_URL?: string | undefined;
    readonly GENIE_GATEWAY_TOKEN?: string | undefined;
    readonly GENIE_GATEWAY_KEY?: string | undefined;
  };
  /** Path of the stand's file. */
  readonly standFile: string;
  readonly now: number;
}

/** The gateway, or a sentence that says what is missing. */
export async function findGateway(as: AskCaller, around: Surroundings): Promise<FoundGateway> {
  const url = around.environment.GENIE_GATEWAY_URL;
  return url === undefined || url === "" ? readStand(as, around) : deployedAt(url, as, around);
}

function deployedAt(url: string, as: AskCaller, { environment }: Surroundings): FoundGateway {
  const key = environment.GENIE_GATEWAY_KEY?.trim() ?? "";
  const token = environment.GENIE_GATEWAY_TOKEN?.trim() ?? "";
  if (!URL.canParse(url) || !/^https?:/.test(url)) {
    return { missing: "GENIE_GATEWAY_URL must be an http or https URL." };
  }
  if (as !== "user" && as !== "app") {
    return {
      missing: `--as ${as} is a user of the stand; with GENIE_GATEWAY_URL use user or app.`,
    };
  }
  const baseUrl = withoutSlash(url);
  if (as === "app" && FIT_FOR_HEADER.test(key)) {
    return { baseUrl, credential: { kind: "function-key", key } };
  }
  if (!FIT_FOR_HEADER.test(token)) {
    return { missing: "GENIE_GATEWAY_TOKEN must hold the caller's access token." };
  }
  return { baseUrl, credential: { kind: "token", token } };
}

const FIT_FOR_HEADER = /^[\x21-\x7e]+$/;
const NOT_RUNNING = "The stand is not running. Start it with “npm start” in another terminal.";

async function readStand(as: AskCaller, { standFile, now }: Surroundings): Promise<FoundGateway> {
  const text = await readFile(standFile, "utf8").catch(() => null);
  if (text === null) return { missing: NOT_RUNNING };
  const stand = standSchema.safeParse(parseJson(text));
  if (!stand.success) return { missing: `${standFile} cannot be read. Run “npm start” again.` };
  const { tokens, functionKey: key, appEndpointAuth, tokensExpireAt, collectorUrl } = stand.data;
  const where = {
    baseUrl: withoutSlash(stand.data.baseUrl),
    ...(collectorUrl === undefined ? {} : { collectorUrl }),
  };
  if (as === "app" && key !== undefined && appEndpointAuth === "function-key") {
    return { ...where, credential: { kind: "function-key", key } };
  }
  const token = tokens[as === "user" ? "analyst" : as];
  if (token === undefined) return { missing: `The stand has no token for ${as}.` };
  if (Date.parse(tokensExpireAt) <= now) {
    return { missing: "The tokens of the stand have expired. Stop it and run “npm start” again." };
  }
  return { ...where, credential: { kind: "token", token } };
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
