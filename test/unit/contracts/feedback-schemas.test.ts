import { describe, expect } from "vitest";
import { feedbackInput } from "../../../shared/contracts/feedback-schemas.ts";
import { validateBody } from "../../../shared/http/validate-body.ts";
import { verifies } from "../../support/verifies.ts";

const check = (body: unknown) => validateBody(feedbackInput.body, body);
const COMMENT = "Wrong region: \u{1f9a9}\r\n\tsee the map.";

describe("feedback that is taken", () => {
  const taken: [name: string, body: unknown, value: unknown][] = [
    ["a rating alone", { rating: "positive" }, { rating: "positive" }],
    ["none takes it back", { rating: "none" }, { rating: "none" }],
    [
      "a comment, unchanged",
      { rating: "negative", comment: ` ${COMMENT} ` },
      { rating: "negative", comment: ` ${COMMENT} ` },
    ],
    ["null is as absent", { rating: "none", comment: null }, { rating: "none" }],
    [
      "a blank comment is none",
      { rating: "positive", comment: " \n\u00a0" },
      { rating: "positive" },
    ],
    ["an empty one, also with none", { rating: "none", comment: "" }, { rating: "none" }],
    [
      "1,000 characters",
      { rating: "positive", comment: "x".repeat(1_000) },
      { rating: "positive", comment: "x".repeat(1_000) },
    ],
  ];
  for (const [name, body, value] of taken) {
    verifies("reading.feedback", name, () => expect(check(body)).toEqual({ value }));
  }
});

describe("feedback that is refused", () => {
  const refused: [name: string, body: unknown, places: string[]][] = [
    ["no rating", {}, ["/rating"]],
    ["a null rating", { rating: null }, ["/rating"]],
    ["Databricks' own spelling", { rating: "POSITIVE" }, ["/rating"]],
    ["a number", { rating: 1 }, ["/rating"]],
    ["a name of Object's own", { rating: "constructor" }, ["/rating"]],
    ["a comment with none", { rating: "none", comment: "no" }, ["/comment"]],
    ["1,001 characters", { rating: "positive", comment: "x".repeat(1_001) }, ["/comment"]],
    [
      "1,001 UTF-16 units",
      { rating: "positive", comment: `x${"\u{1f9a9}".repeat(500)}` },
      ["/comment"],
    ],
    ["1,001 blanks", { rating: "positive", comment: " ".repeat(1_001) }, ["/comment"]],
    ["a control character", { rating: "positive", comment: "a\u0000" }, ["/comment"]],
    ["half a surrogate pair", { rating: "positive", comment: "\ud83e" }, ["/comment"]],
    ["a comment that is no text", { rating: "positive", comment: ["x"] }, ["/comment"]],
    ["an unknown field", { rating: "positive", coment: "x" }, ["/coment"]],
    [
      "all faults at once",
      { rating: "none", comment: "x", more: 1, "a/b": 2 },
      ["/a~1b", "/comment", "/more"],
    ],
    ["a bad comment and a bad rating", { rating: "good", comment: 5 }, ["/comment", "/rating"]],
    ["no object", [], [""]],
  ];
  for (const [name, body, places] of refused) {
    verifies("reading.feedback", name, () => {
      const result = check(body);
      const faults = "faults" in result ? result.faults : [];
      expect(faults.map((fault) => ("pointer" in fault ? fault.pointer : "")).toSorted()).toEqual(
        places,
      );
    });
  }
});
