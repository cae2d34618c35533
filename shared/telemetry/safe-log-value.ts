// The second belt of the log: the Logger's type lets ids, codes and counts in, and this drops a value that
// does not look like one. A question has blanks, a token is long: neither gets through (threat model T9).

import type { LogFields } from "./logger.ts";

type LogValue = LogFields[string];

/** What an id, a code, a state, a host or a route template is made of; no blanks, no quotes. */
const PLAIN = /^[A-Za-z0-9_.:/{}-]{0,128}$/;
/** No id is that long in one piece: operation ids end at 64 characters (design §3.1). */
const LONG_RUN = /[A-Za-z0-9_-]{65}/;
/** JSON Web Tokens, Databricks tokens, keys of Standard Webhooks. */
const SECRET_START = /^(?:eyJ|dapi|dkea|dose|whsec_)/;

/** The value itself, or `[redacted]`. */
export function safeLogValue(value: LogValue): LogValue {
  if (typeof value !== "string") return value;
  const plain = PLAIN.test(value) && !LONG_RUN.test(value) && !SECRET_START.test(value);
  return plain ? value : "[redacted]";
}
