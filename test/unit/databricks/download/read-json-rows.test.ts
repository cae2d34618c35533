// Rows of JSON files: whatever the cells hold and wherever the bytes are cut, the same rows; anything else is an error.

import fc from "fast-check";
import { expect, test } from "vitest";
import { createJsonRows } from "../../../../shared/databricks/download/read-json-rows.ts";
import { verifies } from "../../../support/verifies.ts";
import { bytesOf, readPieces } from "./row-readers.ts";

const HOSTILE = ["],[", '"],["', "\\", '\\"', "[[", "]]", "]", "null", "\ufeff", "😀\u0000é", ""];
const cell = fc.option(
  fc.oneof(
    fc.string({ unit: "binary" }).filter((text) => text.isWellFormed()),
    fc.array(fc.constantFrom(...HOSTILE)).map((parts) => parts.join("")),
  ),
);
const rowsOf = (width: number) =>
  fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 20 });
const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });
const read = (text: string, width: number, at: readonly number[] = []) =>
  readPieces(createJsonRows(width), bytesOf(text), at);

verifies("databricks.file-rows", "the same rows for any cells, any spaces, any pieces", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }).chain((width) => fc.tuple(fc.constant(width), rowsOf(width))),
      fc.constantFrom(undefined, 1, "\t"),
      cuts,
      ([width, rows], space, at) => {
        expect(read(JSON.stringify(rows, null, space), width, at)).toEqual({ rows, isWhole: true });
      },
    ),
  );
});

verifies("databricks.file-rows", "byte by byte, inside of characters and escapes too", () => {
  const rows = [
    ["é😀\\", '"\n'],
    [null, "],["],
  ];
  const file = bytesOf(JSON.stringify(rows));
  const everywhere = Array.from(file, (_, index) => index / file.length);
  expect(readPieces(createJsonRows(2), file, everywhere)).toEqual({ rows, isWhole: true });
});

verifies(
  "databricks.file-rows",
  "a file that is cut off anywhere is not whole, and no row of it is wrong",
  () => {
    fc.assert(
      fc.property(rowsOf(2), fc.double({ min: 0, max: 1, noNaN: true }), cuts, (rows, end, at) => {
        const file = bytesOf(JSON.stringify(rows));
        const part = file.subarray(0, Math.floor(end * (file.length - 1)));
        const got = readPieces(createJsonRows(2), part, at);
        expect(got).toEqual({ rows: rows.slice(0, got.rows.length), isWhole: false });
      }),
    );
  },
);

verifies("databricks.file-rows", "what is no list of rows of this width is refused", () => {
  const refused = [
    '[["a"]]',
    '[["a","b","c"]]',
    '[["a",1]]',
    '[["a",{"b":1}]]',
    '[["a",["b"]]]',
    '[["a",true]]',
    '["a",["a","b"]]',
    '[["a","b"] ["c","d"]]',
    '[["a","b"],,["c","d"]]',
    '{"rows":[["a","b"]]}',
    '[["a","b\n"]]',
    '[["a","\\u1"]]',
    "<Error>[[]]</Error>",
  ];
  for (const text of refused) {
    for (const at of [[], [0.3, 0.6], [1 - 1 / text.length]]) {
      expect(() => read(text, 2, at), text).toThrow("databricks_unavailable");
    }
  }
  const invalid = Uint8Array.of(...bytesOf('[["'), 0xc3, 0x28, ...bytesOf('","b"]]'));
  expect(() => readPieces(createJsonRows(2), invalid, [])).toThrow("databricks_unavailable");
});

test("after the last row only the end of the list counts as one", () => {
  for (const text of [
    '[["a","b"],]',
    '[["a","b"]]x',
    '[["a","b"]]]',
    '[["a","b"]',
    "",
    "[",
    "{}",
  ]) {
    expect(read(text, 2).isWhole, text).toBe(false);
  }
  for (const text of ["[]", " [ ]\n"]) {
    expect(read(text, 2)).toEqual({ rows: [], isWhole: true });
  }
});

test("an error never quotes the file", () => {
  try {
    read('[["SECRET","b" oops]]', 2);
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ cause: { message: "a result file is not JSON" } });
    expect(error).not.toMatchObject({ cause: { cause: expect.anything() } });
  }
});

verifies("databricks.file-rows", "a row over 16 MiB is refused before it is held", () => {
  const reader = createJsonRows(1);
  reader.push(bytesOf('[["'));
  const piece = bytesOf("],[".repeat(350_000));
  const pushAll = () => {
    for (let mib = 0; mib <= 16; mib += 1) reader.push(piece);
  };
  expect(pushAll).toThrow("databricks_unavailable");
});
