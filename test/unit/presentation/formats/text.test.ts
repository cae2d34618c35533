import fc from "fast-check";
import { describe, expect } from "vitest";
import type { Answer } from "../../../../shared/contracts/answer.ts";
import { outlineAnswer } from "../../../../shared/presentation/formats/outline.ts";
import { EVERYTHING } from "../../../../shared/presentation/formats/outline-limits.ts";
import { renderText } from "../../../../shared/presentation/formats/render-text.ts";
import { verifies } from "../../../support/verifies.ts";
import { anAnswer, aResult, rowsUrl } from "../an-answer.ts";
import { aColumnOf, failed, hostileAnswer, running } from "./answers.ts";

const textOf = (answer: Answer) => renderText(outlineAnswer(answer, EVERYTHING));

describe("text", () => {
  verifies("answers.formats", "holds the answer, an aligned table, SQL, links, suggestions", () => {
    expect(textOf(anAnswer())).toBe(`**EMEA** leads.

Revenue by region

region     revenue
------  ----------
EMEA    1234567.89
APAC

SQL:
    SELECT region, revenue
    FROM sales

Rows as JSON: ${rowsUrl}
Rows as CSV: ${rowsUrl}?format=csv

You could ask next:
- And by month?
`);
  });

  verifies("answers.formats", "wide letters take two places, long cells are never cut", () => {
    const long = "x".repeat(300);
    const result = aResult({
      columns: [
        { name: "name", type: "STRING" },
        { name: "n", type: "INT" },
      ],
      rows: [
        { name: "漢字", n: 1 },
        { name: "é😀", n: 22 },
        { name: { a: [1] }, n: long },
      ],
      row_count: 3,
    });
    const lines = textOf(anAnswer({ results: [result] })).split("\n");
    expect(lines).toContain(`漢字${" ".repeat(5 + 2 + 39)}1`);
    expect(lines).toContain(`é😀${" ".repeat(6 + 2 + 38)}22`);
    expect(lines).toContain(`{"a":[1]}  ${long}`);
  });

  verifies("answers.formats-states", "running, failed and asking back are told", () => {
    expect(textOf(running)).toBe(
      `Genie is still working on this question. The answer will be here: ${running.links?.result}\n`,
    );
    expect(textOf(failed)).toBe(`No access to the Genie space: You may not use this space.

What to do: Ask a workspace admin for CAN RUN on the space.

(genie_space_forbidden, request r1)
`);
    const asking = anAnswer({ answer: null, follow_up_question: "Which year?", results: [] });
    expect(textOf(asking)).toMatch(/^Genie asks: Which year\?/);
  });

  verifies(
    "answers.formats-literal",
    "no cell breaks out of its line, no control character passes",
    () => {
      expect(textOf(anAnswer({ results: [aColumnOf(["a\r\nb\u001b[31mc\u2028d"])] }))).toContain(
        "\na b [31mc d\n",
      );
      fc.assert(
        fc.property(hostileAnswer, (answer) => {
          const text = textOf(answer);
          expect(text).not.toMatch(/[^\P{Cc}\n\t]/u);
          expect(text.isWellFormed()).toBe(true);
        }),
      );
    },
  );
});
