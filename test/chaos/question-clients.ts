// Clients that ask one question each and see it through in different ways: some watch the monitor, some wait at the
// result, and some go away at once, so that only the poller is left to drive their operation.

import { setTimeout as sleep } from "node:timers/promises";
import { operationSchema } from "../../shared/contracts/operation.ts";
import { problemSchema } from "../../shared/contracts/problem.ts";
import type { GatewayReply } from "../e2e/gateway-client.ts";
import type { StubbornClient } from "./stubborn-request.ts";

export const MANNERS = ["watches", "waits", "leaves"] as const;
export type Manner = (typeof MANNERS)[number];

export interface Question {
  readonly text: string;
  readonly key: string;
  readonly callbackUrl: string;
  readonly manner: Manner;
}

/** What the POST, repeated until it was answered, came to. */
export type Asked =
  | { readonly kind: "operation"; readonly self: string; readonly result: string }
  /** The POST itself told the end: an answer or a failure. */
  | { readonly kind: "ended"; readonly code: "succeeded" | string };

const LOOK_PAUSE_MS = 1_000;
/** Longer than any answer takes; what takes longer lost its worker, and the poller sees to it. */
const PATIENCE_MS = 20_000;

export async function ask(client: StubbornClient, question: Question): Promise<Asked> {
  const { text, key, callbackUrl, manner } = question;
  const reply = await client.send({
    method: "POST",
    path: "/genie/query-app",
    headers: {
      "Idempotency-Key": key,
      Prefer: manner === "waits" ? "wait=2" : "respond-async",
    },
    body: { query: text, callback_url: callbackUrl },
  });
  if (reply.status !== 202) return { kind: "ended", code: endOf(reply) };
  const { links } = operationSchema.parse(JSON.parse(reply.text));
  return { kind: "operation", ...links };
}

/** Follows the operation, as its manner is, to its end or until the client's patience ends. */
export async function follow(
  client: StubbornClient,
  { manner }: Question,
  asked: Asked,
): Promise<void> {
  if (asked.kind === "ended" || manner === "leaves") return;
  const look = manner === "watches" ? watch : wait;
  const until = Date.now() + PATIENCE_MS;
  while (Date.now() < until && !(await look(client, asked))) await sleep(LOOK_PAUSE_MS);
}

/** `succeeded`, or the code of the problem that /result tells. */
export async function endAt(client: StubbornClient, resultUrl: string): Promise<string> {
  return endOf(await client.send({ path: resultUrl }));
}

type Followed = Extract<Asked, { kind: "operation" }>;

async function watch(client: StubbornClient, { self }: Followed): Promise<boolean> {
  const { status } = operationSchema.parse(JSON.parse((await client.send({ path: self })).text));
  return status !== "queued" && status !== "running";
}

async function wait(client: StubbornClient, { result }: Followed): Promise<boolean> {
  const reply = await client.send({ path: result, headers: { Prefer: "wait=2" } });
  return reply.status !== 202;
}

function endOf({ status, text }: GatewayReply): string {
  const body: unknown = JSON.parse(text);
  return status === 200 ? "succeeded" : problemSchema.parse(body).code;
}
