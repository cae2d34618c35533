// A full download as it comes over the wire: the statement whose rows lie in files, and the links to these files
// (genie-api.md §1.6, §3). Only schemas.

import * as z from "zod";
import { manifestWire, statementWire } from "../result-wire.ts";
import { wireCount, wireId, wireList, wireText } from "../wire-values.ts";

const linkWire = z.object({
  chunk_index: wireCount,
  row_offset: wireCount,
  row_count: wireCount,
  external_link: wireText,
  /** ISO 8601. */
  expiration: wireText,
  http_headers: z.record(z.string(), z.string()).nullish(),
  next_chunk_index: wireCount,
});
export type LinkWire = z.output<typeof linkWire>;

/** One or more chunks of rows, as links. */
export const linkedDataWire = z.object({
  external_links: wireList(linkWire),
  next_chunk_index: wireCount,
});
export type LinkedDataWire = z.output<typeof linkedDataWire>;

const linkedStatementWire = statementWire.extend({
  manifest: manifestWire.extend({ format: wireText }).nullish(),
  result: linkedDataWire.nullish(),
});
export type LinkedStatementWire = z.output<typeof linkedStatementWire>;

export const downloadWire = z.object({ statement_response: linkedStatementWire.nullish() });

export const startedDownloadWire = z.object({
  download_id: wireId,
  download_id_signature: wireText,
});
