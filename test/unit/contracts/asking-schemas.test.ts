// The ask body and the shared query parameters, at and beyond their bounds.

import fc from "fast-check";
import { describe, expect } from "vitest";
import { ANSWER_FORMATS } from "../../../shared/contracts/answer-format.ts";
import { askInput } from "../../../shared/contracts/asking-schemas.ts";
import { listInput, resultsInput } from "../../../shared/contracts/reading-schemas.ts";
import { verifies } from "../../support/verifies.ts";

describe("the question", () => {
  const accepts = (query: unknown) => askInput.body.safeParse({ query }).success;

  for (const query of ["?", "a".repeat(10_000), "  padded  ", "two\r\nlines\tand a tab", "🦆 ö"]) {
    verifies("http.question", `takes ${JSON.stringify(query.slice(0, 30))} unchanged`, () => {
      expect(askInput.body.parse({ query }).query).toBe(query);
    });
  }
  for (const query of [
    "",
    "   \n\t",
    "\u00a0\u2003",
    "a".repeat(10_001),
    `${"🦆".repeat(5_000)}a`,
    "bell\u0007",
    "zero\u0000",
    "delete\u007f",
    "c1\u0085",
    "half \ud83e",
    undefined,
    12,
    ["a"],
    { a: 1 },
    true,
  ]) {
    verifies("http.question", `refuses ${JSON.stringify(query)?.slice(0, 30)}`, () => {
      expect(accepts(query)).toBe(false);
    });
  }
  verifies("http.question", "any well-formed text without controls passes unchanged", () => {
    const text = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 300 })
      .filter((each) => /\S/.test(each) && !/\p{Cc}/u.test(each) && each.isWellFormed());
    fc.assert(
      fc.property(text, (query) => {
        expect(askInput.body.parse({ query }).query).toBe(query);
      }),
    );
  });
});

describe("the other fields", () => {
  const faultsOf = (fields: object) =>
    askInput.body.safeParse({ query: "q", ...fields }).error?.issues.map(({ path }) => path[0]);

  verifies("http.question", "a conversation id has 32 hexadecimal characters", () => {
    expect(faultsOf({ conversation_id: "01F0a1b2c3d4e5f60718293a4b5c6d7e" })).toBeUndefined();
    for (const id of ["", "01f0", "g".repeat(32), `${"0".repeat(32)}\n`, "0".repeat(33), 1]) {
      expect(faultsOf({ conversation_id: id })).toEqual(["conversation_id"]);
    }
  });
  verifies("http.question", "a space is an alias", () => {
    expect(faultsOf({ space: "sales-2" })).toBeUndefined();
    for (const space of ["", "Sales", "-a", "a b", "a".repeat(64), "sales\n", 1]) {
      expect(faultsOf({ space })).toEqual(["space"]);
    }
  });
  verifies("http.callback-url", "a callback_url is an https URL in visible ASCII", () => {
    const longest = `https://a.example/${"x".repeat(2_048 - "https://a.example/".length)}`;
    for (const url of ["https://a.example", "HTTPS://A.example:443/x?sig=%2F&y=1", longest]) {
      expect(faultsOf({ callback_url: url })).toBeUndefined();
    }
    for (const url of [
      "",
      "http://a.example",
      "//a.example",
      "https:a.example",
      "https://",
      "https:///",
      "https://a b.example",
      " https://a.example",
      "https://a.example\n",
      "https://a\t.example",
      "https://[::1",
      "https://a.example:99999",
      "https://größe.example",
      "javascript:https://a.example",
      `${longest}x`,
      1,
      ["https://a.example"],
    ]) {
      expect(faultsOf({ callback_url: url }), String(url)).toEqual(["callback_url"]);
    }
  });
  verifies("http.callback-url", "a fault never repeats the URL, which is a secret", () => {
    const { error } = askInput.body.safeParse({ query: "q", callback_url: "http://zq7.example" });
    expect(JSON.stringify(error)).not.toContain("zq7");
  });
  verifies("http.unknown-fields", "a field of another name is none", () => {
    const { error } = askInput.body.safeParse({ query: "q", callback: "https://a.example" });
    expect(error?.issues).toMatchObject([{ code: "unrecognized_keys", keys: ["callback"] }]);
  });
});

describe("query parameters", () => {
  verifies("http.query-parameters", "have the defaults of the design", () => {
    expect(askInput.query.parse({})).toEqual({ format: "json", max_rows: 100 });
    expect(listInput.query.parse({})).toEqual({ page_size: 20 });
    expect(resultsInput.query.parse({})).toEqual({
      page_size: 1_000,
      full: false,
      bom: false,
    });
  });
  for (const [schema, name, good, bad] of [
    [askInput.query, "max_rows", ["0", "5000"], ["5001", "-1", "1.0", "", "1e3", "٣"]],
    [askInput.query, "async", ["auto", "always", "never"], ["AUTO", "", "true"]],
    [askInput.query, "wait", ["0", "9999999999"], ["-1", "", "1s", "1.5", "1e3"]],
    [askInput.query, "format", ANSWER_FORMATS, ["csv", "JSON", "", "html"]],
    [listInput.query, "page_size", ["1", "100"], ["0", "101", "", "ten"]],
    [listInput.query, "page_token", ["abc="], ["", "a b", "x".repeat(2_049), "ä"]],
    [listInput.query, "space", ["default"], ["", "A", "a/b"]],
    [resultsInput.query, "page_size", ["1", "5000"], ["0", "5001"]],
    [resultsInput.query, "format", ["json", "csv", "ndjson"], ["markdown", "CSV", ""]],
    [resultsInput.query, "full", ["true", "false"], ["1", "TRUE", ""]],
    [resultsInput.query, "download", ["v1.plain.AbC_-"], ["", "a b", "x".repeat(8_193), "ä"]],
  ] as const) {
    verifies("http.query-parameters", `${name} takes ${good} and refuses ${bad}`, () => {
      expect(good.filter((value) => !schema.safeParse({ [name]: value }).success)).toEqual([]);
      expect(bad.filter((value) => schema.safeParse({ [name]: value }).success)).toEqual([]);
    });
  }
});
