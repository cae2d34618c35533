// What is measured of an operation: how long it waited for a slot, each stage and in all, how it ended, and how late
// its end was noticed. Reads records alone; it counts nothing that a caller could have written.

import { measure } from "../telemetry/measure.ts";
import { annotate } from "../telemetry/spans.ts";
import type { Finished, Operation, Queued, Running } from "./operation.ts";

/** @param isFirst false for the repeat of a question that is counted already */
export function measureQuestion({ id, owner }: Operation, isFirst: boolean): void {
  annotate("genie.operation.id", id);
  if (isFirst) measure("genie.questions", 1, { caller: owner.kind });
}

export function measureEnd(ended: Finished): void {
  const { status, updatedAt, createdAt, asked } = ended;
  const code = ended.status === "failed" ? ended.failure.code : "none";
  annotate("genie.operation.status", status);
  measure("genie.operations.ended", 1, { status, code });
  measure("genie.operation.duration", seconds(updatedAt - createdAt), { status });
  const genieMs = "genieMs" in ended ? ended.genieMs : null;
  if (asked === null || genieMs === null) return;
  measure("genie.operation.genie_time", seconds(genieMs), { status });
  // By our clock alone: Genie's work is a span of its own clock, counted from our ask.
  const noticedLate = Math.max(0, updatedAt - asked.askedAt - genieMs);
  measure("genie.operation.detection_delay", seconds(noticedLate), {});
}

/** From the question's coming in to its ask. */
export function measureAsked(before: Queued, { asked }: Running): void {
  measure("genie.operation.slot_wait", seconds(asked.askedAt - before.createdAt), {});
  const stage = before.stage;
  measure("genie.operation.stage_duration", seconds(asked.askedAt - before.createdAt), { stage });
}

/** The stage that is over. */
export function measureStage({ stage, stageSince }: Running, now: number): void {
  measure("genie.operation.stage_duration", seconds(now - stageSince), { stage });
}

function seconds(ms: number): number {
  return ms / 1_000;
}
