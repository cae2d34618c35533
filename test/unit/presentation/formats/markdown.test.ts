import fc from "fast-check";
import { marked, type Token, type Tokens } from "marked";
import { describe, expect } from "vitest";
import type { Answer } from "../../../../shared/contracts/answer.ts";
import { oneLine } from "../../../../shared/presentation/formats/cell-text.ts";
import { escapeMarkdown } from "../../../../shared/presentation/formats/escape-markdown.ts";
import { outlineAnswer } from "../../../../shared/presentation/formats/outline.ts";
import { EVERYTHING } from "../../../../shared/presentation/formats/outline-limits.ts";
import { renderMarkdown } from "../../../../shared/presentation/formats/render-markdown.ts";
import { verifies } from "../../../support/verifies.ts";
import { anAnswer, aResult, rowsUrl } from "../an-answer.ts";
import { aColumnOf, failed, hostileText, running } from "./answers.ts";

const markdownOf = (answer: Answer) => renderMarkdown(outlineAnswer(answer, EVERYTHING));
const withResult = (result: Answer["results"][number]) =>
  markdownOf(anAnswer({ answer: null, suggested_questions: [], results: [result] }));

/** Every token, however deep. */
function tokensOf(markdown: string): Token[] {
  const tokens: Token[] = [];
  void marked.walkTokens(marked.lexer(markdown), (token) => {
    tokens.push(token);
  });
  return tokens;
}

function tableOf(markdown: string): Tokens.Table {
  const table = tokensOf(markdown).find((token): token is Tokens.Table => token.type === "table");
  if (table === undefined) throw new Error("no table");
  return table;
}

/** What a reader sees of a cell. */
function seen(tokens: readonly Token[]): string {
  return tokens.map((token) => ("text" in token ? token.text : token.raw)).join("");
}

const unmarked = (text: string) => text.replaceAll("\u2060", "").trim();

describe("markdown", () => {
  verifies("answers.formats", "holds the answer, its table, SQL, links and suggestions", () => {
    expect(markdownOf(anAnswer())).toBe(`**EMEA** leads.

### Revenue by region

| region | revenue |
| --- | ---: |
| EMEA | 1234567.89 |
| APAC |  |

\`\`\`sql
SELECT region, revenue
FROM sales
\`\`\`

[Rows as JSON](<${rowsUrl}>) · [Rows as CSV](<${rowsUrl}?format=csv>)

**You could ask next:**

- And by month?
`);
  });

  verifies("answers.formats", "pictures are links, because they need the caller's token", () => {
    const png = `${rowsUrl}.png`;
    const visualizations = [
      { attachment_id: "v1", title: "Revenue [2026]", links: { png } },
      { attachment_id: null, title: null },
    ];
    const markdown = markdownOf(anAnswer({ visualizations }));
    expect(markdown).toContain(`[Revenue \\[2026\\]](<${png}>)`);
    expect(markdown).not.toContain("[Chart]");
  });

  verifies("answers.formats-states", "running, failed and asking back are told", () => {
    expect(markdownOf(running)).toContain(
      `still working on this question. The answer will be here: <${running.links?.result}>`,
    );
    expect(markdownOf({ ...running, links: undefined as never })).toContain("Read it again");
    const told = markdownOf(failed);
    expect(told).toContain("**No access to the Genie space**");
    expect(told).toContain("You may not use this space.");
    expect(told).toContain("**What to do:** Ask a workspace admin");
    expect(markdownOf(anAnswer({ answer: null, follow_up_question: "Which year?" }))).toContain(
      "**Genie asks:** Which year?",
    );
  });

  verifies("answers.formats-notes", "says which rows are not there", () => {
    const some = withResult(aResult({ row_count: 5_000, truncated: true }));
    expect(some).toContain("*2 of 5,000 rows shown. Truncated: Genie itself stops at 5,000 rows");
    const links = { json: rowsUrl, csv: rowsUrl, rerun: `${rowsUrl}/rerun` };
    const expired = withResult(aResult({ rows: [], expired: true, links }));
    expect(expired).toContain(
      `The rows have expired.*\n\nRun the SQL again: POST <${rowsUrl}/rerun>`,
    );
    expect(expired).not.toContain("Rows as JSON");
    expect(withResult(aResult({ rows: [], row_count: 0 }))).toContain("*The result has no rows.*");
  });
});

describe("hostile data in markdown", () => {
  verifies("answers.formats-literal", "a cell shows as it is and becomes no markup", () => {
    fc.assert(
      fc.property(
        fc.array(hostileText, { minLength: 1, maxLength: 5 }),
        hostileText,
        (cells, name) => {
          const markdown = withResult(aColumnOf(cells, name || "x"));
          const table = tableOf(markdown);
          expect(table.rows.map((row) => row.length)).toEqual(cells.map(() => 1));
          const kinds = new Set(
            table.rows.flat().flatMap(({ tokens }) => tokens.map(({ type }) => type)),
          );
          for (const kind of kinds) expect(["text", "escape", "codespan"]).toContain(kind);
          const shown = table.rows.map(([cell]) => unmarked(seen(cell?.tokens ?? [])));
          expect(shown).toEqual(cells.map((cell) => unmarked(oneLine(cell))));
        },
      ),
      { numRuns: 500 },
    );
  });

  verifies("answers.formats-literal", "titles, suggestions and problems become no markup", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const markdown = markdownOf(
          anAnswer({
            answer: null,
            suggested_questions: [text],
            results: [aResult({ title: text, links: undefined as never })],
            ...(failed.error ? { error: { ...failed.error, detail: text, remedy: text } } : {}),
          }),
        );
        const kinds = tokensOf(markdown).map(({ type }) => type);
        for (const kind of ["link", "image", "html", "blockquote", "hr"])
          expect(kinds).not.toContain(kind);
        expect(kinds.filter((kind) => kind === "table" || kind === "code")).toEqual([
          "table",
          "code",
        ]);
      }),
    );
  });

  verifies("answers.formats-literal", "what needs no escape stays readable", () => {
    const written = [
      ["2026-01-01", "2026-01-01"],
      ["avg_delay", "avg_delay"],
      ["_delay_", "\\_delay\\_"],
      ["AT&T", "AT&T"],
      ["&lt;", "\\&lt;"],
      ["a < b", "a < b"],
      ["-5", "-5"],
      ["- 5", "\\- 5"],
      ["---", "\\---"],
      ["1. x", "1\\. x"],
      ["1.5", "1.5"],
      ["me@site.example", "`me@site.example`"],
      ["https://site.example/`a``", "``` https://site.example/`a`` ```"],
      ["www.site.example|x", "www\u2060.site.example\\|x"],
    ] as const;
    expect(written.map(([text]) => escapeMarkdown(text))).toEqual(written.map(([, out]) => out));
  });

  verifies("answers.formats-literal", "SQL cannot leave its code block", () => {
    fc.assert(
      fc.property(hostileText, (sql) => {
        const [code] = tokensOf(withResult(aResult({ sql: `${sql}\n\`\`\`\`` }))).filter(
          (token): token is Tokens.Code => token.type === "code",
        );
        expect(code?.text).toMatch(/````$/);
      }),
    );
  });

  verifies("answers.formats-literal", "a fence that Genie left open swallows nothing", () => {
    const kinds = tokensOf(markdownOf(anAnswer({ answer: "See:\n~~~~sql\nSELECT 1" })));
    expect(kinds.map(({ type }) => type)).toContain("table");
  });
});
