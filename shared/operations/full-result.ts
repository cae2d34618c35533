// All rows of a query, and rows made anew, as the domain sees them: what Databricks does only when it is told to,
// because each of these runs the SQL again and costs the workspace money.

import type { Failure } from "../errors/app-error.ts";
import type { MessageRef, QueryResult, ResultColumn } from "./genie.ts";
import type { RowBatch } from "./row-batch.ts";

/** A full download that Databricks prepares. The signature is a bearer secret: it never leaves unsealed. */
export interface DownloadRef {
  readonly downloadId: string;
  readonly signature: string;
}

export type Download =
  | {
      readonly kind: "ready";
      readonly statementId: string;
      readonly columns: readonly ResultColumn[];
      readonly rowCount: number;
      /**
       * All rows in their order, some hundred at a time, read while they are asked for; `return` lets go of every
       * connection. Throws AppError `databricks_unavailable` when they cannot be had to their end.
       */
      readonly rows: () => AsyncIterable<RowBatch>;
    }
  | { readonly kind: "pending" }
  /** Databricks no longer knows it: a new one can be started. */
  | { readonly kind: "expired" }
  | { readonly kind: "failed"; readonly failure: Failure };

/** Part of the port `Genie`: same authority, same errors. */
export interface FullResults {
  /** Runs the SQL of the attachment again. Never sent twice by the implementation. */
  rerunQuery(ref: MessageRef, attachmentId: string): Promise<QueryResult>;
  /** Starts a download of all rows. Never sent twice by the implementation. */
  startDownload(ref: MessageRef, attachmentId: string): Promise<DownloadRef>;
  download(ref: MessageRef, attachmentId: string, download: DownloadRef): Promise<Download>;
}
