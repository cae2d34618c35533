// The state of a full download, and its rows once they are there. It never starts anything: a download that is gone
// is told as expired.

import type { Download } from "../../operations/full-result.ts";
import type { Genie } from "../../operations/genie.ts";
import type { ErrorEnvelope } from "../error-envelope.ts";
import { isAboutSpace } from "../error-signals.ts";
import { toColumns, toUnready } from "../result-mapping.ts";
import type { CallWorkspace, WorkspaceDeps } from "../workspace-call.ts";
import { chunkPath, downloadPath } from "../workspace-paths.ts";
import { expectOk, notUnderstood, parseReply, readWorkspace } from "../workspace-read.ts";
import { type ChunkLink, createTakeLink, toChunkLinks } from "./chunk-links.ts";
import { downloadWire, type LinkedStatementWire, linkedDataWire } from "./download-wire.ts";
import { readAllRows } from "./read-all-rows.ts";
import { findRowFormat } from "./row-formats.ts";

export function createDownloadReading(deps: WorkspaceDeps, call: CallWorkspace): Genie["download"] {
  return async (ref, attachmentId, download) => {
    const path = downloadPath(ref, attachmentId, download);
    const reply = await call({ method: "GET", path, retry: "safe" });
    if (reply.kind === "error" && isGone(reply.envelope)) return { kind: "expired" };
    const wire = parseReply(expectOk(reply, "attachment"), downloadWire).statement_response;
    if (!wire) return { kind: "pending" };
    return toUnready(wire) ?? toReady(deps, call, wire);
  };
}

/** The id came from Databricks for this very attachment: what is not there any more is the download. */
const isGone = ({ status, errorCode, message }: ErrorEnvelope): boolean =>
  status === 410 ||
  (status === 404 &&
    (errorCode === "RESOURCE_DOES_NOT_EXIST" || errorCode === "NOT_FOUND") &&
    !isAboutSpace({ message }));

function toReady(deps: WorkspaceDeps, call: CallWorkspace, wire: LinkedStatementWire): Download {
  const { statement_id: statementId, manifest, result } = wire;
  const rowCount = manifest?.total_row_count ?? null;
  if (!manifest || statementId === null || rowCount === null) {
    throw notUnderstood("a download without its statement or number of rows");
  }
  const columns = toColumns(manifest);
  const createReader = findRowFormat(manifest.format, columns);
  const first = result ? toChunkLinks(result, 0) : [];
  const rows: Extract<Download, { kind: "ready" }>["rows"] = (write) => ({
    [Symbol.asyncIterator]: () =>
      readAllRows({
        files: filesOf(deps, call, { statementId, first }),
        createReader,
        write,
        rowCount,
        chunkCount: manifest.total_chunk_count ?? undefined,
      }),
  });
  return { kind: "ready", columns, rows };
}

function filesOf(
  { clock, logger, workspaceUrl }: WorkspaceDeps,
  call: CallWorkspace,
  { statementId, first }: { statementId: string; first: readonly ChunkLink[] },
) {
  const fetchLinks = async (index: number) => {
    const path = chunkPath(statementId, index);
    const subject = "statement";
    return toChunkLinks(
      await readWorkspace(call, { path, schema: linkedDataWire, subject }),
      index,
    );
  };
  return {
    takeLink: createTakeLink(first, fetchLinks, clock.now),
    // The settings allow http only for a workspace on this machine.
    allowsLoopbackHttp: new URL(workspaceUrl).protocol === "http:",
    clock,
    logger,
  };
}
