// Reads the schedule of a timer trigger: an NCRONTAB expression of six (or five) fields, or a TimeSpan as the
// distance between runs. Times are UTC, as on Azure without WEBSITE_TIME_ZONE.

import { Cron } from "croner";
import { parseTimeSpan } from "../time-span.ts";

/** The next time after `from` (milliseconds since the epoch), or undefined when there is none. */
export type NextRun = (from: number) => number | undefined;

/** Throws for a schedule the timer extension would refuse. */
export function readSchedule(schedule: string): NextRun {
  const span = parseTimeSpan(schedule);
  if (span !== undefined && span > 0) {
    return (from) => from + span;
  }
  if (!/^(?:\S+\s+){4,5}\S+$/.test(schedule.trim())) {
    throw new Error(`The schedule expression '${schedule}' was not recognized`);
  }
  // NCRONTAB wants day of month AND day of week where classic cron takes either.
  const cron = new Cron(schedule, { timezone: "UTC", domAndDow: true, mode: "5-or-6-parts" });
  return (from) => cron.nextRun(new Date(from))?.getTime();
}
