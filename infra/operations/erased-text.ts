// What the erasure says of its outcome: counts, and no record. Where nothing was found it says so in words, because zeros
// read like a failure: the ids may be wrong, or all of it was erased by time.

import type { Erased } from "./erase-person.ts";

export function erasedText({ operations, conversations, rows }: Erased, isDryRun: boolean): string {
  if (rows === 0) return "Nothing is stored about this person.";
  const what = `${operations} operations, ${conversations} conversations, ${rows} rows in all`;
  return isDryRun ? `There are ${what}.` : `Erased: ${what}.`;
}
