// Answers to wait for: the stages of the simulated Genie, and two variations, because how long real answers stay in
// each stage is not published. The gateway's schedule was tuned on the first kind; the others show what it is worth elsewhere.

import { drawStages } from "../../local/databricks/genie/stage-timings.ts";
import { DEFAULT_TIMINGS } from "../../local/databricks/options.ts";
import type { Random } from "../../local/databricks/seeded-random.ts";
import type { GenieStage } from "../../shared/operations/genie.ts";

export interface AnswerTimeline {
  /** Times in ms since the question. */
  readonly stages: readonly { readonly from: number; readonly stage: GenieStage }[];
  readonly endsAt: number;
}

type Stages = readonly { readonly status: string; readonly forMs: number }[];

export interface Scenario {
  readonly name: string;
  /** Whether the aims are held against it. */
  readonly isAim: boolean;
  readonly vary: (stages: Stages, random: Random) => Stages;
}

const COLD_WAREHOUSE_MS = 15_000;

export const scenarios: readonly Scenario[] = [
  { name: "12–19 s", isAim: true, vary: (stages) => stages },
  { name: "12–19 s, other shares", isAim: false, vary: otherShares },
  { name: "cold warehouse, 27–34 s", isAim: false, vary: coldWarehouse },
];

export function drawAnswer({ vary }: Scenario, random: Random): AnswerTimeline {
  let from = 0;
  const drawn = vary(drawStages("sql", random, DEFAULT_TIMINGS), random);
  const stages = drawn.map(({ status, forMs }) => {
    const entry = { from, stage: status as GenieStage };
    from += forMs;
    return entry;
  });
  return { stages, endsAt: from };
}

/** Each stage between a third and three times as long, the whole as long as before. */
function otherShares(stages: Stages, random: Random): Stages {
  const total = (some: Stages) => some.reduce((sum, { forMs }) => sum + forMs, 0);
  const stretched = stages.map((stage) => ({
    ...stage,
    forMs: stage.forMs * 3 ** (random() * 2 - 1),
  }));
  const scale = total(stages) / total(stretched);
  return stretched.map((stage) => ({ ...stage, forMs: stage.forMs * scale }));
}

/** A serverless warehouse that has to start first (genie-api.md §1.4). */
function coldWarehouse(stages: Stages): Stages {
  const warm = stages.filter(({ status }) => status !== "PENDING_WAREHOUSE");
  const sql = warm.findIndex(({ status }) => status === "EXECUTING_QUERY");
  return warm.toSpliced(sql, 0, { status: "PENDING_WAREHOUSE", forMs: COLD_WAREHOUSE_MS });
}
