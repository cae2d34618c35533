// The host's console, in the manner of Core Tools. Prints what the app logs and what happened to a function;
// never bodies, headers or query strings.

import type { LogLevel } from "./worker/core-contract.ts";

export type HostLog = (level: LogLevel, message: string) => void;

/** Below `information` nothing is printed, as with the real host's default log level. */
export function createHostLog(): HostLog {
  return (level, message) => {
    if (level === "trace" || level === "debug") {
      return;
    }
    const line = `[${new Date().toISOString()}] ${message}\n`;
    (level === "information" ? process.stdout : process.stderr).write(line);
  };
}
