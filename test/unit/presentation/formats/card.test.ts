import fc from "fast-check";
import { describe, expect } from "vitest";
import type { Answer } from "../../../../shared/contracts/answer.ts";
import { askInput } from "../../../../shared/contracts/asking-schemas.ts";
import { answerContent } from "../../../../shared/presentation/formats/answer-content.ts";
import { cardFaults } from "../../../support/card-faults.ts";
import { verifies } from "../../../support/verifies.ts";
import { anAnswer, aResult } from "../an-answer.ts";
import {
  aColumnOf,
  enormousAnswer,
  failed,
  hostileAnswer,
  hostileText,
  running,
} from "./answers.ts";

interface Element {
  readonly type: string;
  readonly [property: string]: unknown;
}

const MOST = 24 * 1024;

async function cardOf(answer: Answer): Promise<Element> {
  const { type, data } = await answerContent(answer, "adaptive-card", false);
  expect(type).toBe("application/json");
  expect(Buffer.byteLength(data)).toBeLessThan(MOST);
  const card = JSON.parse(data);
  expect(cardFaults(card)).toEqual([]);
  return card;
}

/** Every object of the card that has a type. */
function elementsOf(value: unknown): Element[] {
  if (typeof value !== "object" || value === null) return [];
  const own = "type" in value && typeof value.type === "string" ? [value as Element] : [];
  return [...own, ...Object.values(value).flatMap(elementsOf)];
}

const ofType = (card: Element, type: string) =>
  elementsOf(card).filter((each) => each.type === type);
const many = Array.from({ length: 5_000 }, (_, i) => ({ region: `Region ${i}`, revenue: i / 7 }));

describe("an adaptive card", () => {
  verifies(
    "answers.card",
    "is a valid card of version 1.5 with table, SQL and suggestions",
    async () => {
      const card = await cardOf(anAnswer());
      expect(card).toMatchObject({
        type: "AdaptiveCard",
        version: "1.5",
        fallbackText: "**EMEA** leads.",
      });
      const [table] = ofType(card, "Table");
      expect(table?.rows).toHaveLength(3);
      expect(ofType(card, "Action.ToggleVisibility")[0]?.targetElements).toEqual(["sql-1"]);
      expect(card.actions).toEqual([
        {
          type: "Action.Submit",
          title: "And by month?",
          data: { query: "And by month?", conversation_id: "c".repeat(32), space: "sales" },
          associatedInputs: "none",
        },
      ]);
    },
  );

  verifies("answers.card", "a question that Genie asks back has a box for its answer", async () => {
    const asking = anAnswer({ answer: null, follow_up_question: "Which year?", results: [] });
    const card = await cardOf(asking);
    expect(ofType(card, "Input.Text")[0]).toMatchObject({ id: "query" });
    expect(ofType(card, "Action.Submit")[0]).toMatchObject({
      title: "Answer",
      data: { conversation_id: "c".repeat(32), space: "sales" },
    });
  });

  verifies("answers.formats-states", "running and failed are told", async () => {
    const told = (card: Element) => JSON.stringify(card.body);
    expect(told(await cardOf(running))).toContain(running.links?.result);
    const problem = told(await cardOf(failed));
    expect(problem).toContain("You may not use this space.");
    expect(problem).toContain("What to do: Ask a workspace admin");
  });

  verifies(
    "answers.card-size",
    "of 5,000 rows is under the limit and says how many it shows",
    async () => {
      const card = await cardOf(
        anAnswer({ results: [aResult({ rows: many, row_count: 5_000, truncated: true })] }),
      );
      const shown = elementsOf(card).filter(({ type }) => type === "TableRow").length - 1;
      expect(shown).toBeGreaterThan(50);
      expect(JSON.stringify(card)).toContain(`${shown} of 5,000 rows shown. Truncated`);
      expect(ofType(card, "Action.ToggleVisibility")).toHaveLength(1);
      expect(card.actions).toHaveLength(1);
    },
  );

  verifies(
    "answers.card-size",
    "of an enormous Answer is a valid card under the limit",
    async () => {
      const card = await cardOf(enormousAnswer());
      expect(JSON.stringify(card)).toMatch(/\d\d more results are left out\./);
    },
  );

  verifies("answers.card-size", "of any Answer is a valid card under the limit", async () => {
    await fc.assert(
      fc.asyncProperty(hostileAnswer, async (answer) => {
        const submits = ofType(await cardOf(answer), "Action.Submit");
        for (const { data } of submits) askInput.body.parse({ query: "2026", ...Object(data) });
      }),
    );
  });
});

describe("hostile data in a card", () => {
  verifies(
    "answers.formats-literal",
    "markdown blocks hold nothing but Genie's own words",
    async () => {
      await fc.assert(
        fc.asyncProperty(hostileText, async (text) => {
          const card = await cardOf(
            anAnswer({
              answer: "Genie's.",
              suggested_questions: [text],
              results: [{ ...aColumnOf([text]), title: text }],
            }),
          );
          expect(ofType(card, "TextBlock").map((block) => block.text)).toEqual(["Genie's."]);
          expect(JSON.stringify(card.body)).not.toMatch(/\{\{(DATE|TIME)/);
          expect(ofType(card, "Action.OpenUrl")).toEqual([]);
        }),
      );
    },
  );

  verifies("answers.formats-literal", "of Genie's links only http and https are left", async () => {
    const answer = [
      "[a](javascript:alert(1)) [b](https://ok.example) ![c](https://evil.example/p.png)",
      "<data:text/html,x> <img src=x> <https://ok.example> <https://a onx=y> [d\\]](vbscript:x)",
      "[e]: javascript:x",
      "{{DATE(2026-01-01T00:00:00Z)}}",
    ].join("\n");
    const [block] = ofType(await cardOf(anAnswer({ answer })), "TextBlock");
    expect(block?.text).toBe(
      [
        "[a] (javascript:alert(1)) [b](https://ok.example) [c](https://evil.example/p.png)",
        "< data:text/html,x> < img src=x> <https://ok.example> < https://a onx=y> [d\\]] (vbscript:x)",
        "[e] : javascript:x",
        "{\u2060{DATE(2026-01-01T00:00:00Z)}}",
      ].join("\n"),
    );
  });
});
