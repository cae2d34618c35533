// How late an answer is noticed and how many looks that costs, for the gateway and for the waiting rules of the
// official clients (genie-api.md §2), over the same answers. Time is virtual and replies take none: no machine noise.

import { createRandom, type Random } from "../../local/databricks/seeded-random.ts";
import { anAskRequest, createOperationsFixture } from "../support/operations-fixture.ts";
import { type AnswerTimeline, drawAnswer, type Scenario, scenarios } from "./answer-timelines.ts";
import { mean, spread } from "./samples.ts";
import type { Topic } from "./topic.ts";

const ANSWERS_PER_SEED = 300;
const SEEDS = [20261123, 2, 3, 5, 7] as const;

interface Look {
  readonly delayMs: number;
  readonly looks: number;
}

type Client = (answer: AnswerTimeline, random: Random) => Look | Promise<Look>;

const GATEWAY = "gateway";
const SDK = "Databricks SDK for Python";

const clients: Readonly<Record<string, Client>> = {
  [GATEWAY]: waitByGateway,
  // 1, 2, 3 … up to 10 s, plus a random second (`wait_get_message_genie_completed`).
  [SDK]: (answer, random) =>
    waitBySchedule(answer, (look) => Math.min(10, look) * 1_000 + random() * 1_000),
  // The same with 50–750 ms (`retries.go`).
  "Databricks SDK for Go": (answer, random) =>
    waitBySchedule(answer, (look) => Math.min(10, look) * 1_000 + 50 + random() * 700),
  "AI Bridge (fixed 0.5 s)": (answer) => waitBySchedule(answer, () => 500),
};

/** One figure per seed and client: means over the answers. */
export async function benchWaiting(): Promise<Topic> {
  const rows: string[][] = [];
  const aims: Topic["aims"][number][] = [];
  for (const scenario of scenarios) {
    const figures = await measureScenario(scenario);
    const sdk = figures[SDK];
    for (const [client, { delayMs, looks }] of Object.entries(figures)) {
      const delayRatio = mean(delayMs) / mean(sdk?.delayMs ?? []);
      const looksRatio = mean(looks) / mean(sdk?.looks ?? []);
      rows.push([
        `${scenario.name}: ${client}`,
        spread(delayMs),
        delayRatio.toFixed(3),
        spread(looks, 1),
        looksRatio.toFixed(2),
      ]);
      if (client !== GATEWAY || !scenario.isAim) continue;
      aims.push(
        { what: "mean delay of the gateway / of the SDK", atMost: 0.15, measured: delayRatio },
        { what: "looks of the gateway / of the SDK", atMost: 1.5, measured: looksRatio },
      );
    }
  }
  const columns = ["answers: client", "mean delay ms", "ratio", "looks per answer", "ratio"];
  const title = "Waiting: how late an answer is noticed, and after how many looks";
  return { id: "waiting", title, columns, rows, aims };
}

type Figures = Record<string, { delayMs: number[]; looks: number[] }>;

async function measureScenario(scenario: Scenario): Promise<Figures> {
  const figures: Figures = {};
  for (const seed of SEEDS) {
    const random = createRandom(seed);
    const answers = Array.from({ length: ANSWERS_PER_SEED }, () => drawAnswer(scenario, random));
    for (const [client, wait] of Object.entries(clients)) {
      const looks: Look[] = [];
      for (const answer of answers) looks.push(await wait(answer, random));
      const figure = (figures[client] ??= { delayMs: [], looks: [] });
      figure.delayMs.push(mean(looks.map(({ delayMs }) => delayMs)));
      figure.looks.push(mean(looks.map((look) => look.looks)));
    }
  }
  return figures;
}

/** The real use case of the gateway, waiting for one scripted answer. */
async function waitByGateway({ stages, endsAt }: AnswerTimeline): Promise<Look> {
  const { ask, asker, genie, clock } = createOperationsFixture();
  genie.timeline = [
    ...stages.map(({ from, stage }) => ({ from, state: { kind: "working", stage } as const })),
    { from: endsAt, state: { kind: "completed" } },
  ];
  const start = clock.now();
  await clock.run(ask(asker, anAskRequest({ waitMs: 90_000 })));
  return { delayMs: clock.now() - start - endsAt, looks: genie.polls };
}

/** First look at once, then an interval that depends on the number of looks alone. */
function waitBySchedule({ endsAt }: AnswerTimeline, intervalAfter: (look: number) => number): Look {
  let at = 0;
  let looks = 1;
  while (at < endsAt) {
    at += intervalAfter(looks);
    looks += 1;
  }
  return { delayMs: at - endsAt, looks };
}
