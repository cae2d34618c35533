// The endpoints of rows: a JSON page, a file that is written while it is read, and running the SQL again. No rule of the
// domain here.

import type * as routes from "../../contracts/routes.ts";
import { AppError } from "../../errors/app-error.ts";
import type { InputOf, Reply } from "../../http/route-input.ts";
import type { AttachmentRef } from "../../operations/genie.ts";
import type { createPageReading } from "../../operations/read-results.ts";
import type { createRerun } from "../../operations/rerun-query.ts";
import { resolveSpace } from "../../operations/resolve-space.ts";
import type { createRowStreaming } from "../../operations/stream-rows.ts";
import { firstRowsLate } from "../../operations/with-first.ts";
import { rerunPath } from "../../presentation/links.ts";
import { readPageToken } from "../../presentation/page-token.ts";
import { toPreparingReply } from "../../presentation/preparing-reply.ts";
import { toResultPage } from "../../presentation/result-page.ts";
import { rowWriterOf, toRowFile } from "../../presentation/row-file.ts";
import { chooseRowsFormat, type RowsFormat } from "../../presentation/rows-format.ts";
import type { Clock } from "../../telemetry/clock.ts";
import { waitAtMost } from "../../telemetry/wait-at-most.ts";
import type { AskerOf } from "../asker.ts";

export interface ResultDeps {
  /** Its calls to Databricks have a budget in all. */
  readonly readerOf: AskerOf;
  /** Each of its calls has its own time-out: a file is read for as long as its client reads. */
  readonly askerOf: AskerOf;
  readonly spaces: ReadonlyMap<string, string>;
  readonly clock: Clock;
  readonly readPage: ReturnType<typeof createPageReading>;
  readonly streamRows: ReturnType<typeof createRowStreaming>;
  readonly rerun: ReturnType<typeof createRerun>;
}

type RowsInput = InputOf<typeof routes.getResults>;
type RerunInput = InputOf<typeof routes.rerunResults> | InputOf<typeof routes.getRerun>;

/** What leads to the first row of a file may take so long (design §1.3). */
const FIRST_ROW_MS = 20_000;

export function createResultEndpoints(deps: ResultDeps) {
  const rerun = (input: RerunInput): Promise<Reply> =>
    atResult(deps, input, async (place) => {
      const ticket = input.query.download;
      const outcome = await deps.rerun(deps.readerOf(input.caller), { ...place, ticket });
      if (outcome.kind === "preparing") return toPreparingReply(outcome, input, input.query);
      const { statementId } = outcome;
      return {
        status: 200,
        body: { attachment_id: place.ref.attachmentId, statement_id: statementId },
      };
    });

  return {
    getResults: (input: RowsInput): Promise<Reply> =>
      atResult(deps, input, async (place) => {
        const format = chooseRowsFormat(input.query.format, input.accept);
        if (format !== "json") return sendFile(deps, input, { ...place, format });
        if (input.query.full) throw fullNeedsFile();
        const { page_size: pageSize, page_token: token, download: ticket } = input.query;
        const page = { pageSize, position: readPageToken(token), ticket };
        const read = await deps.readPage(deps.readerOf(input.caller), { ...place, ...page });
        return read.kind === "preparing"
          ? toPreparingReply(read, input, input.query)
          : { status: 200, body: toResultPage(read) };
      }),
    rerunResults: rerun,
    getRerun: rerun,
  };
}

type Place = { readonly space: ReturnType<typeof resolveSpace>; readonly ref: AttachmentRef };

/** Where the rows are; a refusal because they expired tells where they can be made anew, unless it names its own way. */
async function atResult(
  { spaces }: ResultDeps,
  { params, query }: RowsInput | RerunInput,
  use: (place: Place) => Promise<Reply>,
): Promise<Reply> {
  const space = resolveSpace(spaces, query.space);
  const ref = {
    spaceId: space.id,
    conversationId: params.conversation_id,
    messageId: params.message_id,
    attachmentId: params.attachment_id,
  };
  try {
    return await use({ space, ref });
  } catch (error) {
    const isExpired = error instanceof AppError && error.failure.code === "result_expired";
    if (!isExpired || error.failure.links !== undefined) throw error;
    const links = { rerun: rerunPath(ref, space.alias) };
    throw new AppError({ ...error.failure, links }, { cause: error });
  }
}

async function sendFile(
  deps: ResultDeps,
  input: RowsInput,
  { space, ref, format }: Place & { readonly format: Exclude<RowsFormat, "json"> },
): Promise<Reply> {
  const { full, bom, download: ticket } = input.query;
  const wanted = { space, ref, full, ticket, createWriter: rowWriterOf(format, input.allSent) };
  const opening = deps.streamRows(deps.askerOf(input.caller), wanted);
  const opened = await waitAtMost(deps.clock, FIRST_ROW_MS, opening);
  if (opened === undefined) {
    abandon(opening);
    throw firstRowsLate();
  }
  if (opened.kind === "preparing")
    return toPreparingReply(opened, input, { ...input.query, format });
  const stream = toRowFile(opened, { format, bom });
  const disposition = `attachment; filename="genie-${ref.attachmentId}.${format}"`;
  return {
    status: 200,
    headers: { "Content-Disposition": disposition },
    stream,
  };
}

/** What opens later is not read by anybody: it is let go. What never opens is bounded by its own limits. */
function abandon(opening: ReturnType<ResultDeps["streamRows"]>): void {
  const letGo = async () => {
    const late = await opening;
    if (late.kind === "rows") await late.batches[Symbol.asyncIterator]().return?.();
  };
  letGo().catch(() => {});
}

function fullNeedsFile(): AppError {
  return new AppError({
    code: "invalid_request",
    detail: "All rows come as a file.",
    errors: [{ parameter: "full", detail: "needs format=csv or format=ndjson" }],
  });
}
