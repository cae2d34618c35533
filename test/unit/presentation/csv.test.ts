// CSV against a reader of RFC 4180 written for the test: what goes in comes out, and nothing starts a formula.

import fc from "fast-check";
import { expect } from "vitest";
import type { ResultColumn, ResultRow } from "../../../shared/operations/result-rows.ts";
import { toRowBatch } from "../../../shared/operations/row-batch.ts";
import { createCsvWriter, csvHeader } from "../../../shared/presentation/csv.ts";
import { createPieceMemory } from "../../../shared/presentation/piece-memory.ts";
import { verifies } from "../../support/verifies.ts";

const text: ResultColumn = { name: "t", type: "STRING" };
const number: ResultColumn = { name: "n", type: "DECIMAL" };

function csvLines(columns: readonly ResultColumn[], rows: readonly ResultRow[]): string {
  const { json } = toRowBatch(rows);
  const memory = Buffer.concat([json, Uint8Array.of(0)]);
  return String(
    createCsvWriter(
      columns,
      createPieceMemory(() => false),
    )(memory, 1, json.length).written,
  );
}

/** RFC 4180 §2, rules 1 to 7. */
function readCsv(file: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; at < file.length; ) {
    const quoted = /^"((?:[^"]|"")*)"/.exec(file.slice(at));
    const cell = quoted?.[0] ?? /^[^,\r\n"]*/.exec(file.slice(at))?.[0] ?? "";
    row.push(quoted ? (quoted[1] ?? "").replaceAll('""', '"') : cell);
    at += cell.length;
    if (file[at] === ",") at += 1;
    else if (file.startsWith("\r\n", at)) {
      rows.push(row);
      row = [];
      at += 2;
    } else throw new Error(`no separator at ${at}`);
  }
  return rows;
}

const FORMULA = /^[=+\-@\t\r]/;
const anyCell = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 20 }),
  fc.constantFrom("=1+1", "+1", "-1", "@a", "\t=1", "\r=1", '"', ",", "\r\n", "'=", "", "null"),
);

verifies("reading.csv", "any text comes back, with a quote where a formula would start", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyCell, anyCell), { maxLength: 5 }), (rows) => {
      const back = readCsv(csvLines([text, text], rows));
      expect(back).toEqual(
        rows.map((row) => row.map((cell) => (FORMULA.test(cell) ? `'${cell}` : cell))),
      );
      expect(back.flat().some((cell) => FORMULA.test(cell))).toBe(false);
    }),
  );
});

verifies(
  "reading.csv",
  "a column of numbers holds numbers as they came, and nothing else bare",
  () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer().map(String), fc.double().map(String), anyCell), (cell) => {
        const [[back = ""] = []] = readCsv(csvLines([number], [[cell]]));
        const isNumber = cell !== "" && !Number.isNaN(Number(cell)) && /^[+-]?[\d.]/.test(cell);
        if (isNumber) expect(back).toBe(cell);
        else expect(back).toBe(FORMULA.test(cell) && cell !== "-Infinity" ? `'${cell}` : cell);
      }),
    );
  },
);

verifies("reading.csv", "Databricks' own text, null empty", () => {
  const columns = [number, { name: "d", type: "DOUBLE" }, text, { name: "b", type: "BOOLEAN" }];
  const rows = [
    ["-5.10", "1.6777216E7", "-5", "true"],
    ["12345678901234567890123456789012345678", "NaN", null, "false"],
    ["-0", "-Infinity", "", null],
  ];
  expect(csvLines(columns, rows)).toBe(
    "-5.10,1.6777216E7,'-5,true\r\n12345678901234567890123456789012345678,NaN,,false\r\n-0,-Infinity,,\r\n",
  );
});

verifies("reading.csv", "names are unique and safe", () => {
  const names = ["a", "a", "", "=cmd()", 'say "hi"', "x,y"].map((name) => ({ name, type: "INT" }));
  expect(csvHeader([{ name: "\uFEFF=cmd()", type: "INT" }])).toBe("'\uFEFF=cmd()\r\n");
  expect(csvHeader([{ name: "\uFEFFn", type: "INT" }])).toBe('"\uFEFFn"\r\n'); // no mark of ours
  expect(csvLines([text], [["\uFEFF-1"], ["＝1"], ["\uFEFF"]])).toBe(
    '\'\uFEFF-1\r\n＝1\r\n"\uFEFF"\r\n',
  );
  expect(csvHeader(names)).toBe(`a,a_2,column_3,'=cmd(),"say ""hi""","x,y"\r\n`);
});
