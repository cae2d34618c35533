// Reads what the gateway first has to prepare: follows 202, `Location` and `Retry-After` until there is something
// else, or the wait is over. It starts nothing twice: the Location leads back to the same preparation.

import type { Clock } from "../../shared/telemetry/clock.ts";
import { retryAfterMs, understandFailure } from "./call-gateway.ts";
import type { Gateway } from "./find-gateway.ts";
import { BrokenTransfer, type OpenReply, openReply, readText } from "./open-reply.ts";
import type { Failure } from "./outcome.ts";

export interface Reader {
  readonly gateway: Gateway;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** End of the wait, epoch ms. */
  readonly deadline: number;
}

export type Ready =
  /** Status 2xx; its body is still to come. */
  OpenReply | { readonly kind: "preparing"; readonly link: string } | Failure;

/** @throws the signal's reason when it aborts */
export async function getWhenReady(
  asked: { readonly link: string; readonly accept: string },
  reader: Reader,
): Promise<Ready> {
  const { gateway, clock, signal, deadline } = reader;
  let link = asked.link;
  for (;;) {
    const reply = await openReply(gateway, { ...asked, link, signal, clock });
    if (reply.kind !== "open") return reply;
    if (reply.status !== 202) return isSuccess(reply) ? reply : failureOf(reply, reader);
    await reply.drop();
    const next = reply.headers.get("location");
    if (next === null) return { kind: "not_understood", status: 202, path: reply.path };
    const left = deadline - clock.now();
    if (left <= 0) return { kind: "preparing", link: next };
    await clock.sleep(Math.min(retryAfterMs(reply.headers), left), signal);
    link = next;
  }
}

function isSuccess({ status }: OpenReply): boolean {
  return status >= 200 && status < 300;
}

async function failureOf(reply: OpenReply, { gateway }: Reader): Promise<Failure> {
  try {
    return understandFailure(reply.status, await readText(reply), reply.path);
  } catch (error) {
    if (!(error instanceof BrokenTransfer)) throw error;
    return { kind: "unreachable", baseUrl: gateway.baseUrl };
  }
}
