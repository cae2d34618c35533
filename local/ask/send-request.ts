// One HTTP request to the gateway. The credential goes to the gateway's own address only, whatever a link in a reply
// says, and no redirect is followed.

import type { Credential, Gateway } from "./find-gateway.ts";

export interface Request {
  readonly method: "GET" | "POST";
  /** Of the gateway, from `pathOf`. */
  readonly path: string;
  /** Media type. */
  readonly accept: string;
  readonly body?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** @throws whatever `fetch` throws */
export function sendRequest(gateway: Gateway, request: Request): Promise<Response> {
  return fetch(`${gateway.baseUrl}${request.path}`, {
    method: request.method,
    headers: headersOf(gateway, request),
    body: request.body === undefined ? null : JSON.stringify(request.body),
    redirect: "manual",
    signal: request.signal,
  });
}

/** Path and query of a link below the gateway's address; null for what is no link. */
export function pathOf(link: string, { baseUrl }: Gateway): string | null {
  const url = URL.parse(link, `${baseUrl}/`);
  if (url === null) return null;
  const { pathname, search } = url;
  const prefix = new URL(baseUrl).pathname.replace(/\/$/, "");
  return `${pathname.startsWith(`${prefix}/`) ? pathname.slice(prefix.length) : pathname}${search}`;
}

/** The link with this parameter in its query. */
export function withParameter(link: string, name: string, value: string): string {
  const [address = "", query = ""] = link.split("?", 2);
  const parameters = new URLSearchParams(query);
  parameters.set(name, value);
  return `${address}?${parameters}`;
}

function headersOf({ credential, traceparent }: Gateway, request: Request): Record<string, string> {
  const trace = traceparent === undefined ? {} : { traceparent };
  // Unpacked, a reply's length would not be the one it announced.
  const taken = { accept: request.accept, "accept-encoding": "identity", ...trace };
  if (request.method === "GET") return { ...taken, ...authorization(credential) };
  const how = { "content-type": "application/json", prefer: "respond-async" };
  return credential.kind === "function-key"
    ? { ...taken, ...how, "x-functions-key": credential.key }
    : { ...taken, ...how, ...authorization(credential) };
}

/** An operation that was asked with a key is opened by its id alone: the key goes nowhere but to the ask. */
function authorization(credential: Credential): Record<string, string> {
  return credential.kind === "token" ? { authorization: `Bearer ${credential.token}` } : {};
}
