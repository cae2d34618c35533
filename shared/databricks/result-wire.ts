// Results of SQL as they come over the wire, from Genie and from the statement interface alike (genie-api.md §1.6,
// §3). Cells are text or null and stay so here.

import * as z from "zod";
import { wireCount, wireId, wireList, wireText } from "./wire-values.ts";

const columnWire = z.object({ name: wireText, type_name: wireText });

const chunkPlaceWire = z.object({
  chunk_index: wireCount,
  row_offset: wireCount,
  row_count: wireCount,
});

/** One chunk; `data_array` is null when Databricks sent no rows with it. */
export const resultDataWire = z.object({
  chunk_index: wireCount,
  row_offset: wireCount,
  data_array: z
    .array(z.array(z.string().nullable()))
    .nullish()
    .transform((rows) => rows ?? null),
  next_chunk_index: wireCount,
});
export type ResultDataWire = z.output<typeof resultDataWire>;

export const manifestWire = z.object({
  schema: z.object({ columns: wireList(columnWire) }).nullish(),
  total_chunk_count: wireCount,
  total_row_count: wireCount,
  truncated: z.boolean().nullish(),
  chunks: wireList(chunkPlaceWire),
});
export type ManifestWire = z.output<typeof manifestWire>;

export const statementWire = z.object({
  statement_id: wireId,
  status: z.object({ state: wireText, error: z.object({ message: wireText }).nullish() }).nullish(),
  manifest: manifestWire.nullish(),
  result: resultDataWire.nullish(),
});
export type StatementWire = z.output<typeof statementWire>;

export const queryResultWire = z.object({ statement_response: statementWire.nullish() });
