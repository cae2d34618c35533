// How long each stage of an ordinary answer takes: 12–19 s in all, split as genie-api.md §1.4 describes,
// with the variations that are real (skipped stages, a second attempt at the SQL).

import type { Timings } from "../options.ts";
import type { Random } from "../seeded-random.ts";
import type { Stage } from "./message-timeline.ts";

type Weighted = readonly [status: string, weight: number];

/** Up to and including the stage in which the answer ends. */
export type AnswerPath = "sql" | "text" | "stopped_at_warehouse";

export function drawStages(path: AnswerPath, random: Random, timings: Timings): Stage[] {
  const [shortest, longest] = timings.answerMs;
  const full = shortest + random() * (longest - shortest);
  const weighted = stagesOf(path, random);
  // Without SQL the answer is there sooner: the weights of a full answer add up to 1.
  const share = path === "sql" ? 1 / weighted.reduce((sum, [, weight]) => sum + weight, 0) : 1;
  return weighted.map(([status, weight]) => ({
    status,
    forMs: Math.max(1, Math.round(weight * share * full * timings.scale)),
  }));
}

function stagesOf(path: AnswerPath, random: Random): Weighted[] {
  const stages: Weighted[] = [
    ["SUBMITTED", 0.03],
    ["FILTERING_CONTEXT", 0.12],
  ];
  if (random() < 0.7) stages.push(["FETCHING_METADATA", 0.07]);
  stages.push(["ASKING_AI", 0.48]);
  if (path === "stopped_at_warehouse" || random() < 0.4) {
    if (path !== "text") stages.push(["PENDING_WAREHOUSE", 0.05]);
  }
  if (path === "sql") stages.push(...execution(random));
  return stages;
}

/** One in ten answers goes back to the model and executes a second time. */
function execution(random: Random): Weighted[] {
  if (random() >= 0.1) return [["EXECUTING_QUERY", 0.25]];
  return [
    ["EXECUTING_QUERY", 0.08],
    ["ASKING_AI", 0.1],
    ["EXECUTING_QUERY", 0.12],
  ];
}
