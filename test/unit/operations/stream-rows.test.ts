// Rows as a file: Genie's own chunk by chunk with the next one under way, and all rows through a download that is
// started once, found again, and given up when it is over.

import { describe, expect } from "vitest";
import { AppError, type Failure } from "../../../shared/errors/app-error.ts";
import type { Download } from "../../../shared/operations/full-result.ts";
import { type RowBatch, toRowBatch } from "../../../shared/operations/row-batch.ts";
import { createRowStreaming, type RowsWanted } from "../../../shared/operations/stream-rows.ts";
import { BROKEN_CHUNKS, ROWS, scriptChunks } from "../../support/broken-chunks.ts";
import { codeOf } from "../../support/error-code.ts";
import { createMemoryPreparations } from "../../support/memory-preparations.ts";
import { anAskRequest, createOperationsFixture } from "../../support/operations-fixture.ts";
import { verifies } from "../../support/verifies.ts";

const space = anAskRequest().space;
const ref = { spaceId: space.id, conversationId: "c", messageId: "m", attachmentId: "a" };

function aStand() {
  const { asker, genie, clock, deps } = createOperationsFixture();
  const { ledger } = deps;
  const preparing = createMemoryPreparations(clock);
  const open = (wanted: Partial<RowsWanted> = {}, from = preparing) =>
    createRowStreaming({ ...from, ledger, clock })(asker, {
      space,
      ref,
      full: false,
      ticket: undefined,
      ...wanted,
    });
  const rows = async (wanted: Partial<RowsWanted> = {}): Promise<unknown[]> => {
    const opened = await open(wanted);
    if (opened.kind !== "rows") throw new Error("rows were expected");
    const seen: unknown[] = [];
    for await (const { json } of opened.batches) seen.push(...JSON.parse(String(json)));
    return seen;
  };
  return { genie, clock, preparing, open, rows };
}

describe("Genie's own rows", () => {
  verifies("reading.csv", "all chunks, in their order", async () => {
    const { genie, rows } = aStand();
    const fetched = scriptChunks(genie);
    expect(await rows()).toEqual(ROWS);
    expect(fetched).toEqual([1, 2, 3, 4]);
  });

  verifies("reading.csv", "the next chunk is under way, and only that one", async () => {
    const { genie, open } = aStand();
    const fetched = scriptChunks(genie);
    const opened = await open();
    if (opened.kind !== "rows") throw new Error("rows were expected");
    const batches = opened.batches[Symbol.asyncIterator]();
    await batches.next();
    expect(fetched).toEqual([1]);
    await batches.next();
    expect(fetched).toEqual([1, 2]);
    await batches.return?.();
    expect((await batches.next()).done).toBe(true);
    expect(fetched).toEqual([1, 2]);
  });

  for (const [what, breakOff] of Object.entries(BROKEN_CHUNKS)) {
    verifies("reading.stream", `${what} breaks the file off`, async () => {
      const { genie, rows } = aStand();
      scriptChunks(genie);
      breakOff(genie);
      expect(await codeOf(rows())).toBe("databricks_unavailable");
    });
  }

  verifies("reading.csv", "no rows are an empty file", async () => {
    const { genie, rows } = aStand();
    const firstChunk = { rowOffset: 0, rows: [], nextChunkIndex: undefined };
    scriptChunks(genie, { rowCount: 0, firstChunk });
    expect(await rows()).toEqual([]);
  });
});

/** A stand whose downloads are `state` as long as that is set, then ready. */
function aDownloadStand() {
  const stand = aStand();
  const { genie } = stand;
  const script: { state: Download | undefined } = { state: { kind: "pending" } };
  let starts = 0;
  genie.startDownload = async () => ({ downloadId: `d${++starts}`, signature: "s" });
  const all = async function* () {
    yield toRowBatch(ROWS);
  };
  genie.download = async () =>
    script.state ?? { kind: "ready", columns: [{ name: "n", type: "INT" }], rows: all };
  const ticket = async (from = stand.preparing): Promise<string> => {
    const opened = await stand.open({ full: true }, from);
    if (opened.kind !== "preparing" || opened.ticket === null) throw new Error("no ticket");
    return opened.ticket;
  };
  return { ...stand, script, ticket, starts: () => starts };
}

const failing = (code: Failure["code"]) => async () => {
  throw new AppError({ code, detail: "no" });
};

describe("full downloads", () => {
  verifies("reading.full", "one is started, and led to with its ticket or without", async () => {
    const { script, ticket, rows, starts } = aDownloadStand();
    const first = await ticket();
    expect(await ticket()).toBe(first);
    script.state = undefined;
    expect(await rows({ full: true, ticket: first })).toEqual(ROWS);
    expect(await rows({ full: true })).toEqual(ROWS);
    expect(starts()).toBe(1);
  });

  verifies("reading.one-start", "while another request starts it there is no ticket", async () => {
    const { genie, open } = aDownloadStand();
    const start = genie.startDownload;
    let second: unknown;
    genie.startDownload = async (of, attachmentId) => {
      second = await open({ full: true });
      return start(of, attachmentId);
    };
    await open({ full: true });
    expect(second).toEqual({ kind: "preparing", ticket: null });
  });

  const gone = async function* (): AsyncGenerator<RowBatch> {
    await failing("result_expired")();
    yield toRowBatch([]);
  };
  const overs: Record<string, Download> = {
    "that Databricks no longer knows": { kind: "expired" },
    "whose statement is gone": { kind: "ready", columns: [], rows: gone },
  };
  for (const [which, state] of Object.entries(overs)) {
    verifies("reading.expired", `a download ${which} leads to no rerun`, async () => {
      const { script, ticket, open, rows, starts } = aDownloadStand();
      const first = await ticket();
      script.state = state;
      for (const wanted of [{ ticket: first }, { ticket: first }]) {
        await expect(open({ full: true, ...wanted })).rejects.toMatchObject({
          failure: {
            code: "result_expired",
            detail: expect.stringContaining("this download"),
            remedy: expect.stringContaining("without `download`"),
            links: {},
          },
        });
      }
      expect(starts()).toBe(1);
      // Asked again as the remedy says, within the minute.
      script.state = undefined;
      expect(await rows({ full: true })).toEqual(ROWS);
      expect(starts()).toBe(2);
    });
  }

  verifies("reading.one-start", "one that failed, found without ticket, makes room", async () => {
    const { script, ticket, open, starts } = aDownloadStand();
    await ticket();
    script.state = { kind: "failed", failure: { code: "genie_failed", detail: "The SQL failed." } };
    expect(await codeOf(open({ full: true }))).toBe("genie_failed");
    expect(starts()).toBe(1);
    script.state = { kind: "pending" };
    await ticket();
    expect(starts()).toBe(2);
  });

  verifies("reading.one-start", "nothing starts that could not be told of", async () => {
    const { open, starts, preparing } = aDownloadStand();
    const seal = { ...preparing.seal, seal: failing("service_credential_problem") };
    const opened = open({ full: true }, { ...preparing, seal });
    expect(await codeOf(opened)).toBe("service_credential_problem");
    expect(starts()).toBe(0);
  });

  verifies("reading.one-start", "one that storage could not note is not lost", async () => {
    const { script, ticket, rows, starts, preparing } = aDownloadStand();
    const preparations = { ...preparing.preparations, record: failing("storage_unavailable") };
    const paidFor = await ticket({ ...preparing, preparations });
    script.state = undefined;
    expect(await rows({ full: true, ticket: paidFor })).toEqual(ROWS);
    expect(starts()).toBe(1);
  });
});

verifies("reading.stream", "rows that never come are given up, and let go of", async () => {
  const { genie, clock, open } = aStand();
  let returned = 0;
  const rows = () => ({
    [Symbol.asyncIterator]: () => ({
      next: () => new Promise<never>(() => {}),
      return: async () => {
        returned += 1;
        return { done: true, value: undefined } as const;
      },
    }),
  });
  genie.startDownload = async () => ({ downloadId: "d", signature: "s" });
  genie.download = async () => ({ kind: "ready", columns: [], rows });
  await expect(clock.run(open({ full: true }))).rejects.toMatchObject({
    failure: { code: "databricks_unavailable", retryAfterSeconds: 5 },
  });
  expect(returned).toBe(1);
});
