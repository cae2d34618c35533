// The full download of a result: start it, poll it, and the files behind its links.

import type { StoredAttachment } from "../genie/conversation-store.ts";
import type { Handle, OpenHandle } from "../http/call.ts";
import { ok, type Reply } from "../http/reply.ts";
import { doesNotExist, invalidParameter, permissionDenied, Refused } from "../refusals.ts";
import { downloadFile } from "../results/download-file.ts";
import type { StatementOutcome } from "../results/statement-store.ts";
import type { Workspace } from "../workspace.ts";
import { shownAttachment } from "./find-message.ts";
import { outcomeOf, readableMessage, runTimes, statementReply } from "./result-routes.ts";

/** More than any table of the dataset has: a full download knows no 5,000. */
const MOST_ROWS = 1_000_000;

/** Starts a new execution of the SQL (genie-api.md §1.6). */
export const generateDownloadFullQueryResult: Handle = (call, workspace) => {
  const attachment = shownAttachment(call, readableMessage(call, workspace));
  const { behaviour } = workspace;
  const statement = workspace.statements.add({
    ownerId: call.caller.userId,
    ...runTimes(call.at, runsForMs(attachment, workspace)),
    outcome: inFiles(outcomeOf(call, workspace, attachment, { mostRows: MOST_ROWS }), workspace),
    rowLimit: Number.POSITIVE_INFINITY,
    links: {
      format: behaviour.downloadFormat,
      lifetimeMs: behaviour.downloadLinkMs,
      perReply: behaviour.linksPerReply,
      headers: behaviour.downloadHeaders,
    },
  });
  const download = workspace.downloads.open(attachment.attachmentId, statement);
  return ok({
    download_id: download.downloadId,
    download_id_signature: download.signature,
  });
};

function runsForMs({ content }: StoredAttachment, { timings }: Workspace): number {
  const scripted = content.kind === "query" ? content.result?.downloadForMs : undefined;
  return scripted ?? timings.downloadMs * timings.scale;
}

function inFiles(outcome: StatementOutcome, workspace: Workspace): StatementOutcome {
  if (outcome.kind !== "rows") return outcome;
  return {
    kind: "rows",
    data: { ...outcome.data, chunkSize: workspace.behaviour.rowsPerDownloadLink },
  };
}

export const getDownloadFullQueryResult: Handle = (call, workspace) => {
  const attachment = shownAttachment(call, readableMessage(call, workspace));
  const signature = call.query.get("download_id_signature");
  if (signature === null) {
    throw new Refused(invalidParameter("Missing required field: download_id_signature"));
  }
  const download = workspace.downloads.find(call.path.downloadId);
  if (download?.attachmentId !== attachment.attachmentId) {
    throw new Refused(doesNotExist(`Download ${call.path.downloadId}`));
  }
  if (download.signature !== signature) {
    throw new Refused(permissionDenied("The download_id_signature is not valid."));
  }
  return statementReply(call, workspace, download.statement);
};

/** Blob storage: the link alone opens the file, an Authorization header spoils the request. */
export const downloadExternalFile: OpenHandle = (call, workspace) => {
  if (call.authorization !== undefined) return storageError(400, "InvalidAuthenticationInfo");
  const link = workspace.downloads.openLink(call.path.token);
  if (link === undefined) return storageError(404, "ResourceNotFound");
  if (call.at >= link.expiresAt) return storageError(403, "AuthenticationFailed");
  const wanted = Object.entries(link.statement.links?.headers ?? {});
  if (wanted.some(([name, value]) => call.headers[name] !== value)) {
    return storageError(400, "MissingRequiredHeader");
  }
  const csv = link.statement.links?.format === "CSV";
  return {
    status: 200,
    headers: { "Content-Type": csv ? "text/csv" : "application/json" },
    body: downloadFile(link.statement, link.chunkIndex),
  };
};

function storageError(status: number, code: string): Reply {
  return {
    status,
    headers: { "Content-Type": "application/xml" },
    body: `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>The request was refused.</Message></Error>`,
  };
}
