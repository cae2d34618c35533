// Sends one planned request exactly as planned, over a plain socket client: nothing is tidied up. What only the running
// gateway knows is put in first. It judges nothing.

import { type Agent, type IncomingHttpHeaders, request as openRequest } from "node:http";
import type { RecordedExchange } from "../../local/functions-host/http/record-exchange.ts";
import { isObject, type JsonObject, type Operation } from "../support/openapi/document.ts";
import type { KnownThings } from "./known-things.ts";
import type { FuzzCaller, Known, PlannedBody, RequestPlan, Text } from "./request-plan.ts";

export interface SentRequest {
  readonly method: string;
  readonly target: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  /** Members of a JSON body; empty for any other. */
  readonly json: JsonObject;
  readonly bytes: Buffer | undefined;
}

/** Longer than any wait that is allowed: then the gateway left the client hanging. */
const PATIENCE_MS = 30_000;
const NOBODYS_ID = "0".repeat(32);

export function fill(
  operation: Operation,
  plan: RequestPlan,
  {
    things,
    authorization,
  }: { readonly things: KnownThings; readonly authorization: string | undefined },
): SentRequest {
  const text = (value: Text) => textOf(plan.as, operation.id, { things, value });
  const path = Object.entries(plan.path).reduce(
    (filled, [name, value]) => filled.replace(`{${name}}`, text(value)),
    operation.path,
  );
  const pairs = plan.query.map(([name, value]) =>
    [name, encodeURIComponent(text(value))].join("="),
  );
  const search = [...pairs, ...(plan.rawQuery ? [plan.rawQuery] : [])].join("&");
  const { type, bytes, json } = bodyOf(plan.body, (value) =>
    isKnown(value) ? text(value) : value,
  );
  return {
    method: operation.method,
    target: search === "" ? path : `${path}?${search}`,
    query: new URLSearchParams(search),
    headers: {
      ...plan.headers,
      ...(authorization === undefined ? {} : { Authorization: authorization }),
      ...(bytes === undefined || type === "" ? {} : { "Content-Type": type }),
    },
    json,
    bytes,
  };
}

interface Filling {
  readonly things: KnownThings;
  readonly value: Text;
}

function textOf(caller: FuzzCaller, kind: string, { things, value }: Filling): string {
  if (typeof value === "string") return value;
  return things.resolve(caller, kind, value) ?? NOBODYS_ID;
}

function isKnown(value: unknown): value is Known {
  return isObject(value) && typeof value.known === "string" && typeof value.pick === "number";
}

function bodyOf(body: PlannedBody | undefined, filled: (value: unknown) => unknown) {
  const type = body?.type ?? "application/json";
  if (body === undefined) return { type, bytes: undefined, json: {} };
  if ("made" in body) return { type, bytes: MADE[body.made](), json: {} };
  if ("text" in body) return { type, bytes: Buffer.from(body.text), json: {} };
  if (!isObject(body.json) || Array.isArray(body.json)) {
    return { type, bytes: Buffer.from(JSON.stringify(body.json)), json: {} };
  }
  const json = Object.fromEntries(
    Object.entries(body.json).map(([name, value]) => [name, filled(value)]),
  );
  return { type, bytes: Buffer.from(JSON.stringify(json)), json };
}

const MADE = {
  huge: () => Buffer.from(JSON.stringify({ query: "q".repeat(300 * 1024) })),
  deep: () => Buffer.from(`{"query":${"[".repeat(60_000)}${"]".repeat(60_000)}}`),
  "not-utf8": () => Buffer.from([0x7b, 0xff, 0xfe, 0x7d]),
  utf16: () => Buffer.from('\ufeff{"query":"x"}', "utf16le"),
} as const;

/** @throws Error when no whole answer comes within 30 s */
export function send(
  url: string,
  agent: Agent,
  sent: SentRequest,
): Promise<Omit<RecordedExchange, "route">> {
  const { hostname, port } = new URL(url);
  const { method, target: path, headers, bytes } = sent;
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const outgoing = openRequest({ hostname, port, method, path, agent, signal });
    for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
    if (bytes !== undefined) outgoing.setHeader("Content-Length", bytes.length);
    outgoing.on("error", reject);
    outgoing.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => resolve(toExchange(sent, Buffer.concat(chunks), response)));
    });
    outgoing.end(bytes);
  });
}

interface Head {
  readonly statusCode?: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly complete: boolean;
}

function toExchange(
  { method, target }: SentRequest,
  bytes: Buffer,
  head: Head,
): Omit<RecordedExchange, "route"> {
  const encoding = bytes.equals(Buffer.from(bytes.toString())) ? "utf8" : "base64";
  return {
    ...{ method, path: target, status: head.statusCode ?? 0, headers: head.headers },
    ...{ body: bytes.toString(encoding), encoding, size: bytes.length },
    ...{ isCutOff: false, isComplete: head.complete },
  };
}
