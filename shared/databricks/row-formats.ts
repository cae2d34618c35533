// The formats of result files that we read (manifest.format; which one Genie picks is not documented). Arrow is not
// among them: its rows would need types, while every other way of Databricks gives text.

import type { ResultColumn } from "../operations/genie.ts";
import type { CreateRowReader } from "./file-rows.ts";
import { createJsonRows } from "./json-rows.ts";

/** Undefined for a format that nobody here reads. */
export async function findRowFormat(
  format: string | null,
  columns: readonly ResultColumn[],
): Promise<CreateRowReader | undefined> {
  if (format === "JSON_ARRAY") return () => createJsonRows(columns.length);
  if (format !== "CSV") return undefined;
  const [{ createCsvRows }, { default: papa }] = await Promise.all([
    import("./csv-rows.ts"),
    import("papaparse/papaparse.js"),
  ]);
  return (chunkIndex) => createCsvRows(papa.parse, columns, chunkIndex === 0);
}
