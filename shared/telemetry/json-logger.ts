// The logger of the product: one JSON object a line, info to stdout and the rest to stderr, where the
// Functions host picks them up. Every value passes the second belt of safe-log-value.ts.

import type { Clock } from "./clock.ts";
import type { LogFields, Logger } from "./logger.ts";
import { safeLogValue } from "./safe-log-value.ts";

export type LogLevel = "info" | "warn" | "error";
export type WriteLine = (level: LogLevel, line: string) => void;

/** A logger that writes lines `{time, level, event, …fields}`; the fixed names cannot be overwritten. */
export function createJsonLogger(clock: Clock, write: WriteLine = writeToProcess): Logger {
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

/** Not `context.log`: one logger serves the whole process, also after a handler has returned. */
function writeToProcess(level: LogLevel, line: string): void {
  const stream = level === "info" ? process.stdout : process.stderr;
  stream.write(`${line}\n`);
}
