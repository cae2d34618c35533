// A download of all rows of a query, as the domain sees it: Databricks prepares one only when it is told to, because it
// runs the SQL again and costs the workspace money.

import type { Failure } from "../errors/app-error.ts";
import type { ResultColumn } from "./result-rows.ts";
import type { RowBatch, RowWriter } from "./row-batch.ts";

/** A full download that Databricks prepares. The signature is a bearer secret: it never leaves unsealed. */
export interface DownloadRef {
  readonly downloadId: string;
  readonly signature: string;
}

export type Download =
  | {
      readonly kind: "ready";
      readonly columns: readonly ResultColumn[];
      /**
       * All rows in their order, some hundred at a time, read while they are asked for; `return` lets go of every
       * connection. `write` sees rows that come as it knows them. Throws AppError `databricks_unavailable` when they cannot be had to their end.
       */
      readonly rows: (write?: RowWriter) => AsyncIterable<RowBatch>;
    }
  | { readonly kind: "pending" }
  /** Databricks no longer knows it: a new one can be started. */
  | { readonly kind: "expired" }
  | { readonly kind: "failed"; readonly failure: Failure };
