// Memory for the pieces of a file, used again once they have been sent: a million rows would leave so much of it behind that
// looking for it costs as much as writing them. It never gives away what may still be on its way.

/** Taken in steps, so that it fits the next piece, too. */
const STEP_BYTES = 128 * 1024;
/** The piece that was given last is left alone, whatever is told: whoever reads may be one ahead. */
const MOST_GIVEN = 2;

export interface PieceMemory {
  /** At least so many bytes; the same again until they are given. */
  open(size: number): Buffer;
  /** What was opened last is on its way now. */
  give(): void;
}

/** @param allSent whether everything that was given has left for good */
export function createPieceMemory(allSent: () => boolean): PieceMemory {
  let given: readonly Buffer[] = [];
  let opened: Buffer | undefined;
  return {
    open(size) {
      if (opened === undefined && given.length === MOST_GIVEN && allSent()) {
        opened = given[0];
        given = given.slice(1);
      }
      if (opened === undefined || opened.length < size) {
        opened = Buffer.allocUnsafeSlow(Math.ceil(size / STEP_BYTES) * STEP_BYTES);
      }
      return opened;
    },
    give() {
      if (opened !== undefined) given = [...given, opened].slice(-MOST_GIVEN);
      opened = undefined;
    },
  };
}
