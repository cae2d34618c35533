// Feeds a file to a reader of rows in pieces, as a socket would.

import type { RowReader } from "../../../../shared/databricks/download/row-reader.ts";
import type { ResultRow } from "../../../../shared/operations/result-rows.ts";

/** `cuts`: where the file is cut, as parts of its length; any order. */
export function readPieces(reader: RowReader, file: Uint8Array, cuts: readonly number[]) {
  const places = [0, ...cuts.map((cut) => Math.floor(cut * file.length)), file.length].sort(
    (a, b) => a - b,
  );
  const rows: ResultRow[] = [];
  for (const [at, start] of places.slice(0, -1).entries()) {
    const batch = reader.push(file.subarray(start, places[at + 1]));
    const some: readonly ResultRow[] = JSON.parse(Buffer.from(batch.json).toString());
    if (some.length !== batch.count) throw new Error(`${batch.count} rows were told`);
    rows.push(...some);
  }
  return { rows, isWhole: reader.end() };
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
