// The form of a key in a vault or a setting.

import { randomBytes } from "node:crypto";
import { expect } from "vitest";
import { parseKeyText } from "../../../shared/sealing/key-text.ts";
import { verifies } from "../../support/verifies.ts";

const bytes = randomBytes(32);
const base64 = bytes.toString("base64");

verifies(
  "sealing.key-form",
  "32 bytes in base64, with or without whsec_, blanks around it or not",
  () => {
    for (const text of [base64, `whsec_${base64}`, ` ${base64}\n`, `whsec_${base64}\r\n`]) {
      expect(parseKeyText(text)).toEqual(bytes);
    }
  },
);

verifies("sealing.key-form", "nothing else", () => {
  const others = [
    "",
    "secret",
    randomBytes(31).toString("base64"),
    randomBytes(33).toString("base64"),
    randomBytes(16).toString("base64"),
    bytes.toString("hex"),
    base64.slice(0, -1),
    `${base64}=`,
    `${base64}${base64}`,
    `whsec_whsec_${base64}`,
    `WHSEC_${base64}`,
    `-${base64.slice(1)}`,
    // Bits that belong to no byte: two spellings of one key would be two.
    `${"A".repeat(42)}B=`,
  ];
  for (const text of others) expect(parseKeyText(text), text).toBeUndefined();
});
