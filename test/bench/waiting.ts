// How late an answer is noticed and how many polls that costs, for the gateway and for the waiting rules of the
// official clients (genie-api.md §2), over the same answers. Time is virtual and replies take none: no machine noise.

import { createRandom, type Random } from "../../local/databricks/seeded-random.ts";
import { anAskRequest, createOperationsFixture } from "../support/operations-fixture.ts";
import { type AnswerTimeline, drawAnswer, type Scenario, scenarios } from "./answer-timelines.ts";
import { createSubject, mean, ratio, ratioText, type Subject, spread } from "./samples.ts";
import type { Topic } from "./topic.ts";
import { waitByPoller } from "./wait-by-poller.ts";

const ANSWERS_PER_SEED = 1_000;
const SEEDS = [1, 2, 3, 5, 7] as const;

interface Outcome {
  readonly delayMs: number;
  readonly polls: number;
}

type Client = (answer: AnswerTimeline, random: Random) => Outcome | Promise<Outcome>;

/** 1, 2, 3 … up to 10 s (`wait_get_message_genie_completed`, `retries.go`), before the jitter. */
const growing = (poll: number): number => Math.min(10, poll) * 1_000;

const waitByPythonSdk: Client = (answer, random) =>
  waitBySchedule(answer, (poll) => growing(poll) + random() * 1_000);
const waitByGoSdk: Client = (answer, random) =>
  waitBySchedule(answer, (poll) => growing(poll) + 50 + random() * 700);
const waitByAiBridge: Client = (answer) => waitBySchedule(answer, () => 500);

export async function benchWaiting(): Promise<Topic> {
  const measured = [];
  for (const scenario of scenarios) measured.push({ scenario, ...(await measure(scenario)) });
  return {
    id: "waiting",
    title: "Waiting: how late an answer is noticed, and after how many polls",
    columns: ["answers", "client", "mean delay ms", "ratio", "polls per answer", "ratio"],
    rows: measured.flatMap(({ scenario, sdk, all }) =>
      all.map((client) => [
        scenario.name,
        client.name,
        spread(client.values("delayMs"), 0),
        ratioText(client, sdk, "delayMs"),
        spread(client.values("polls"), 1),
        ratioText(client, sdk, "polls"),
      ]),
    ),
    aims: measured.flatMap(({ scenario, sdk, gateway }) =>
      scenario.isAim ? aims(gateway, sdk) : [],
    ),
  };
}

function aims(gateway: Subject, sdk: Subject): Topic["aims"] {
  const [delay, polls] = [ratio(gateway, sdk, "delayMs"), ratio(gateway, sdk, "polls")];
  return [
    { what: "mean delay of the gateway / of the Python SDK", atMost: 0.15, measured: delay },
    { what: "polls of the gateway / of the Python SDK", atMost: 1.5, measured: polls },
  ];
}

/** One value per seed: the mean over its answers. */
async function measure(scenario: Scenario) {
  const subject = (name: string, client: Client): Subject => {
    const seeds = SEEDS.values();
    return createSubject(name, () => waitForMany(client, scenario, seeds.next().value ?? 0));
  };
  const gateway = subject("gateway, request waits", waitByGateway);
  const poller = subject("gateway, poller", waitByPoller);
  const sdk = subject("Databricks SDK for Python", waitByPythonSdk);
  const go = subject("Databricks SDK for Go", waitByGoSdk);
  const bridge = subject("AI Bridge (fixed 0.5 s)", waitByAiBridge);
  const all = [gateway, poller, sdk, go, bridge];
  for (const client of all) {
    for (const _ of SEEDS) await client.take(true);
  }
  return { gateway, sdk, all };
}

/** The same seed gives every client the same answers; jitter has its own numbers. */
async function waitForMany(client: Client, scenario: Scenario, seed: number) {
  const [answers, jitter] = [createRandom(seed), createRandom(seed + 1_000)];
  const outcomes: Outcome[] = [];
  for (let answer = 0; answer < ANSWERS_PER_SEED; answer++) {
    outcomes.push(await client(drawAnswer(scenario, answers), jitter));
  }
  return {
    delayMs: mean(outcomes.map(({ delayMs }) => delayMs)),
    polls: mean(outcomes.map(({ polls }) => polls)),
  };
}

/** The real use case of the gateway, waiting for one scripted answer. */
async function waitByGateway({ stages, endsAt }: AnswerTimeline): Promise<Outcome> {
  const { ask, asker, genie, clock } = createOperationsFixture();
  genie.timeline = [
    ...stages.map(({ from, stage }) => ({ from, state: { kind: "working", stage } as const })),
    { from: endsAt, state: { kind: "completed" } },
  ];
  const start = clock.now();
  await clock.run(ask(asker, anAskRequest({ waitMs: 90_000 })));
  return { delayMs: clock.now() - start - endsAt, polls: genie.polls };
}

/** First poll at once, then an interval that depends on the number of polls alone. */
function waitBySchedule(
  { endsAt }: AnswerTimeline,
  intervalAfter: (poll: number) => number,
): Outcome {
  let at = 0;
  let polls = 1;
  while (at < endsAt) {
    at += intervalAfter(polls);
    polls += 1;
  }
  return { delayMs: at - endsAt, polls };
}
