// Page tokens of lists: ours come back as they were, everything else is refused.

import fc from "fast-check";
import { expect, test } from "vitest";
import { readListToken, writeListToken } from "../../../shared/presentation/list-page-token.ts";
import { verifies } from "../../support/verifies.ts";

verifies("reading.page-tokens", "a token comes back for its own list and for no other", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (list, other, token) => {
      const written = writeListToken(list, token);
      expect(readListToken(list, written)).toBe(token);
      if (other !== list) {
        expect(() => readListToken(other, written)).toThrow(/invalid_request/);
      }
    }),
  );
});

verifies("reading.page-tokens", "whatever else a caller sends is refused", () => {
  const list = "conversations default";
  const written = writeListToken(list, "20");
  const hostile = [
    "",
    "x",
    `${written}=`,
    `${written} `,
    written.slice(1),
    "bnVsbA",
    "W10",
    "WzEsMl0",
  ];
  for (const token of hostile) {
    expect(() => readListToken(list, token), token).toThrow(/invalid_request/);
  }
  fc.assert(
    fc.property(fc.string(), (token) => {
      if (token === written) return;
      expect(() => readListToken(list, token)).toThrow(/invalid_request/);
    }),
  );
});

test("without a token it is the first page", () => {
  expect(readListToken("messages x", undefined)).toBeUndefined();
});
