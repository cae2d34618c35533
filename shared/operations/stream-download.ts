// All rows of a query, also beyond those that Genie holds, through a download that Databricks prepares for it: started
// once, found again by its ticket, and given up when it came to nothing.

import { AppError, type Failure } from "../errors/app-error.ts";
import type { Clock } from "../telemetry/clock.ts";
import type { Download, DownloadRef } from "./full-result.ts";
import type { Genie } from "./genie.ts";
import type { PreparationDeps, PreparationKey, Preparing } from "./preparation.ts";
import { giveUp, prepareOnce } from "./prepare-once.ts";
import type { CreateRowWriter, RowStream } from "./row-batch.ts";
import { openTicket } from "./ticket.ts";
import { withFirst } from "./with-first.ts";

type DownloadKey = PreparationKey & { readonly kind: "download" };

interface Ticketed {
  readonly ref: DownloadRef;
  readonly ticket: string;
}

interface Wanted {
  readonly key: DownloadKey;
  readonly ticket: string | undefined;
  readonly createWriter?: CreateRowWriter | undefined;
}

export async function streamDownload(
  deps: PreparationDeps & { readonly clock: Clock },
  genie: Genie,
  { key, ticket, createWriter }: Wanted,
): Promise<RowStream | Preparing> {
  const found =
    ticket === undefined
      ? await startOrFind(deps, genie, key)
      : { ref: await openTicket(deps.seal, key, ticket), ticket };
  if (found === undefined) return { kind: "preparing", ticket: null };
  const download = await genie.download(key, key.attachmentId, found.ref);
  if (download.kind === "pending") return { kind: "preparing", ticket: found.ticket };
  const batches =
    download.kind === "ready" ? await openRows(download, deps.clock, createWriter) : undefined;
  if (download.kind === "ready" && batches !== undefined) {
    return { kind: "rows", columns: download.columns, batches };
  }
  await giveUp(deps.preparations, key, found.ticket);
  throw new AppError(download.kind === "failed" ? download.failure : DOWNLOAD_OVER);
}

/** Undefined while another request is about to start it. */
async function startOrFind(
  { seal, preparations }: PreparationDeps,
  genie: Genie,
  key: DownloadKey,
): Promise<Ticketed | undefined> {
  // Of no use to anybody, but where nothing can be sealed no download may be paid for: its id would be lost.
  await seal.seal(key, { kind: "rows" });
  const download = await prepareOnce(preparations, key, {
    start: () => genie.startDownload(key, key.attachmentId),
    ticketOf: (ref) => seal.seal(key, { kind: "download", ...ref }),
  });
  if (download.kind === "starting") return undefined;
  const { ticket } = download;
  if (download.kind === "begun") return { ref: download.begun, ticket };
  const ref = await seal.open(key, ticket);
  // A sealing key that was taken away meanwhile: a new one can be started when its minute is over.
  return ref?.kind === "download" ? { ref, ticket } : undefined;
}

/** Undefined when Databricks no longer knows the statement behind it. */
async function openRows(
  { columns, rows }: Extract<Download, { kind: "ready" }>,
  clock: Clock,
  createWriter: CreateRowWriter | undefined,
) {
  try {
    return await withFirst(rows(createWriter?.(columns)), clock);
  } catch (error) {
    if (error instanceof AppError && error.failure.code === "result_expired") return undefined;
    throw error;
  }
}

/** Another one than for rows of Genie's: a rerun would not bring the download back, so no link leads to it. */
const DOWNLOAD_OVER: Failure = {
  code: "result_expired",
  detail: "Databricks no longer holds this download.",
  remedy: "Ask again without `download`: that starts a new one.",
  links: {},
};
