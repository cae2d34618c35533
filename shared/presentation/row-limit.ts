// Keeps an Answer below the size that some clients cap a reply at, by leaving out rows from the end of its
// results (design §3.2, `async=never`); `row_count` still tells them all. Texts are cut only where they alone are too much.

import type { Answer } from "../contracts/answer.ts";
import { shortenAnswer } from "./shorten-answer.ts";

const MAX_BODY_BYTES = 450_000;

/** The same Answer with as many rows as fit; results share the room evenly, and what one leaves goes to the next. */
export function limitRows(answer: Answer, maxBytes = MAX_BODY_BYTES): Answer {
  if (jsonBytes(answer) < maxBytes) return answer;
  const results = answer.results.map((result) => ({ ...result, rows: [] }));
  let room = maxBytes - jsonBytes({ ...answer, results });
  const limited = answer.results.map((result, index) => {
    const share = Math.floor(room / (answer.results.length - index));
    const { rows, bytes } = takeRows(result.rows, share);
    room -= bytes;
    return { ...result, rows };
  });
  const fits = (body: Answer) => jsonBytes(body) < maxBytes;
  const withoutRows = { ...answer, results: limited };
  return fits(withoutRows) ? withoutRows : shortenAnswer(withoutRows, fits);
}

function takeRows<Row>(rows: readonly Row[], maxBytes: number): { rows: Row[]; bytes: number } {
  let bytes = 0;
  for (const [index, row] of rows.entries()) {
    const withRow = bytes + jsonBytes(row) + 1; // the comma
    if (withRow >= maxBytes) return { rows: rows.slice(0, index), bytes };
    bytes = withRow;
  }
  return { rows: [...rows], bytes };
}

function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
