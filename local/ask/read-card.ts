// The answer as an Adaptive Card: the operation's result once more, in that format. The card is printed as it came;
// it is never built here.

import * as z from "zod";
import { parseJson, understandFailure } from "./call-gateway.ts";
import { getWhenReady, type Reader } from "./get-when-ready.ts";
import { BrokenTransfer, readText } from "./open-reply.ts";
import type { Failure } from "./outcome.ts";
import { withParameter } from "./send-request.ts";

const cardSchema = z.looseObject({ type: z.literal("AdaptiveCard") });

export type CardRead =
  | { readonly kind: "card"; readonly card: unknown }
  | { readonly kind: "preparing"; readonly link: string }
  | Failure;

/**
 * @param result link of the operation's result
 * @throws the signal's reason when it aborts
 */
export async function readCard(result: string, reader: Reader): Promise<CardRead> {
  const link = withParameter(result, "format", "adaptive-card");
  const reply = await getWhenReady({ link, accept: "application/json" }, reader);
  if (reply.kind !== "open") return reply;
  try {
    const text = await readText(reply);
    const card = parseJson(text);
    if (cardSchema.safeParse(card).success) return { kind: "card", card };
    return understandFailure(reply.status, text, reply.path);
  } catch (error) {
    if (!(error instanceof BrokenTransfer)) throw error;
    return { kind: "unreachable", baseUrl: reader.gateway.baseUrl };
  }
}
