// What the erasure says: in words where there is nothing, and whose tenant it wants.

import { expect } from "vitest";
import { ERASE_HELP } from "../../../infra/operations/erase-options.ts";
import { erasedText } from "../../../infra/operations/erased-text.ts";
import { verifies } from "../../support/verifies.ts";

verifies("infra.erase-person", "nothing found is said in words", () => {
  const nothing = { operations: 0, conversations: 0, rows: 0 };
  for (const isDryRun of [true, false]) {
    expect(erasedText(nothing, isDryRun)).toBe("Nothing is stored about this person.");
  }
  const some = { operations: 2, conversations: 1, rows: 5 };
  const counts = "2 operations, 1 conversations, 5 rows in all.";
  expect(erasedText(some, true)).toBe(`There are ${counts}`);
  expect(erasedText(some, false)).toBe(`Erased: ${counts}`);
});

verifies(
  "infra.erase-person",
  "a guest is stored under the gateway's tenant: the help says so",
  () => {
    expect(ERASE_HELP).toMatch(/--tenant-id GUID +the gateway's tenant, .*guest/);
  },
);
