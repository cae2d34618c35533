// Which coding a request gets, and when it is told that it has the content already.

import fc from "fast-check";
import { describe, expect } from "vitest";
import {
  type CacheableContent,
  type ContentCoding,
  chooseCoding,
  matchesEtag,
} from "../../../shared/http/cacheable-content.ts";
import { verifies } from "../../support/verifies.ts";

const coding = (name: ContentCoding["name"]): ContentCoding => ({
  name,
  etag: `"abc-${name}"`,
  read: async () => new Uint8Array(),
});
const CODINGS: CacheableContent["codings"] = [coding("br"), coding("gzip"), coding("identity")];

describe("the coding", () => {
  const cases: [header: string | null, name: string][] = [
    [null, "identity"],
    ["", "identity"],
    ["br", "br"],
    ["gzip", "gzip"],
    ["GZIP", "gzip"],
    ["gzip, deflate, br, zstd", "br"],
    ["gzip, br;q=0.9", "gzip"],
    ["*", "br"],
    ["br;q=0, *", "gzip"],
    ["br;q=0, gzip;q=0", "identity"],
    ["identity", "identity"],
    ["identity;q=0", "identity"],
    ["*;q=0", "identity"],
    ["deflate, zstd", "identity"],
    ["br;q=garbage", "identity"],
    ["\u0000;;,=,q", "identity"],
  ];
  for (const [header, name] of cases) {
    verifies("docs.assets", `${header} → ${name}`, () => {
      expect(chooseCoding(CODINGS, header).name).toBe(name);
    });
  }

  verifies("docs.assets", "whatever the header, it is one of ours", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200, unit: "binary" }), (header) => {
        expect(CODINGS).toContain(chooseCoding(CODINGS, header));
      }),
    );
  });

  verifies("docs.assets", "content that was not worth compressing comes as it is", () => {
    expect(chooseCoding([coding("identity")], "br, gzip").name).toBe("identity");
  });
});

describe("If-None-Match", () => {
  const TAG = '"abc-br"';
  const cases: [header: string | null, matches: boolean][] = [
    [null, false],
    ["*", true],
    [" * ", true],
    [TAG, true],
    [`W/${TAG}`, true],
    [`"x", ${TAG}`, true],
    [`"x",W/"y" , ${TAG}`, true],
    ["", false],
    ["abc-br", false],
    ['"abc-gzip"', false],
    ['"abc-br', false],
    ['abc-br"', false],
    ["W/", false],
    [",,,", false],
    ["**", false],
  ];
  for (const [header, matches] of cases) {
    verifies("docs.caching", `${header} ${matches ? "matches" : "does not"}`, () => {
      expect(matchesEtag(header, TAG)).toBe(matches);
    });
  }

  verifies("docs.caching", "nothing but the tag itself or * matches", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200, unit: "binary" }), (header) => {
        fc.pre(header.trim() !== "*" && !header.includes(TAG));
        expect(matchesEtag(header, TAG)).toBe(false);
      }),
    );
  });
});
