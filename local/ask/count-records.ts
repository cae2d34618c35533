// Counts the records of a CSV file (RFC 4180) while it passes by: a line break between quotes ends none. Looks at bytes
// alone, which UTF-8 allows: no part of a longer character is a quote or a line break.

const QUOTE = 0x22;
const LINE_FEED = 0x0a;

export interface RecordCount {
  add(bytes: Uint8Array): void;
  readonly bytes: number;
  /** Without the header. */
  readonly rows: number;
  /** The last record has its end: what is cut off in the middle of one has not. */
  readonly endsWhole: boolean;
}

export function createRecordCount(): RecordCount {
  const counted = { bytes: 0, records: 0, isQuoted: false, last: 0 };
  return {
    add: (bytes) => {
      for (const byte of bytes) {
        // A doubled quote turns twice, which is as if it were not there.
        if (byte === QUOTE) counted.isQuoted = !counted.isQuoted;
        else if (byte === LINE_FEED && !counted.isQuoted) counted.records += 1;
      }
      counted.bytes += bytes.length;
      counted.last = bytes.at(-1) ?? counted.last;
    },
    get bytes() {
      return counted.bytes;
    },
    get rows() {
      return Math.max(0, counted.records - 1);
    },
    get endsWhole() {
      return counted.last === LINE_FEED && !counted.isQuoted;
    },
  };
}
