import { describe, expect } from "vitest";
import type { AnswerResult } from "../../../../shared/contracts/answer.ts";
import { answerContent } from "../../../../shared/presentation/formats/answer-content.ts";
import { chooseChart } from "../../../../shared/presentation/formats/chart.ts";
import { verifies } from "../../../support/verifies.ts";
import { anAnswer, aResult } from "../an-answer.ts";

type Cell = string | number | null;

/** Two columns: `x` of a type, and a DOUBLE. */
function twoColumns(
  [x, xType, y]: readonly [string, string, string],
  cells: readonly (readonly [Cell, Cell])[],
  overrides: Partial<AnswerResult> = {},
): AnswerResult {
  const columns = [
    { name: x, type: xType },
    { name: y, type: "DOUBLE" },
  ];
  const rows = cells.map(([label, value]) => ({ [x]: label, [y]: value }));
  return aResult({ columns, rows, row_count: cells.length, ...overrides });
}

const words = (count: number): [string, number][] =>
  Array.from({ length: count }, (_, i) => [`w${i}`, i + 1]);
const kindOf = (result: AnswerResult) => chooseChart(result)?.kind ?? "none";

describe("the chart of a result", () => {
  verifies("answers.card-chart", "times make a line, in the order of time", () => {
    const dates = twoColumns(
      ["day", "DATE", "avg_delay"],
      [
        ["2026-03-02", 2],
        ["2026-03-01", -1],
      ],
    );
    expect(chooseChart(dates)).toEqual({
      kind: "line",
      x: "day",
      y: "avg_delay",
      points: [
        { label: "2026-03-01", value: -1 },
        { label: "2026-03-02", value: 2 },
      ],
    });
    const midnights = twoColumns(
      ["t", "TIMESTAMP", "y"],
      [
        ["2026-03-01T00:00:00.000Z", 1],
        ["2026-03-02T00:00:00Z", 2],
      ],
    );
    expect(chooseChart(midnights)?.points.map(({ label }) => label)).toEqual([
      "2026-03-01",
      "2026-03-02",
    ]);
    const months = twoColumns(
      ["month", "INT", "y"],
      [
        [10, 1],
        [2, 2],
      ],
    );
    expect(chooseChart(months)?.points.map(({ label }) => label)).toEqual([2, 10]);
    expect(
      kindOf(
        twoColumns(
          ["period", "STRING", "y"],
          [
            ["2026-Q1", 1],
            ["2026-Q2", 2],
          ],
        ),
      ),
    ).toBe("line");
    expect(
      kindOf(
        twoColumns(
          ["id", "INT", "y"],
          [
            [1, 1],
            [2, 2],
          ],
        ),
      ),
    ).toBe("none");
  });

  verifies("answers.card-chart", "parts of a whole make a donut, other categories bars", () => {
    const of = (y: string, count: number, overrides = {}) =>
      kindOf(twoColumns(["word", "STRING", y], words(count), overrides));
    expect(of("flight_count", 8)).toBe("donut");
    const withNull = twoColumns(
      ["word", "STRING", "flight_count"],
      [
        [null, 1],
        ["b", 2],
      ],
    );
    expect(chooseChart(withNull)?.points[0]?.label).toBe("(none)");
    expect(of("flight_count", 9)).toBe("bar");
    expect(of("total_sales", 3, { sql: "SELECT … LIMIT 3" })).toBe("bar");
    expect(of("avg_delay", 3)).toBe("bar");
    expect(of("avg_delay", 20)).toBe("bar");
    expect(of("avg_delay", 21)).toBe("none");
    expect(
      kindOf(
        twoColumns(
          ["w", "STRING", "count"],
          [
            ["a", -1],
            ["b", 1],
          ],
        ),
      ),
    ).toBe("bar");
  });

  verifies("answers.card-chart", "what would be drawn wrongly is not drawn", () => {
    const axes = ["w", "STRING", "count"] as const;
    const none = [
      twoColumns(axes, [
        ["a", "9007199254740993"],
        ["b", 1],
      ]),
      twoColumns(axes, [
        ["a", "NaN"],
        ["b", 1],
      ]),
      twoColumns(axes, [
        ["a", null],
        ["b", 1],
      ]),
      twoColumns(axes, [
        ["a", 1],
        ["a", 2],
      ]),
      twoColumns(axes, [
        [null, 1],
        ["", 2],
      ]),
      twoColumns(axes, [["a", 1]]),
      twoColumns(axes, words(3), { row_count: 4 }),
      twoColumns(axes, words(3), { truncated: true }),
      twoColumns(axes, []),
      aResult({ columns: [], rows: [] }),
    ];
    expect(none.map(kindOf)).toEqual(none.map(() => "none"));
  });

  verifies(
    "answers.card-chart",
    "is dropped by hosts that do not know it; the table stays",
    async () => {
      const results = [twoColumns(["w", "STRING", "count"], words(3))];
      const { data } = await answerContent(anAnswer({ results }), "adaptive-card", false);
      const types = JSON.parse(data).body.map(({ type }: { type: string }) => type);
      expect(types).toEqual(expect.arrayContaining(["Chart.Donut", "Table"]));
      expect(data).toContain('"fallback":"drop"');
    },
  );
});
