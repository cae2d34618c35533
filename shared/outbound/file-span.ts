// The span of one file behind a link of somebody else, from the request to its last byte. It tells the host and no more of the
// link: path and query are as good as a password (threat model T9).

import type { IncomingMessage } from "node:http";
import { keepSpanOpen } from "../telemetry/spans.ts";

export interface FileWatch {
  count(bytes: number): void;
  fail(errorType: string): void;
}

export function fileSpan(url: string) {
  const attributes = {
    "http.request.method": "GET",
    "peer.service": "row-files",
    "server.address": URL.parse(url)?.hostname,
  };
  return { name: "GET row-file", kind: "client", attributes } as const;
}

/** To be called in the span; it then lasts until nothing more can come. Nothing is done for a piece but counting. */
export function watchFile(response: IncomingMessage, isClosed: () => boolean): FileWatch {
  const span = keepSpanOpen();
  let received = 0;
  response.once("close", () => {
    const end = response.complete ? "complete" : isClosed() ? "closed" : "broken";
    if (end === "broken") span.fail("lost");
    span.set("genie.stream.end", end);
    span.set("http.response.body.size", received);
    span.end();
  });
  return {
    count: (bytes) => {
      received += bytes;
    },
    fail: span.fail,
  };
}
