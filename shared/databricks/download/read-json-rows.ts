// Rows of a JSON_ARRAY file ([["a",null],…], perhaps hundreds of MB in one line) while it arrives, handed on as the bytes
// they came in. It makes no string of a cell and no garbage: one piece of memory serves the whole file. A file that is
// written in another way goes the slow way from there on. What libraries and JSON.parse take for it: docs/dependencies.md.

import { isUtf8 } from "node:buffer";
import { NO_ROWS, type RowWriter } from "../../operations/row-batch.ts";
import { notUnderstood } from "../workspace-read.ts";
import { scanJsonRows } from "./find-plain-rows.ts";
import { createLenientJsonRows } from "./parse-json-rows.ts";
import type { RowReader } from "./row-reader.ts";

const OPEN = 0x5b;
const CLOSE = 0x5d;
const COMMA = 0x2c;
/** A row that is not complete is looked at anew with every piece: a large one goes the slow way, which looks once. */
const MOST_HELD_BYTES = 1024 * 1024;

/** @param width number of columns; every row must have as many cells */
export function createJsonRows(width: number, write = looking(width)): RowReader {
  const work = createWork();
  let slow: RowReader | undefined;
  let isFirst = true;
  return {
    push(bytes) {
      if (slow !== undefined) return slow.push(bytes);
      const { known, length } = work.add(bytes);
      if (length < 2) return NO_ROWS;
      const { count, end, isOdd, written } = write(known, 1, length);
      const begins = known[0] === (isFirst ? OPEN : COMMA);
      if (!begins || isOdd || length - end > MOST_HELD_BYTES) {
        slow = createLenientJsonRows(width, !isFirst);
        return slow.push(Buffer.from(known.subarray(0, length)));
      }
      if (count === 0) return NO_ROWS;
      isFirst = false;
      return { json: work.take(end), count, ...(written && { written }) };
    },
    end() {
      if (slow !== undefined) return slow.end();
      const rest = work.rest().toString().trim();
      return isFirst ? rest === "[]" : rest === "]";
    },
  };
}

const looking =
  (width: number): RowWriter =>
  (json, start, end) => ({
    ...scanJsonRows(json.subarray(0, end), start, width),
    written: undefined,
  });

/** What is not handed out yet, at the front of a piece of memory that grows to what is needed and is then used again. */
function createWork() {
  let memory = Buffer.allocUnsafe(0);
  let [start, end] = [0, 0];
  /** The bracket that closes a batch takes the place of this byte. */
  let first = 0;
  return {
    /** All that is known, with a byte 0 behind it. */
    add(bytes: Uint8Array): { readonly known: Buffer; readonly length: number } {
      const held = end - start;
      const size = held + bytes.length + 1;
      const target = size <= memory.length ? memory : Buffer.allocUnsafe(2 * size);
      memory.copy(target, 0, start, end);
      if (held > 0 && start > 0) target[0] = first;
      target.set(bytes, held);
      memory = target;
      [start, end] = [0, held + bytes.length];
      memory[end] = 0;
      return { known: memory, length: end };
    },
    /** The rows up to `to`, as a list. */
    take(to: number): Buffer {
      if (!isUtf8(memory.subarray(0, to))) throw notUnderstood("a result file is not UTF-8");
      start = to;
      first = memory[to] ?? 0;
      memory[0] = OPEN;
      memory[to] = CLOSE;
      return memory.subarray(0, to + 1);
    },
    rest(): Buffer {
      const rest = Buffer.from(memory.subarray(start, end));
      if (rest.length > 0 && start > 0) rest[0] = first;
      return rest;
    },
  };
}
