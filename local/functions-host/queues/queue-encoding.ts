// The encoding of queue messages (host.json `messageEncoding`). Base64 is read as strictly as .NET does: text
// that merely looks odd must go to the poison queue here, as it would in Azure.

import type { QueueSettings } from "../host-json.ts";

type Encoding = QueueSettings["messageEncoding"];

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

export function encodeMessage(text: string, encoding: Encoding): string {
  return encoding === "base64" ? Buffer.from(text).toString("base64") : text;
}

/** Undefined when the text is not base64 although it should be. */
export function decodeMessage(text: string, encoding: Encoding): string | undefined {
  if (encoding === "none") {
    return text;
  }
  const compact = text.replace(/\s/g, "");
  return base64.test(compact) ? Buffer.from(compact, "base64").toString("utf8") : undefined;
}
