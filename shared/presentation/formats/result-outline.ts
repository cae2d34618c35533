// One result of an Answer within limits: its table as lines of text, its SQL, its links, and the notes that say what is
// not there. Whatever is left out is said.

import type { AnswerResult } from "../../contracts/answer.ts";
import { isNumberType } from "../number-types.ts";
import { cellText, cut, manyLines, oneLine } from "./cell-text.ts";
import { type Chart, chooseChart } from "./chart.ts";
import type { NamedLink } from "./named-link.ts";
import { LONGEST_URL, type OutlineLimits } from "./outline-limits.ts";
import { resultNotes } from "./result-notes.ts";

export interface ColumnOutline {
  readonly name: string;
  readonly isNumber: boolean;
}

export interface ResultOutline {
  readonly title: string | null;
  readonly columns: readonly ColumnOutline[];
  /** As many cells in each row as there are columns. */
  readonly rows: readonly (readonly string[])[];
  readonly chart: Chart | null;
  readonly notes: readonly string[];
  readonly sql: string | null;
  readonly links: readonly NamedLink[];
  /** Of expired rows: where a POST runs the SQL again. Null where the caller cannot do that. */
  readonly rerunUrl: string | null;
}

const LONGEST_TITLE = 200;

export function outlineResult(result: AnswerResult, limits: OutlineLimits): ResultOutline {
  const columns = result.columns.slice(0, limits.columns);
  const shown = columns.length === 0 ? [] : result.rows.slice(0, limits.rows);
  const { title } = result;
  return {
    title: title === null ? null : cut(oneLine(title), Math.min(LONGEST_TITLE, limits.text)),
    columns: columns.map(({ name, type }) => ({
      name: cut(oneLine(name), limits.cell),
      isNumber: isNumberType(type),
    })),
    rows: shown.map((row) => columns.map(({ name }) => cellText(row[name], limits.cell))),
    chart: limits.charts ? chooseChart(result) : null,
    notes: resultNotes(result, shown.length, limits),
    sql: limits.sql === 0 || result.sql === null ? null : manyLines(cut(result.sql, limits.sql)),
    links: linksOf(result),
    rerunUrl: rerunUrlOf(result),
  };
}

function linksOf({ expired, links }: AnswerResult): NamedLink[] {
  if (expired || links === undefined) return []; // of expired rows they answer 410
  const named = [
    { name: "Rows as JSON", url: links.json },
    { name: "Rows as CSV", url: links.csv },
  ];
  return named.filter(({ url }) => url.length <= LONGEST_URL);
}

function rerunUrlOf({ expired, links }: AnswerResult): string | null {
  const url = expired ? links?.rerun : undefined;
  return url === undefined || url.length > LONGEST_URL ? null : url;
}
