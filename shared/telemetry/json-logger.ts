// Turns log calls into JSON lines. Every value passes the second belt of safe-log-value.ts.
// It does not know where the lines go.

import type { Clock } from "./clock.ts";
import type { LogFields, Logger } from "./logger.ts";
import { safeLogValue } from "./safe-log-value.ts";

export type LogLevel = "info" | "warn" | "error";
export type WriteLine = (level: LogLevel, line: string) => void;

/** A logger that writes lines `{time, level, event, …fields}`; the fixed names cannot be overwritten. */
export function createJsonLogger(clock: Clock, write: WriteLine): Logger {
  const log = (level: LogLevel, event: string, fields: LogFields = {}) => {
    const safe = Object.entries(fields).map(([name, value]) => [name, safeLogValue(value)]);
    const time = new Date(clock.now()).toISOString();
    const fixed = { time, level, event: safeLogValue(event) };
    write(level, JSON.stringify({ ...fixed, ...Object.fromEntries(safe), ...fixed }));
  };
  return {
    info: (event, fields) => log("info", event, fields),
    warn: (event, fields) => log("warn", event, fields),
    error: (event, fields) => log("error", event, fields),
  };
}
