// The file of one chunk, opened through a fresh link as often as it takes: links expire, connections break. It
// knows nothing of rows.

import { AppError } from "../../errors/app-error.ts";
import { type ExternalFile, openExternalFile } from "../../outbound/open-external-file.ts";
import { retryDelayMs } from "../../outbound/retry-delay.ts";
import type { Clock } from "../../telemetry/clock.ts";
import type { Logger } from "../../telemetry/logger.ts";
import { databricksUnavailable } from "../databricks-failure.ts";
import type { ChunkLink, TakeLink } from "./chunk-links.ts";

export interface ChunkFileDeps {
  readonly takeLink: TakeLink;
  /** Only when the workspace itself is on this machine. */
  readonly allowsLoopbackHttp: boolean;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Closes every file and ends every attempt. */
  readonly signal: AbortSignal;
}

export interface ChunkFile {
  readonly link: ChunkLink;
  readonly file: ExternalFile;
  /** The same file from its beginning. Throws AppError `databricks_unavailable` when it was opened often enough. */
  reopen(): Promise<ChunkFile>;
}

const MAX_TRIES = 3;
/** Nobody waits for a quick answer here: up to 0.8 s and 1.6 s, as storage may need to move a partition. */
const LONGER = 2;
const MAX_RENEWALS = 2;
/** How storage refuses a link that has expired or was withdrawn. */
const LINK_IS_OVER: ReadonlySet<number> = new Set([401, 403, 404, 410]);

/** Throws AppError `databricks_unavailable` when the file cannot be opened, and as the reads of Databricks do. */
export async function openChunkFile(
  deps: ChunkFileDeps,
  index: number,
  attempt = 1,
): Promise<ChunkFile> {
  const opened = await tryToOpen(deps, index);
  const reopen = async (): Promise<ChunkFile> => {
    deps.signal.throwIfAborted();
    deps.logger.warn("databricks.file_broken", { chunk: index, attempt });
    if (attempt >= MAX_TRIES) throw unreadable("the file of a chunk broke off too often");
    await deps.clock.sleep(retryDelayMs(attempt + LONGER, undefined, Math.random), deps.signal);
    return openChunkFile(deps, index, attempt + 1);
  };
  return opened === undefined ? reopen() : { ...opened, reopen };
}

/** Undefined for what may be gone on the next try. */
async function tryToOpen(
  { takeLink, ...deps }: ChunkFileDeps,
  index: number,
): Promise<Omit<ChunkFile, "reopen"> | undefined> {
  for (let renewals = 0; ; renewals += 1) {
    const link = await takeLink(index);
    const { url, headers } = link;
    const { allowsLoopbackHttp, clock, signal } = deps;
    const reply = await openExternalFile({ url, headers, allowsLoopbackHttp, clock, signal });
    if (reply.kind === "open") return { link, file: reply.file };
    if (reply.kind === "not_allowed") throw unreadable("a link that is not https");
    if (reply.kind === "failed" || reply.status >= 500) return undefined;
    if (!LINK_IS_OVER.has(reply.status) || renewals >= MAX_RENEWALS) {
      throw unreadable(`a link was answered with ${reply.status}`);
    }
    deps.logger.info("databricks.link_renewed", { chunk: index, status: reply.status });
  }
}

const unreadable = (reason: string): AppError =>
  new AppError(databricksUnavailable(), { cause: new Error(reason) });
