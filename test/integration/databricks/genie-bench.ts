// A Genie client over real HTTP to a scripted loopback workspace, with a token source that counts.

import { createGenie } from "../../../shared/databricks/genie-client.ts";
import { AppError } from "../../../shared/errors/app-error.ts";
import { createOutbound } from "../../../shared/outbound/send-outbound.ts";
import type { LogFields } from "../../../shared/telemetry/logger.ts";
import { startScriptedServer } from "../../support/scripted-server.ts";
import { createVirtualClock } from "../../support/virtual-clock.ts";

export const SPACE = "01f0a1b2c3d41e5f9a8b7c6d5e4f3a2b";
export const CONVERSATION = "01f185d9e6a91f3ca0b1c2d3e4f50617";
export const MESSAGE = "01f185d9e6b31a7e9f00112233445566";
export const REF = { spaceId: SPACE, conversationId: CONVERSATION, messageId: MESSAGE };

/** `tokens` are handed out one after the other, each after the one before was rejected. A try may take a second of real time. */
export async function startGenieBench(
  tokens: readonly string[] = ["token-1", "token-2"],
  tryTimeoutMs = 1_000,
) {
  const server = await startScriptedServer();
  const clock = createVirtualClock();
  const logged: string[] = [];
  const log = (event: string, fields?: LogFields) =>
    void logged.push(`${event} ${JSON.stringify(fields)}`);
  const logger = { info: log, warn: log, error: log };
  const rejected: string[] = [];
  const shortTries = createOutbound({ clock, logger, random: () => 0 });
  const genie = createGenie({
    send: (request) => shortTries({ ...request, tryTimeoutMs }),
    workspaceUrl: server.url,
    tokens: {
      get: async () => tokens[Math.min(rejected.length, tokens.length - 1)] ?? "",
      reject: (token) => void rejected.push(token),
    },
    logger,
    clock,
  });
  return {
    genie,
    clock,
    logged,
    rejected,
    server,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
export type GenieBench = Awaited<ReturnType<typeof startGenieBench>>;

/** The failure that `work` ends with. */
export async function failureOf(work: Promise<unknown>) {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof AppError) return thrown.failure;
  throw new Error("expected an AppError", { cause: thrown });
}
