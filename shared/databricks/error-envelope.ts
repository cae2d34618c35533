// Databricks' error replies, whatever their shape (genie-api.md §1.8), as one plain envelope.
// Nothing here reaches a caller or a log as it came: the message is only matched against known signals.

import { retryAfterMs } from "../outbound/retry-after.ts";

export interface ErrorEnvelope {
  readonly status: number;
  /** Only if it looks like a code (`PERMISSION_DENIED`, `403`); anything else is dropped. */
  readonly errorCode: string | undefined;
  /** At most 4,000 characters of upstream text; empty when there was none. Never shown, never logged. */
  readonly message: string;
  /** Databricks' own id of the request, for a support case; only in the form of an id. */
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
}

export interface ErrorReply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Error bodies are small; a proxy's page may not be, and only its beginning says anything. */
const MAX_ERROR_TEXT = 64 * 1024;
const MAX_MESSAGE = 4_000;

/** The members that any of the shapes has; all of them untrusted. */
interface JsonObject {
  readonly error_code?: unknown;
  readonly message?: unknown;
  readonly error?: unknown;
  readonly detail?: unknown;
  readonly details?: unknown;
  readonly request_id?: unknown;
  readonly retry_delay?: unknown;
}
const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Never throws. `now` is epoch ms, for a `Retry-After` that is a date. */
export function readErrorEnvelope(reply: ErrorReply, now: number): ErrorEnvelope {
  const text = reply.text.slice(0, MAX_ERROR_TEXT).trim();
  const body = parseObject(text);
  const { code, message } = body ? readJsonError(body) : readTextError(text);
  const reason = reply.headers.get("x-databricks-reason-phrase") ?? "";
  const details = body && Array.isArray(body.details) ? body.details.filter(isObject) : [];
  return {
    status: reply.status,
    errorCode: code !== undefined && /^[A-Z0-9_]{1,64}$/.test(code) ? code : undefined,
    message: (message || reason).slice(0, MAX_MESSAGE),
    requestId: requestIdOf(reply.headers, details, message),
    retryAfterMs: retryAfterMs(reply.headers.get("retry-after"), now) ?? retryDelayOf(details),
  };
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

interface CodeAndMessage {
  readonly code: string | undefined;
  readonly message: string;
}

/** `error_code` is an integer on gateway and token errors; `{error}` is API 1.2; `detail` with `schemas` is SCIM. */
function readJsonError(body: JsonObject): CodeAndMessage {
  const { error_code: errorCode, message, error, detail } = body;
  const text = [message, detail, error].find((value) => typeof value === "string") ?? "";
  const code =
    typeof errorCode === "string" || typeof errorCode === "number" ? String(errorCode) : undefined;
  return { code, message: text };
}

/** `CODE: message`, an HTML page with its `<title>` and `<pre>`, or plain text. */
function readTextError(text: string): CodeAndMessage {
  const coded = /^([A-Z][A-Z0-9_]{2,63}): /.exec(text);
  if (coded?.[1]) return { code: coded[1], message: text.slice(coded[0].length) };
  const inPage = [insideTag(text, "title"), insideTag(text, "pre")].filter((part) => part);
  return { code: undefined, message: inPage.length > 0 ? inPage.join(" ") : text };
}

/** By index and not by a pattern over the whole page, so that no page can make it slow. */
function insideTag(html: string, tag: "pre" | "title"): string | undefined {
  const lower = html.toLowerCase();
  const open = lower.indexOf(`<${tag}`);
  const start = open < 0 ? -1 : lower.indexOf(">", open) + 1;
  const end = start <= 0 ? -1 : lower.indexOf(`</${tag}>`, start);
  return end < 0 ? undefined : html.slice(start, end).trim();
}

function requestIdOf(
  headers: Headers,
  details: readonly JsonObject[],
  message: string,
): string | undefined {
  const inDetails = details.map((detail) => detail.request_id);
  const inMessage = /\[ReqId: ([\w.-]{1,64})\]/.exec(message)?.[1];
  return [headers.get("x-request-id"), ...inDetails, inMessage].find(
    (value): value is string => typeof value === "string" && /^[\w.-]{1,64}$/.test(value),
  );
}

/** google.rpc.RetryInfo: `"retry_delay": "2s"`, fractions allowed. */
function retryDelayOf(details: readonly JsonObject[]): number | undefined {
  const delay = details.map((detail) => detail.retry_delay).find((d) => typeof d === "string");
  const seconds = /^(\d{1,6}(?:\.\d{1,9})?)s$/.exec(delay ?? "")?.[1];
  return seconds === undefined ? undefined : Math.ceil(Number(seconds) * 1000);
}
