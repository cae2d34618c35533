// The asynchronous pattern of an HTTP action (connectors.md §1.1): while the answer is 202, its Location is read with
// the action's own authentication; the first answer that is no 202 is the action's outcome.

import {
  type ActionReply,
  type ActionRequest,
  pause,
  sendRequest,
  type Wire,
} from "./send-request.ts";

const USUAL_INTERVAL_S = 1;

/** @throws Error for a Location that is not absolute; as `sendRequest` */
export async function followLocation(
  first: ActionReply,
  { headers, retryPolicy }: ActionRequest,
  wire: Wire,
): Promise<ActionReply> {
  let reply = first;
  while (reply.status === 202) {
    const location = reply.headers.get("location");
    if (location === null) return reply; // documented: then the 202 is the outcome
    if (!URL.canParse(location)) throw new Error("The engine follows absolute locations only");
    await pause(reply.headers.get("retry-after"), USUAL_INTERVAL_S, wire);
    const poll = { method: "GET", uri: location, headers: authorizationOf(headers) };
    reply = await sendRequest(retryPolicy ? { ...poll, retryPolicy } : poll, wire);
  }
  return reply;
}

/** Nothing but the authentication goes with a poll. */
function authorizationOf(headers: ActionRequest["headers"]): Record<string, string> {
  return headers.authorization === undefined ? {} : { authorization: headers.authorization };
}
