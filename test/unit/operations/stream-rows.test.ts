// Rows as a file: Genie's own chunk by chunk with the next one under way, and all rows through a download that is
// started once, found again, and given up when it is over.

import { describe, expect } from "vitest";
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
    createRowStreaming({ ...from, ledger })(asker, {
      space,
      ref,
      full: false,
      carried: undefined,
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
