// The HTTP Webhook action (connectors.md §1.3): subscribes with its callback URL, sleeps until that is called, and
// unsubscribes when it was called, when the run is cancelled and when its time is over. The callback's body and
// headers are its outputs. What unsubscribing answers changes nothing any more.

import type { Delivery } from "../callback-receiver.ts";
import { type ActionContext, prepareRequest } from "./action-context.ts";
import { type ActionEnd, bodyOf, endOf } from "./action-end.ts";
import { sendRequest, type Wire } from "./send-request.ts";
import type { WebhookDefinition } from "./workflow-definition.ts";

/** Where one action of one run is called back. */
export interface Callback {
  readonly url: string;
  /** @throws the signal's reason when it ends first */
  arrival(signal: AbortSignal): Promise<Delivery>;
}

export async function runWebhook(
  { inputs }: WebhookDefinition,
  context: ActionContext,
  callback: Callback,
): Promise<ActionEnd> {
  const matching = {
    "x-ms-client-tracking-id": callback.url.slice(-32),
    "x-ms-workflow-operation-name": context.name,
  };
  const subscribing = {
    ...context,
    functions: { ...context.functions, listCallbackUrl: () => callback.url },
  };
  const request = await prepareRequest(inputs.subscribe, subscribing, matching);
  const unsubscribe = async (): Promise<void> => {
    const { signal: _over, ...wire } = context.wire;
    await sendRequest(await prepareRequest(inputs.unsubscribe, context, matching), wire);
  };
  return subscribeAndWait(request, { wire: context.wire, callback, unsubscribe });
}

interface Waiting {
  readonly wire: Wire;
  readonly callback: Callback;
  readonly unsubscribe: () => Promise<void>;
}

async function subscribeAndWait(
  request: Parameters<typeof sendRequest>[0],
  { wire, callback, unsubscribe }: Waiting,
): Promise<ActionEnd> {
  const signal = wire.signal ?? new AbortController().signal;
  try {
    const reply = await sendRequest(request, wire);
    if (reply.status >= 400) return endOf(reply); // there is nothing to unsubscribe
    const { headers, text } = await callback.arrival(signal);
    await unsubscribe();
    return { status: "Succeeded", outputs: { headers, body: bodyOf(headers, text) } };
  } catch (error) {
    if (signal.aborted) await unsubscribe();
    throw error;
  }
}
