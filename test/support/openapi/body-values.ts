// What of a recorded body can be held against a schema: the JSON value, each event of a stream, or the text. A part of
// a body is no value; of a stream that broke off the whole events count.

import { brotliDecompressSync, gunzipSync } from "node:zlib";
import type { RecordedExchange } from "../../../local/functions-host/http/record-exchange.ts";
import { mediaTypeOf } from "./document.ts";

/** @throws SyntaxError when what should be JSON is not */
export function bodyValues(exchange: RecordedExchange): unknown[] {
  const type = mediaTypeOf(String(exchange.headers["content-type"] ?? ""));
  const isWhole = exchange.isComplete && !exchange.isCutOff;
  if (type === "text/event-stream") return eventsIn(exchange.body);
  if (!isWhole) return [];
  const text = textOf(exchange);
  if (text === undefined) return [];
  return type === "application/json" || type.endsWith("+json") ? [JSON.parse(text)] : [text];
}

/** Undefined for bytes that are no text, such as pictures. */
function textOf({ body, encoding, headers }: RecordedExchange): string | undefined {
  const coding = headers["content-encoding"];
  if (encoding === "utf8") return body;
  if (coding === "br") return brotliDecompressSync(Buffer.from(body, "base64")).toString();
  if (coding === "gzip") return gunzipSync(Buffer.from(body, "base64")).toString();
  return undefined;
}

/** As an SSE client reads them (WHATWG HTML §9.2): `{event, data}`, comments dropped, the unfinished end ignored. */
function eventsIn(stream: string): unknown[] {
  const blocks = stream.split("\n\n").slice(0, -1);
  return blocks.flatMap((block) => {
    const lines = block.split("\n").filter((line) => !line.startsWith(":"));
    if (lines.length === 0) return [];
    const fields = (name: string) =>
      lines
        .filter((line) => line.startsWith(`${name}: `))
        .map((line) => line.slice(name.length + 2));
    return [{ event: fields("event").join(), data: JSON.parse(fields("data").join("\n")) }];
  });
}
