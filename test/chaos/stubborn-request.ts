// One request of a client that does not give up: it is repeated while nothing, or nothing final, comes back, as the
// retry policy of a workflow engine does. A POST is repeated with its Idempotency-Key, so that this is safe.

import { setTimeout as sleep } from "node:timers/promises";
import { callHost, type GatewayReply, type GatewayRequest } from "../e2e/gateway-client.ts";

interface Gateway {
  readonly url: string;
  token(): Promise<string>;
}

export interface StubbornClient {
  /** How often any request had to be repeated so far. */
  readonly repeats: number;
  /** @throws Error when nothing final came within two minutes */
  send(request: Omit<GatewayRequest, "as">): Promise<GatewayReply>;
}

const GIVE_UP_MS = 120_000;
const PAUSE_MS = 250;
const PASSING = new Set([408, 429, 500, 502, 503]);

export function createStubbornClient({ url, token }: Gateway): StubbornClient {
  let repeats = 0;
  const attempt = async (request: GatewayRequest): Promise<GatewayReply | undefined> => {
    try {
      const address = { url, token };
      return await callHost(address, request);
    } catch {
      return undefined; // the worker died, and the connection with it
    }
  };
  return {
    get repeats() {
      return repeats;
    },
    send: async (request) => {
      const until = Date.now() + GIVE_UP_MS;
      const as = { token: await token() };
      let last = "no reply at all";
      while (Date.now() < until) {
        const reply = await attempt({ ...request, as });
        if (reply !== undefined && !PASSING.has(reply.status)) return reply;
        if (reply !== undefined) last = `${reply.status} ${reply.text}`;
        repeats += 1;
        await sleep(PAUSE_MS);
      }
      throw new Error(`${request.method ?? "GET"} ${request.path}: ${last}`);
    },
  };
}
