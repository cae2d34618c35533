// The belt of the log for what goes into spans and metrics: an id, a code, a state or a count gets through, a text or a
// token becomes `[redacted]` (threat model T9).

import type { LogFields } from "./logger.ts";
import { safeLogValue } from "./safe-log-value.ts";
import type { AttributeValue } from "./sink.ts";

export function safeAttributes(fields: LogFields): Record<string, AttributeValue> {
  const safe: Record<string, AttributeValue> = {};
  for (const [name, value] of Object.entries(fields)) {
    const kept = safeLogValue(value);
    if (kept !== undefined) safe[name] = kept;
  }
  return safe;
}

/** The name of a function, or a method and what is called, as plain as a value of the log. */
const NAME = /^(?:[a-z]+(?:-[a-z]+)*|(?:DELETE|GET|HEAD|MERGE|PATCH|POST|PUT) (\S+))$/;

export function safeSpanName(name: string): string {
  const [, target = "-"] = NAME.exec(name) ?? [name, " "];
  return safeLogValue(target) === target ? name : "[redacted]";
}
