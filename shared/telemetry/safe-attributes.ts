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

/** A method and a route template, or a name: at most two words, each as plain as a value of the log. */
export function safeSpanName(name: string): string {
  const words = name.split(" ");
  return words.length <= 2 ? words.map((word) => safeLogValue(word)).join(" ") : "[redacted]";
}
