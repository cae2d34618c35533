// Rows made anew and full downloads of a query attachment. Each of the two POSTs runs the SQL and costs the workspace
// money, so it is sent once; only a refused token, which comes before anything is done, leads to a second one.

import { AppError } from "../errors/app-error.ts";
import type { Genie } from "../operations/genie.ts";
import { StartUnknown } from "../operations/prepare-once.ts";
import { databricksUnavailable } from "./databricks-failure.ts";
import { startedDownloadWire } from "./download/download-wire.ts";
import { createDownloadReading } from "./download/read-download.ts";
import { readQueryResult } from "./read-results.ts";
import type { CallWorkspace, WorkspaceDeps, WorkspaceReply } from "./workspace-call.ts";
import { downloadsPath, executeQueryPath } from "./workspace-paths.ts";
import { expectOk, parseReply } from "./workspace-read.ts";

/** Sealed it must fit into the `download` of a URL, which may have 8,192 characters. */
const LONGEST_SIGNATURE = 2_500;

/** Throws AppError as the reads do; StartUnknown where the SQL may be running all the same. */
export function createFullResults(
  deps: WorkspaceDeps,
  call: CallWorkspace,
): Pick<Genie, "rerunQuery" | "startDownload" | "download"> {
  const post = async (path: string): Promise<string> => {
    const reply = await call({ method: "POST", path, body: {}, retry: "never" });
    if (isUnknown(reply)) throw startUnknown(`the start was answered: ${reply.kind}`);
    return expectOk(reply, "attachment");
  };
  return {
    async rerunQuery(ref, attachmentId) {
      const text = await post(executeQueryPath(ref, attachmentId));
      return afterStart(() => readQueryResult(call, text));
    },
    async startDownload(ref, attachmentId) {
      const text = await post(downloadsPath(ref, attachmentId));
      const wire = await afterStart(async () => parseReply(text, startedDownloadWire));
      const { download_id: downloadId, download_id_signature: signature } = wire;
      if (downloadId === null || signature === null || signature.length > LONGEST_SIGNATURE) {
        throw startUnknown("a download without an id or signature of use");
      }
      return { downloadId, signature };
    },
    download: createDownloadReading(deps, call),
  };
}

/** 429 and 503 come before anything is accepted, as for asks; after any other fault of the server nobody knows. */
function isUnknown(reply: WorkspaceReply): boolean {
  if (reply.kind === "lost") return true;
  return reply.kind === "error" && reply.envelope.status >= 500 && reply.envelope.status !== 503;
}

/** Databricks has taken it: what cannot be read of its reply does not undo that. */
async function afterStart<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof AppError) || error.failure.code !== "databricks_unavailable")
      throw error;
    throw new StartUnknown(error.failure, { cause: error });
  }
}

const startUnknown = (reason: string): StartUnknown =>
  new StartUnknown(databricksUnavailable(), { cause: new Error(reason) });
