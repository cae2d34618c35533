// The HTTP action of a workflow engine by its documented rules (connectors.md §1.1): 408, 429 and 5xx are repeated,
// a 202 is followed by polling `Location` with the action's authentication and nothing else, and the first answer
// that is no 202 is the action's outcome: at 400 and above the action has failed.

import { setTimeout as sleep } from "node:timers/promises";

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

const RETRIES = 4;
const MOST_POLLS = 20;
const USUAL_INTERVAL_S = 1;

export async function runHttpAction(action: HttpAction): Promise<ActionOutcome> {
  const authorization = `Bearer ${action.authentication}`;
  const statuses: number[] = [];
  const send = async (uri: string, init: RequestInit): Promise<Response> => {
    for (let tries = 0; ; tries += 1) {
      const reply = await fetch(uri, { redirect: "manual", ...init });
      statuses.push(reply.status);
      const passes = reply.status === 408 || reply.status === 429 || reply.status >= 500;
      if (!passes || tries === RETRIES) return reply;
      await pause(reply);
    }
  };
  const headers = { ...action.headers, authorization, "content-type": "application/json" };
  const body = JSON.stringify(action.body);
  let reply = await send(action.uri, { method: "POST", headers, body });
  for (let polls = 0; reply.status === 202 && polls < MOST_POLLS; polls += 1) {
    const location = reply.headers.get("location") ?? "";
    if (!URL.canParse(location)) throw new Error("The engine follows absolute locations only");
    await pause(reply);
    reply = await send(location, { headers: { authorization } });
  }
  const { status } = reply;
  const text = await reply.text();
  return { succeeded: status < 400, status, text, headers: reply.headers, statuses };
}

function pause({ headers }: Response): Promise<void> {
  return sleep(Number(headers.get("retry-after") ?? USUAL_INTERVAL_S) * 1_000);
}
