// What the files that turn bytes of JSON into bytes of CSV share: the two pieces of memory, and what is told instead of a
// place. It looks at no byte.

/** What is read and what is written; one object for many rows, none for a cell. */
export interface Copy {
  /** A byte 0 stands at `end`: it stops every loop, and a look beyond the last byte would make all of them slow. */
  readonly json: Buffer;
  readonly end: number;
  /** Twice as long as what is read: no cell grows to more. At the most an apostrophe stands before it. */
  readonly out: Buffer;
  /** Bytes written. */
  length: number;
}

/** What belongs there is not there, or not plainly. */
export const ODD = -1;
/** The bytes are over before the row is. */
const CUT_OFF = -2;

/** Why what stands at `at` does not belong there. */
export const oddOrCutOff = ({ end }: Copy, at: number): number => (at < end ? ODD : CUT_OFF);

/** 1 for the bytes that are in it, 0 for all others: faster than a set, and than several comparisons. */
export function tableOf(isIn: (byte: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => (isIn(byte) ? 1 : 0));
}
