// The formats of result files that we read (manifest.format; which one Genie picks is not documented). Arrow is not
// among them: its rows would need types, while every other way of Databricks gives text.

import type { ResultColumn } from "../../operations/result-rows.ts";
import { createCsvRows } from "./read-csv-rows.ts";
import { createJsonRows } from "./read-json-rows.ts";
import type { CreateRowReader } from "./row-reader.ts";

/** Undefined for a format that nobody here reads. */
export function findRowFormat(
  format: string | null,
  columns: readonly ResultColumn[],
): CreateRowReader | undefined {
  switch (format) {
    case "JSON_ARRAY":
      return () => createJsonRows(columns.length);
    case "CSV":
      return (chunkIndex) => createCsvRows(columns, chunkIndex === 0);
    default:
      return undefined;
  }
}
