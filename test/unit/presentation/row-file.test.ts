// Files of rows: what they hold, piece by piece, and that stopping one lets go of its source.

import { expect } from "vitest";
import type { ResultRow } from "../../../shared/operations/result-rows.ts";
import { toRowBatch } from "../../../shared/operations/row-batch.ts";
import { toRowFile } from "../../../shared/presentation/row-file.ts";
import { chooseRowsFormat } from "../../../shared/presentation/rows-format.ts";
import { verifies } from "../../support/verifies.ts";

const columns = [
  { name: "n", type: "LONG" },
  { name: "n", type: "STRING" },
];

function batchesOf(...batches: readonly (readonly ResultRow[])[]) {
  let returned = 0;
  const source = batches.map(toRowBatch)[Symbol.iterator]();
  const iterator = {
    next: async () => source.next(),
    return: async () => {
      returned += 1;
      return { done: true, value: undefined } as const;
    },
  };
  return { batches: { [Symbol.asyncIterator]: () => iterator }, returned: () => returned };
}

async function textOf(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const piece of pieces) parts.push(piece);
  return Buffer.concat(parts).toString();
}

const rows = [[["1", "ä"]], [], [["9007199254740993", null]]];

verifies("reading.csv", "names first, also where there are no rows", async () => {
  const file = (bom: boolean, ...batches: readonly (readonly ResultRow[])[]) =>
    toRowFile({ columns, batches: batchesOf(...batches).batches }, { format: "csv", bom });
  expect(await textOf(file(false, ...rows).pieces)).toBe("n,n_2\r\n1,ä\r\n9007199254740993,\r\n");
  expect(await textOf(file(true).pieces)).toBe("\uFEFFn,n_2\r\n");
});

verifies(
  "reading.ndjson",
  "a typed row on each line; nothing where there are no rows",
  async () => {
    const file = (...batches: readonly (readonly ResultRow[])[]) =>
      toRowFile(
        { columns, batches: batchesOf(...batches).batches },
        { format: "ndjson", bom: false },
      );
    const lines = (await textOf(file(...rows).pieces)).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { n: 1, n_2: "ä" },
      { n: "9007199254740993", n_2: null },
    ]);
    expect(await textOf(file().pieces)).toBe("");
  },
);

verifies("reading.stream", "a file that nobody has read from yet passes `return` on", async () => {
  const { batches, returned } = batchesOf(...rows);
  const { pieces } = toRowFile({ columns, batches }, { format: "csv", bom: false });
  await pieces[Symbol.asyncIterator]().return?.();
  expect(returned()).toBe(1);
});

verifies("reading.rows-format", "format wins, then Accept by its weights, then JSON", () => {
  expect(chooseRowsFormat("json", "text/csv")).toBe("json");
  expect(chooseRowsFormat(undefined, null)).toBe("json");
  expect(chooseRowsFormat(undefined, "*/*")).toBe("json");
  expect(chooseRowsFormat(undefined, "text/csv")).toBe("csv");
  expect(chooseRowsFormat(undefined, "text/*;q=0.5, application/x-ndjson")).toBe("ndjson");
  expect(chooseRowsFormat(undefined, "application/json;q=0.1, text/csv;q=0.2")).toBe("csv");
  expect(chooseRowsFormat(undefined, "text/csv; charset=utf-8; header=present")).toBe("csv");
  expect(chooseRowsFormat(undefined, "text/csv;charset=UTF-8;q=0.1, */*;q=0.2")).toBe("json");
  for (const accept of ["image/png", "", ",;=", "text/csv;q=0", "x".repeat(10_000)]) {
    expect(chooseRowsFormat(undefined, accept)).toBe("json");
  }
});
