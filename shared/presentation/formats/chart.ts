// Which chart a result deserves, by the types of its columns, or none (docs/adr/0013). A chart is drawn of all rows or
// not at all, and only of numbers that are JSON numbers: what is too long for one would be drawn wrongly.

import type { AnswerResult } from "../../contracts/answer.ts";
import { isNumberType } from "../number-types.ts";
import { cellText, cut, oneLine } from "./cell-text.ts";
import { isTimeColumn, timeLabel } from "./time-column.ts";

export interface ChartPoint {
  /** A number only in a line. */
  readonly label: string | number;
  readonly value: number;
}

export interface Chart {
  readonly kind: "line" | "donut" | "bar";
  /** Name of the first column. */
  readonly x: string;
  /** Name of the column that is drawn. */
  readonly y: string;
  readonly points: readonly ChartPoint[];
}

const MOST_POINTS = 60;
const MOST_BARS = 20;
const MOST_SLICES = 8;
const LONGEST_LABEL = 40;
/** Of null, which is a group like any other in what SQL counts. */
const NO_LABEL = "(none)";
const WORDS = new Set(["STRING", "CHAR", "VARCHAR", "BOOLEAN"]);
/** Parts of a whole can be added up; what is an average, a rate or a top five cannot. */
const PART = /(^|[_\W])(count|total|sum|share|percent|percentage|n)([_\W]|$)|^num_|^number/i;
const NO_PART = /avg|average|mean|median|min|max|rate|ratio|per_/i;
const LIMITED = /\blimit\b/i;

/** Line for a first column of times, donut for parts of a whole, bars for other categories; else null. */
export function chooseChart(result: AnswerResult): Chart | null {
  const [first, second] = result.columns;
  const drawn = result.columns.slice(1).find(({ type }) => isNumberType(type));
  if (first === undefined || second === undefined || drawn === undefined) return null;
  if (!isComplete(result) || result.rows.length > MOST_POINTS) return null;
  const isTime = isTimeColumn(first, result.rows);
  const label = (value: unknown) =>
    isTime ? timeLabel(value, first) : cellText(value, LONGEST_LABEL).trim() || NO_LABEL;
  const points = pointsOf(result.rows, (row) => label(row[first.name]), drawn.name);
  if (points === null) return null;
  const kind = kindOf(result, { isTime, isWord: WORDS.has(first.type), y: drawn.name, points });
  if (kind === null) return null;
  return { kind, x: nameOf(first), y: nameOf(drawn), points: isTime ? inOrder(points) : points };
}

function kindOf(
  { sql }: AnswerResult,
  drawn: {
    readonly isTime: boolean;
    readonly isWord: boolean;
    readonly y: string;
    readonly points: readonly ChartPoint[];
  },
): Chart["kind"] | null {
  const { isTime, isWord, y, points } = drawn;
  if (isTime) return "line";
  if (!isWord) return null;
  const isWhole = PART.test(y) && !NO_PART.test(y) && !LIMITED.test(sql ?? "");
  const isShared = points.every(({ value }) => value >= 0) && points.some(({ value }) => value > 0);
  if (isWhole && isShared && points.length <= MOST_SLICES) return "donut";
  return points.length <= MOST_BARS ? "bar" : null;
}

/** Null when a point has no number or no label of its own: such rows are no series. */
function pointsOf(
  rows: AnswerResult["rows"],
  labelOf: (row: AnswerResult["rows"][number]) => string | number,
  y: string,
): ChartPoint[] | null {
  const points = rows.flatMap((row) => {
    const value = row[y];
    const label = labelOf(row);
    return typeof value === "number" && Number.isFinite(value) && label !== ""
      ? [{ label, value }]
      : [];
  });
  const labels = new Set(points.map(({ label }) => label));
  return points.length === rows.length && labels.size === rows.length && labels.size >= 2
    ? points
    : null;
}

function isComplete({ rows, row_count: all, truncated, expired }: AnswerResult): boolean {
  return !truncated && !expired && (all === null || rows.length >= all);
}

function inOrder(points: readonly ChartPoint[]): ChartPoint[] {
  return points.toSorted((a, b) => (a.label < b.label ? -1 : 1));
}

function nameOf({ name }: { readonly name: string }): string {
  return cut(oneLine(name), LONGEST_LABEL);
}
