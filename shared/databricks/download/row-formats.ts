// The formats of result files that we read (manifest.format; which one Genie picks is not documented). Arrow is not
// among them: its rows would need types, while every other way of Databricks gives text.

import { AppError, type Failure } from "../../errors/app-error.ts";
import type { ResultColumn } from "../../operations/result-rows.ts";
import { createCsvRows } from "./read-csv-rows.ts";
import { createJsonRows } from "./read-json-rows.ts";
import type { CreateRowReader } from "./row-reader.ts";

const FORMAT_UNKNOWN: Failure = {
  code: "genie_failed",
  detail: "Databricks prepared the rows in a format that this gateway does not read.",
  remedy:
    "Read the rows page by page, up to the number that Genie keeps; tell an admin of the gateway.",
};

/** @throws AppError `genie_failed` for a format that nobody here reads */
export function findRowFormat(
  format: string | null,
  columns: readonly ResultColumn[],
): CreateRowReader {
  switch (format) {
    case "JSON_ARRAY":
      return (_, write) => createJsonRows(columns.length, write);
    case "CSV":
      return (chunkIndex) => createCsvRows(columns, chunkIndex === 0);
    default:
      // Not told as a failed download: after that the next one may start at once, and would end the same.
      throw new AppError(FORMAT_UNKNOWN);
  }
}
