// Follows a 202 as clients do: to its Location, again and again, until something else comes. How long that takes is up
// to the machine, so there is no limit but the time-out of the test.

import { setTimeout as pause } from "node:timers/promises";
import { expect } from "vitest";
import { preparingSchema } from "../../shared/contracts/reading.ts";
import { bodyOf, type GatewayReply } from "./gateway-client.ts";

/** So that the gateway is not asked without a break. */
const PAUSE_MS = 50;

/** The first reply that is no 202. */
export async function followed(
  first: GatewayReply,
  read: (path: string) => Promise<GatewayReply>,
): Promise<GatewayReply> {
  let reply = first;
  while (reply.status === 202) {
    expect(reply.headers.get("retry-after")).toMatch(/^\d+$/);
    await pause(PAUSE_MS);
    reply = await read(locationOf(reply));
  }
  return reply;
}

function locationOf(reply: GatewayReply): string {
  const location = reply.headers.get("location");
  if (location === null) throw new Error(`a ${reply.status} without a Location`);
  return location;
}

/** Where a 202 says that rows are prepared, in its body as in its header. */
export function preparingAt(reply: GatewayReply): string {
  const { links } = bodyOf(reply, 202, preparingSchema);
  expect(locationOf(reply)).toBe(links.self);
  return links.self;
}
