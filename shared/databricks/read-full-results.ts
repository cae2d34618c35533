// Rows made anew and full downloads of a query attachment. Each of the two POSTs runs the SQL and costs the workspace
// money, so it is sent once; only a refused token, which comes before anything is done, leads to a second one.

import type { Genie } from "../operations/genie.ts";
import { startedDownloadWire } from "./download/download-wire.ts";
import { createDownloadReading } from "./download/read-download.ts";
import { readQueryResult } from "./read-results.ts";
import type { CallWorkspace, WorkspaceDeps } from "./workspace-call.ts";
import { downloadsPath, executeQueryPath } from "./workspace-paths.ts";
import { expectOk, notUnderstood, parseReply } from "./workspace-read.ts";

/** Throws AppError as the reads do; `databricks_unavailable` also for a reply that got lost. */
export function createFullResults(
  deps: WorkspaceDeps,
  call: CallWorkspace,
): Pick<Genie, "rerunQuery" | "startDownload" | "download"> {
  const post = async (path: string): Promise<string> =>
    expectOk(await call({ method: "POST", path, body: {}, retry: "never" }), "attachment");
  return {
    async rerunQuery(ref, attachmentId) {
      return readQueryResult(call, await post(executeQueryPath(ref, attachmentId)));
    },
    async startDownload(ref, attachmentId) {
      const wire = parseReply(await post(downloadsPath(ref, attachmentId)), startedDownloadWire);
      const { download_id: downloadId, download_id_signature: signature } = wire;
      if (downloadId === null || signature === null) {
        throw notUnderstood("a download without its id or signature");
      }
      return { downloadId, signature };
    },
    download: createDownloadReading(deps, call),
  };
}
