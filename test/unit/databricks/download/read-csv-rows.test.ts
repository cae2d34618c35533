// Rows of CSV files: whatever the cells hold and wherever the bytes are cut, the same rows; anything else is an error.

import fc from "fast-check";
import { expect, test } from "vitest";
import { createCsvRows } from "../../../../shared/databricks/download/read-csv-rows.ts";
import type { ResultRow } from "../../../../shared/operations/result-rows.ts";
import { verifies } from "../../../support/verifies.ts";
import { bytesOf, readPieces } from "./row-readers.ts";

const columnsOf = (width: number) =>
  Array.from({ length: width }, (_, at) => ({ name: `c "${at}",`, type: "STRING" }));
const quote = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const fileOf = (rows: readonly ResultRow[], width: number, newline: string) =>
  [columnsOf(width).map(({ name }) => name), ...rows]
    .map((cells) => cells.map((cell) => quote(cell ?? "null")).join(",") + newline)
    .join("");

const HOSTILE = ['"', '""', ",", "\n", "\r\n", "\r", "\ufeff", "😀é", "", " ", "=1"];
const cell = fc.option(
  fc
    .oneof(
      fc.string({ unit: "binary" }).filter((text) => text.isWellFormed()),
      fc.array(fc.constantFrom(...HOSTILE)).map((parts) => parts.join("")),
    )
    .filter((text) => text !== "null"),
);
const rowsOf = (width: number) =>
  fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 20 });
const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });
const read = (text: string, width: number, at: readonly number[] = []) =>
  readPieces(createCsvRows(columnsOf(width), true), bytesOf(text), at);

verifies(
  "databricks.file-rows",
  "CSV: the same rows for any cells, any pieces, both line ends",
  () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: 4 })
          .chain((width) => fc.tuple(fc.constant(width), rowsOf(width))),
        fc.constantFrom("\n", "\r\n"),
        cuts,
        ([width, rows], newline, at) => {
          expect(read(fileOf(rows, width, newline), width, at)).toEqual({ rows, isWhole: true });
        },
      ),
    );
  },
);

test("CSV: byte by byte", () => {
  const rows = [
    ["é😀", 'a "b",\r\n'],
    [null, ""],
  ];
  const file = bytesOf(fileOf(rows, 2, "\r\n"));
  const everywhere = Array.from(file, (_, index) => index / file.length);
  const reader = createCsvRows(columnsOf(2), true);
  expect(readPieces(reader, file, everywhere)).toEqual({ rows, isWhole: true });
});

test("CSV: only the first file has a line of names", () => {
  const reader = createCsvRows(columnsOf(1), false);
  expect(readPieces(reader, bytesOf("a\nb\n"), [])).toEqual({
    rows: [["a"], ["b"]],
    isWhole: true,
  });
});

verifies(
  "databricks.file-rows",
  "CSV: a file that is cut off anywhere is not whole, and no row of it is wrong",
  () => {
    fc.assert(
      fc.property(rowsOf(2), fc.double({ min: 0, max: 1, noNaN: true }), cuts, (rows, end, at) => {
        const file = bytesOf(fileOf(rows, 2, "\r\n"));
        const part = file.subarray(0, Math.floor(end * (file.length - 1)));
        const got = readPieces(createCsvRows(columnsOf(2), true), part, at);
        expect(got.rows).toEqual(rows.slice(0, got.rows.length));
        expect(got.isWhole && got.rows.length < rows.length).toBe(got.isWhole);
      }),
    );
  },
);

verifies(
  "databricks.file-rows",
  "CSV: other names, another width, stray quotes are refused",
  () => {
    const head = fileOf([], 2, "\n");
    for (const text of [
      "x,y\n",
      "a,b\n1,2\n",
      `${head}1\n`,
      `${head}1,2,3\n`,
      `${head}"a"b,"c"\n`,
    ]) {
      expect(() => read(text, 2), text).toThrow("databricks_unavailable");
    }
  },
);
