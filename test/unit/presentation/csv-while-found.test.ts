// CSV that is written while rows are found in a file that comes in pieces: the same bytes as from the whole, wherever it is
// cut and whatever its memory is used for meanwhile; and nothing of what is no row.

import fc from "fast-check";
import { expect, test } from "vitest";
import { createJsonRows } from "../../../shared/databricks/download/read-json-rows.ts";
import type { ResultRow } from "../../../shared/operations/result-rows.ts";
import { toRowBatch } from "../../../shared/operations/row-batch.ts";
import { createCsvWriter } from "../../../shared/presentation/csv.ts";
import { createPieceMemory } from "../../../shared/presentation/piece-memory.ts";
import { verifies } from "../../support/verifies.ts";

const columns = [
  { name: "n", type: "DECIMAL" },
  { name: "t", type: "STRING" },
];
const HOSTILE = [
  "],[",
  '"],["',
  "\\",
  '\\"',
  "[[",
  "]",
  "null",
  "\uFEFF",
  "=1",
  "-5",
  "+1.5.2",
  ",",
  "\r\n",
  "😀\u0000é",
];
const cell = fc.option(
  fc.oneof(
    fc.string({ unit: "binary" }).filter((text) => text.isWellFormed()),
    fc.array(fc.constantFrom(...HOSTILE)).map((parts) => parts.join("")),
    fc.double().map(String),
  ),
);
const someRows = fc.array(fc.tuple(cell, cell), { maxLength: 12 });
const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

const aWriter = (allSent = () => false) => createCsvWriter(columns, createPieceMemory(allSent));

/** Each row by itself, as CSV has always been written. */
function linesOf(rows: readonly ResultRow[]): string {
  const write = aWriter();
  const line = (row: ResultRow) => {
    const { json } = toRowBatch([row]);
    const { count, written } = write(Buffer.concat([json, Buffer.alloc(1)]), 1, json.length);
    expect(count).toBe(1);
    return String(written);
  };
  return rows.map(line).join("");
}

/** The file in pieces; `written` of each is read before the next one comes, as a socket does. */
function readAt(
  file: Uint8Array,
  places: readonly number[],
): { csv: string; whole: boolean; slow: number } {
  const reader = createJsonRows(
    columns.length,
    aWriter(() => true),
  );
  const edges = [0, ...places, file.length].sort((a, b) => a - b);
  let csv = "";
  let slow = 0;
  for (const [index, start] of edges.slice(0, -1).entries()) {
    const piece = Uint8Array.from(file.subarray(start, edges[index + 1]));
    const batch = reader.push(piece);
    piece.fill(0x22); // it was only lent
    if (batch.written === undefined) slow += batch.count;
    csv +=
      batch.written === undefined ? linesOf(JSON.parse(String(batch.json))) : String(batch.written);
  }
  return { csv, whole: reader.end(), slow };
}

verifies("reading.csv", "the same file wherever its source is cut", () => {
  fc.assert(
    fc.property(someRows, cuts, (rows, at) => {
      const file = Buffer.from(JSON.stringify(rows));
      const places = at.map((part) => Math.floor(part * file.length));
      expect(readAt(file, places)).toEqual({ csv: linesOf(rows), whole: true, slow: 0 });
    }),
  );
});

verifies("reading.csv", "the same file for every single cut, and byte by byte", () => {
  const rows: ResultRow[] = [
    ["-5", 'é😀\\, "x"\n'],
    [null, "=],["],
    ["+1.5.2", "\u2028"],
    ["=5", null],
  ];
  const text = JSON.stringify(rows).replace("\u2028", "\\u2028").replace("=]", "\\u003d]");
  const file = Buffer.from(text);
  const expected = { csv: linesOf(rows), whole: true, slow: 0 };
  for (let at = 0; at <= file.length; at += 1) expect(readAt(file, [at])).toEqual(expected);
  expect(readAt(file, [...file.keys()])).toEqual(expected);
  expect(expected.csv).toContain("'+1.5.2,");
  expect(expected.csv).toContain("'=5,\r\n");
});

verifies("databricks.file-rows", "of a file that is cut off only whole rows are written", () => {
  fc.assert(
    fc.property(someRows, fc.double({ min: 0, max: 1, noNaN: true }), cuts, (rows, end, at) => {
      const file = Buffer.from(JSON.stringify(rows));
      const part = file.subarray(0, Math.floor(end * (file.length - 1)));
      const got = readAt(
        part,
        at.map((place) => Math.floor(place * part.length)),
      );
      const whole = rows.map((_, count) => linesOf(rows.slice(0, count)));
      expect([...whole, linesOf(rows)]).toContain(got.csv);
      expect(got.whole).toBe(false);
    }),
  );
});

verifies("databricks.file-rows", "what is no row is refused, also where CSV is written", () => {
  const refused = [
    '[["1"]]',
    '[["1","b","c"]]',
    '[["1",2]]',
    '[["1",nul]]',
    '[["1","b"] ["2","c"]]',
    '[["1","b"],,["2","c"]]',
    '[["1","\u0000"]]',
    '[["1","=\t"]]',
    '[["1","\\x"]]',
    '[["1",",\\u12g4"]]',
    '[["1","\\u1"]]',
    '{"rows":[["1","b"]]}',
  ];
  for (const text of refused) {
    for (const at of [[], [5], [7, 11], [text.length - 1]]) {
      expect(() => readAt(Buffer.from(text), at), text).toThrow("databricks_unavailable");
    }
  }
  const invalid = Buffer.from('[["1","b"]]'.replace("b", "\xC3("), "latin1");
  expect(() => readAt(invalid, [])).toThrow("databricks_unavailable");
});

test("a file in another way of writing takes the slow way from there on", () => {
  const rows: ResultRow[] = [
    ["1", "a"],
    ["-2", "=b"],
    ["3", null],
  ];
  const file = Buffer.from('[["1","a"],\n ["-2", "=b"], ["3",null] ]');
  expect(readAt(file, [11])).toEqual({ csv: linesOf(rows), whole: true, slow: 2 });
});
