// Sealing as a cipher: what opens and, mostly, what does not. Properties over arbitrary texts and contexts.

import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type SealContext, SealRefused } from "../../../shared/sealing/sealing.ts";
import { type SealingKeys, singleKey } from "../../../shared/sealing/sealing-keys.ts";
import { sealingWith } from "../../../shared/sealing/sealing-with.ts";
import { verifies } from "../../support/verifies.ts";

const keys = singleKey(randomBytes(32));
const sealing = sealingWith(keys);
const context: SealContext = {
  purpose: "question",
  operation: "o-1",
  expiresAt: 1_790_000_000_000,
};

/** Any JavaScript string, half surrogate pairs included. */
const anyText = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
  maxLength: 200,
});
const anyContext = fc
  .dictionary(fc.string(), fc.oneof(anyText, fc.integer()), { maxKeys: 5 })
  .map((fields): SealContext => ({ ...fields, purpose: "test" }));

async function refused(work: Promise<string>): Promise<void> {
  await expect(work).rejects.toBeInstanceOf(SealRefused);
}

describe("a sealed text", () => {
  verifies("sealing.exact", "opens as what it was, whatever it was", async () => {
    await fc.assert(
      fc.asyncProperty(anyText, anyContext, async (text, anyOf) => {
        expect(await sealing.open(await sealing.seal(text, anyOf), anyOf)).toBe(text);
      }),
    );
  });

  verifies("sealing.exact", "fits a table column at the longest question", async () => {
    const sealed = await sealing.seal("\uffff".repeat(10_000), context);
    expect(sealed.length).toBeLessThan(32_768);
  });

  verifies("sealing.bound", "is another one each time, and shows nothing of its text", async () => {
    const texts = await Promise.all([1, 2].map(() => sealing.seal("a question", context)));
    expect(texts[0]).not.toBe(texts[1]);
    for (const text of texts) expect(text).toMatch(/^v1\.plain\.[A-Za-z0-9_-]+$/);
    const raw = Buffer.from(texts[0]?.split(".")[2] ?? "", "base64url");
    expect(raw.includes("question")).toBe(false);
    expect(raw.includes(Buffer.from("question", "utf16le"))).toBe(false);
  });

  verifies("sealing.bound", "opens with its fields in any order", async () => {
    const sealed = await sealing.seal("text", { purpose: "p", a: 1, b: "2" });
    expect(await sealing.open(sealed, { b: "2", a: 1, purpose: "p" })).toBe("text");
  });
});

describe("refused", () => {
  verifies("sealing.bound", "every changed bit of the bytes", async () => {
    const sealed = await sealing.seal("short", context);
    const [version, id, data = ""] = sealed.split(".");
    const raw = Buffer.from(data, "base64url");
    for (let bit = 0; bit < raw.length * 8; bit++) {
      const changed = Buffer.from(raw);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      await refused(sealing.open(`${version}.${id}.${changed.toString("base64url")}`, context));
    }
  });

  verifies("sealing.bound", "every changed bit of the text itself", async () => {
    // Lengths of all remainders: the last character of base64url may carry bits that decode to nothing.
    for (const text of ["", "a", "ab", "abc"]) {
      const sealed = await sealing.seal(text, context);
      for (let bit = 0; bit < sealed.length * 7; bit++) {
        const at = Math.floor(bit / 7);
        const unit = String.fromCharCode(sealed.charCodeAt(at) ^ (1 << (bit % 7)));
        await refused(sealing.open(sealed.slice(0, at) + unit + sealed.slice(at + 1), context));
      }
    }
  });

  verifies("sealing.bound", "every part of it, and anything added", async () => {
    const sealed = await sealing.seal("short", context);
    for (let length = 0; length < sealed.length; length++) {
      await refused(sealing.open(sealed.slice(0, length), context));
    }
    const additions = ["A", "=", ".", "\n", " ", ".AAAA"];
    for (const more of additions) await refused(sealing.open(sealed + more, context));
    for (const more of additions) await refused(sealing.open(more + sealed, context));
  });

  verifies("sealing.bound", "any other context", async () => {
    const sealed = await sealing.seal("text", context);
    const others: SealContext[] = [
      { ...context, purpose: "callback-url" },
      { ...context, operation: "o-2" },
      { ...context, expiresAt: 1_790_000_000_001 },
      { ...context, expiresAt: "1790000000000" },
      { ...context, more: 0 },
      { purpose: "question", operation: "o-1" },
    ];
    for (const other of others) await refused(sealing.open(sealed, other));
    await fc.assert(
      fc.asyncProperty(anyContext, anyContext, async (one, other) => {
        fc.pre(JSON.stringify(sorted(one)) !== JSON.stringify(sorted(other)));
        await refused(sealing.open(await sealing.seal("text", one), other));
      }),
    );
  });

  verifies(
    "sealing.bound",
    "another key, an unknown key id, and a key under another's id",
    async () => {
      const sealed = await sealing.seal("text", context);
      await refused(sealingWith(singleKey(randomBytes(32))).open(sealed, context));
      await refused(sealing.open(sealed.replace(".plain.", ".other."), context));
      const { bytes } = await keys.newest();
      const twoNames: SealingKeys = { ...keys, byId: async (id) => ({ id, bytes }) };
      await refused(sealingWith(twoNames).open(sealed.replace(".plain.", ".other."), context));
    },
  );

  verifies("sealing.bound", "garbage", async () => {
    await fc.assert(fc.asyncProperty(anyText, (text) => refused(sealing.open(text, context))));
    for (const text of [
      "v1.plain.",
      "v2.plain.AAAA",
      "v1..AAAA",
      "v1.plain.AAAA",
      "v1.plain.%%%",
    ]) {
      await refused(sealing.open(text, context));
    }
  });

  test("a context that binds to no number", async () => {
    for (const expiresAt of [Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(sealing.seal("text", { ...context, expiresAt })).rejects.toThrow(TypeError);
    }
  });
});

describe("keyed hashes", () => {
  verifies(
    "sealing.hashes",
    "are equal for equal texts, and differ by text, purpose and key",
    async () => {
      const other = sealingWith(singleKey(randomBytes(32)));
      const hashes = [
        ...(await sealing.hash("claim", "text")),
        ...(await sealing.hash("claim", "text2")),
        ...(await sealing.hash("other", "text")),
        ...(await other.hash("claim", "text")),
      ];
      expect(await sealing.hash("claim", "text")).toEqual([hashes[0]]);
      expect(new Set(hashes).size).toBe(4);
      for (const hash of hashes) expect(hash).toMatch(/^[A-Za-z0-9_-]{43}$/);
    },
  );
});

function sorted(fields: SealContext) {
  return Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
