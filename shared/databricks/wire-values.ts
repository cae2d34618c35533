// The odd scalars of Databricks' wire: ids that are texts or numbers, texts that are "" instead of absent, times in
// seconds or milliseconds, int64 as text (genie-api.md §1.1). Only schemas; no names of fields.

import * as z from "zod";

/** proto3 servers send "" or null, or nothing at all, for what is not there: all become null. */
export const wireText = z
  .string()
  .nullish()
  .transform((text) => text || null);

/** An id as text; null when absent. A number came from JSON and keeps its decimal form. */
export const wireId = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((id) => (id === null || id === undefined || id === "" ? null : String(id)));

const wireNumber = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d{1,16}$/)
      .transform(Number),
  ])
  .nullish();

/** A count or index; null when absent. Negative or fractional ones do not fit. */
export const wireCount = wireNumber
  .transform((count) => count ?? null)
  .pipe(z.number().int().nonnegative().nullable());

/** Below this a timestamp is in seconds: 1e11 s is the year 5138, 1e11 ms is 1973. */
const SECONDS_BELOW = 1e11;

/** The last time that a Date can hold. */
const MAX_TIME_MS = 8.64e15;

/** Epoch milliseconds; null when absent or outside of what a Date can hold. */
export const wireTime = wireNumber.transform((time) => {
  if (time === null || time === undefined || time <= 0) return null;
  const ms = Math.trunc(time < SECONDS_BELOW ? time * 1000 : time);
  return ms <= MAX_TIME_MS ? ms : null;
});

/** A list; [] when absent or null. */
export const wireList = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((list) => list ?? []);
