// What lies in a queue, as the host would read it: base64 of JSON that names an operation. It reads one text, calls
// nothing, and passes no content on.

import { OPERATION_ID } from "../../shared/contracts/path-parameters.ts";

/** False: the host cannot decode it, or a worker would take it for somebody else's. In a work queue it would come right back. */
export function isOurs(messageText: string): boolean {
  const bytes = Buffer.from(messageText, "base64");
  // Node takes almost anything for base64; the host does not.
  if (bytes.toString("base64") !== messageText) return false;
  const message = jsonOf(bytes.toString("utf8"));
  if (typeof message !== "object" || message === null || !("operation_id" in message)) return false;
  const { operation_id: id } = message;
  return typeof id === "string" && OPERATION_ID.test(id);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
