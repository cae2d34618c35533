// What came from a socket and was not asked for yet, joined in memory that is used again and again: two pieces of it in
// turns, one that is filled and one that the reader has. It never grows with the file.

import { letGo } from "./let-go.ts";

/** As much is taken while the reader works. */
const AHEAD_BYTES = 256 * 1024;
/** Node's own limit for what it reads at once. */
const MOST_AT_ONCE = 64 * 1024;

export interface Ahead {
  /** The bytes are gone afterwards. True when no more should come. */
  add(bytes: Uint8Array): boolean;
  /** Everything so far, good until the next call; undefined when nothing came. */
  take(): Uint8Array | undefined;
}

export function createAhead(): Ahead {
  let filled = Buffer.alloc(0);
  let lent = Buffer.alloc(0);
  let length = 0;
  return {
    add(bytes) {
      const size = length + bytes.length;
      if (size > filled.length) filled = grown(filled, Math.max(AHEAD_BYTES + MOST_AT_ONCE, size));
      filled.set(bytes, length);
      length = size;
      letGo(bytes);
      return length >= AHEAD_BYTES;
    },
    take() {
      if (length === 0) return undefined;
      [filled, lent] = [lent, filled];
      const bytes = lent.subarray(0, length);
      length = 0;
      return bytes;
    },
  };
}

function grown(memory: Buffer, size: number): Buffer<ArrayBuffer> {
  const larger = Buffer.allocUnsafeSlow(size);
  larger.set(memory);
  return larger;
}
