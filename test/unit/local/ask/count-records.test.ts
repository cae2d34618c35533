// Rows of a CSV file are counted while it passes, however it is cut into pieces.

import fc from "fast-check";
import { expect, test } from "vitest";
import { createRecordCount } from "../../../../local/ask/count-records.ts";

function countIn(...pieces: readonly (string | Uint8Array)[]) {
  const count = createRecordCount();
  for (const piece of pieces) count.add(Buffer.from(piece));
  return { rows: count.rows, endsWhole: count.endsWhole };
}

test.each([
  ["nothing at all", "", 0, false],
  ["a header alone", "a,b\r\n", 0, true],
  ["rows", "a\r\n1\r\n2\r\n", 2, true],
  ["line breaks between quotes", 'a\r\n"1\r\n2\n3"\r\n', 1, true],
  ["doubled quotes", 'a\r\n"1""\r\n""2"\r\n', 1, true],
  ["an empty cell in each row", "a\r\n\r\n\r\n", 2, true],
  ["the last row cut off", "a\r\n1\r\n2", 1, false],
  ["a quoted cell cut off after its line break", 'a\r\n"1\r\n', 0, false],
])("%s", (_name, text, rows, endsWhole) => {
  expect(countIn(text)).toEqual({ rows, endsWhole });
});

test("pieces of any length count the same", () => {
  const cell = fc.string({ unit: fc.constantFrom('"', "\n", "\r", ",", "é", "x") });
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 1 })), fc.nat(), (rows, cut) => {
      const text = ["head", ...rows.map((row) => row.map(quoted).join(","))].join("\r\n");
      const bytes = Buffer.from(`${text}\r\n`);
      const at = cut % (bytes.length + 1);
      const counted = countIn(bytes.subarray(0, at), bytes.subarray(at));
      expect(counted).toEqual({ rows: rows.length, endsWhole: true });
    }),
  );
});
