// Which columns hold points in time, and how these are labelled so that the order of the labels is that of time.
// Years as numbers and texts such as `2026-03` count; a bare number under any other name does not.

import type { AnswerResult } from "../../contracts/answer.ts";

type Column = AnswerResult["columns"][number];

const TIMES = new Set(["DATE", "TIMESTAMP", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ"]);
const WHOLE_NUMBERS = new Set(["BYTE", "SHORT", "INT", "LONG"]);
/** Years, months of a year, quarters of a year, weeks, days: `2026`, `2026-03`, `2026-Q1`, `2026-W07`, `2026-03-01`. */
const TIME_TEXT = /^\d{4}(-(\d{2}(-\d{2})?|Q[1-4]|W\d{2}))?$/;
const TIME_NAME = /(^|_)(year|month|day|week|quarter|hour)$/i;

export function isTimeColumn(column: Column, rows: AnswerResult["rows"]): boolean {
  if (TIMES.has(column.type)) return true;
  const values = rows.map((row) => row[column.name]);
  if (WHOLE_NUMBERS.has(column.type)) {
    return TIME_NAME.test(column.name) && values.every(isSmallWholeNumber);
  }
  return values.every((value) => typeof value === "string" && TIME_TEXT.test(value));
}

/** Empty where there is no time. Midnights are dates: a chart spaces `YYYY-MM-DD`, and numbers, by their distance. */
export function timeLabel(value: unknown, { type }: Column): string | number {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return "";
  const text = value.slice(0, 40);
  return TIMES.has(type) ? text.replace(/[T ]00:00:00(\.0+)?(Z|[+-]00:?00)?$/, "") : text;
}

function isSmallWholeNumber(value: unknown): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 9_999;
}
