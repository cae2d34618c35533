// How late an answer is noticed and how many polls that costs, for the gateway and for the waiting rules of the
// official clients (genie-api.md §2), over the same simulated answers of 12–19 s. Time is virtual: no machine noise.

import { drawStages } from "../../local/databricks/genie/stage-timings.ts";
import { DEFAULT_TIMINGS } from "../../local/databricks/options.ts";
import { createRandom } from "../../local/databricks/seeded-random.ts";
import type { GenieStage } from "../../shared/operations/genie.ts";
import { anAskRequest, createOperationsFixture } from "../support/operations-fixture.ts";

const ANSWERS = 1_000;

export interface WaitingFigure {
  readonly client: string;
  readonly meanDelayMs: number;
  readonly p95DelayMs: number;
  readonly meanPolls: number;
}

interface Timeline {
  readonly stages: readonly { readonly from: number; readonly stage: GenieStage }[];
  readonly endsAt: number;
}

/** One figure per client; the first is the gateway, the second the SDK baseline. */
export async function measureWaiting(): Promise<WaitingFigure[]> {
  const random = createRandom(20261123);
  const timelines = Array.from({ length: ANSWERS }, () => drawTimeline(random));
  const gateway: Look[] = [];
  for (const timeline of timelines) gateway.push(await waitByGateway(timeline));
  const sdk = timelines.map((timeline) => waitBySchedule(timeline, sdkInterval(random)));
  const bridge = timelines.map((timeline) => waitBySchedule(timeline, () => 500));
  return [
    figure("gateway", gateway),
    figure("Databricks SDK (Python, Go)", sdk),
    figure("AI Bridge (fixed 0.5 s)", bridge),
  ];
}

interface Look {
  readonly delayMs: number;
  readonly polls: number;
}

function drawTimeline(random: () => number): Timeline {
  let from = 0;
  const stages = drawStages("sql", random, DEFAULT_TIMINGS).map(({ status, forMs }) => {
    const entry = { from, stage: status as GenieStage };
    from += forMs;
    return entry;
  });
  return { stages, endsAt: from };
}

/** The real use case of the gateway, waiting for one scripted answer. */
async function waitByGateway({ stages, endsAt }: Timeline): Promise<Look> {
  const { ask, asker, genie, clock } = createOperationsFixture();
  genie.timeline = [
    ...stages.map(({ from, stage }) => ({ from, state: { kind: "working", stage } as const })),
    { from: endsAt, state: { kind: "completed" } },
  ];
  const start = clock.now();
  await clock.run(ask(asker, anAskRequest({ waitMs: 90_000 })));
  return { delayMs: clock.now() - start - endsAt, polls: genie.polls };
}

/** First look at once, then an interval that depends on the number of looks alone. */
function waitBySchedule({ endsAt }: Timeline, intervalAfter: (look: number) => number): Look {
  let at = 0;
  let polls = 1;
  while (at < endsAt) {
    at += intervalAfter(polls);
    polls += 1;
  }
  return { delayMs: at - endsAt, polls };
}

/** 1, 2, 3 … up to 10 s, plus a random second (sdk-py `wait_get_message_genie_completed`). */
function sdkInterval(random: () => number): (look: number) => number {
  return (look) => Math.min(10, look) * 1_000 + random() * 1_000;
}

function figure(client: string, looks: readonly Look[]): WaitingFigure {
  const delays = looks.map(({ delayMs }) => delayMs).toSorted((a, b) => a - b);
  return {
    client,
    meanDelayMs: mean(delays),
    p95DelayMs: delays[Math.floor(delays.length * 0.95)] ?? 0,
    meanPolls: mean(looks.map(({ polls }) => polls)),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
