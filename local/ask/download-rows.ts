// All rows of one result into a file, written while they come. It holds one piece at a time, and a transfer that does
// not end as it should leaves no file. It never asks Genie anything.

import { pipeline } from "node:stream/promises";
import { createRecordCount, type RecordCount } from "./count-records.ts";
import { getWhenReady, type Reader } from "./get-when-ready.ts";
import { BrokenTransfer, type OpenReply } from "./open-reply.ts";
import type { Failure } from "./outcome.ts";
import { codeOf, type PartFile } from "./part-file.ts";
import { withParameter } from "./send-request.ts";

export type Download =
  | { readonly kind: "saved"; readonly rows: number; readonly bytes: number }
  /** The wait is over before the rows are there. */
  | { readonly kind: "preparing"; readonly link: string }
  | { readonly kind: "broken"; readonly reason: string }
  | { readonly kind: "unwritable"; readonly reason: string }
  | Failure;

/**
 * @param link of the result's CSV
 * @throws the signal's reason when it aborts; the `.part` is the caller's to discard
 */
export async function downloadRows(
  link: string,
  file: PartFile,
  reader: Reader,
): Promise<Download> {
  const all = withParameter(link, "full", "true");
  const reply = await getWhenReady({ link: all, accept: "text/csv" }, reader);
  if (reply.kind !== "open") return reply;
  const fault = faultOf(reply);
  if (fault === null) return write(reply, file, reader.signal);
  await reply.drop();
  return fault;
}

/** Why this reply is not taken, whatever its body holds. */
function faultOf({ status, headers, path }: OpenReply): Download | null {
  const isCsv = /^text\/csv\b/i.test(headers.get("content-type") ?? "");
  if (status !== 200 || !isCsv) return { kind: "not_understood", status, path };
  const isFramed = headers.has("content-length") || headers.has("transfer-encoding");
  // Then the end of the connection would be the end of the file, broken off or not.
  return isFramed ? null : { kind: "broken", reason: "The reply does not say where it ends." };
}

async function write(reply: OpenReply, file: PartFile, signal: AbortSignal): Promise<Download> {
  const count = createRecordCount();
  try {
    await pipeline(counted(reply, count), file.createStream(), { signal });
    await file.complete();
    return { kind: "saved", rows: count.rows, bytes: count.bytes };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof BrokenTransfer) return { kind: "broken", reason: error.message };
    return { kind: "unwritable", reason: `${file.path} could not be written: ${codeOf(error)}.` };
  }
}

async function* counted(reply: OpenReply, count: RecordCount): AsyncGenerator<Uint8Array> {
  for await (const piece of reply.pieces()) {
    count.add(piece);
    yield piece;
  }
  if (!count.endsWhole) throw new BrokenTransfer("The file ends in the middle of a row.");
}
