// The logger of the process: JSON lines, info to stdout and the rest to stderr, where the Functions host picks
// them up. Not `context.log`: one logger serves the whole process, also after a handler has returned.

import { systemClock } from "./clock.ts";
import { createJsonLogger } from "./json-logger.ts";

export const consoleLogger = createJsonLogger(systemClock, (level, line) => {
  const stream = level === "info" ? process.stdout : process.stderr;
  stream.write(`${line}\n`);
});
