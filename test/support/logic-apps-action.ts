// One HTTP action of a workflow engine on its own, with a token at hand: what workflow-engine/ does for an action of a
// definition, and a record of the status of each request.

import { followLocation } from "./workflow-engine/follow-location.ts";
import { sendRequest, type Wire } from "./workflow-engine/send-request.ts";

export interface HttpAction {
  readonly uri: string;
  readonly body: unknown;
  /** Bearer token; sent with every poll too. */
  readonly authentication: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ActionOutcome {
  readonly succeeded: boolean;
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  /** Status of each request, the POST first. */
  readonly statuses: readonly number[];
}

const MS_PER_SECOND = 1_000;

export async function runHttpAction(action: HttpAction): Promise<ActionOutcome> {
  const statuses: number[] = [];
  const wire: Wire = {
    msPerSecond: MS_PER_SECOND,
    send: async (uri, init) => {
      const reply = await fetch(uri, init);
      statuses.push(reply.status);
      return reply;
    },
  };
  const headers = {
    ...action.headers,
    authorization: `Bearer ${action.authentication}`,
    "content-type": "application/json",
  };
  const request = { method: "POST", uri: action.uri, headers, body: action.body };
  const reply = await followLocation(await sendRequest(request, wire), request, wire);
  const { status, text } = reply;
  return { succeeded: status < 400, status, text, headers: reply.headers, statuses };
}
