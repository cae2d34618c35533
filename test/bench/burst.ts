// A burst over the question budget, on three instances with one storage: every caller has a waiting request open until
// its answer is there. The clock jumps, so that minutes take seconds; what is compared is the time on that clock.

import type { SimulatedUser } from "../../local/users.ts";
import { type Lab, type LabReply, startGatewayLab } from "./gateway-lab.ts";
import type { Topic } from "./topic.ts";

const QUESTIONS = 40;
const USERS = 5;
const INSTANCES = 3;
const WINDOW_MS = 60_000;
/** The workspace's own limit (genie-api.md), and twice that. */
const BUDGETS = [5, 10] as const;

const analysts: readonly SimulatedUser[] = Array.from({ length: USERS }, (_, index) => ({
  name: `analyst-${index}`,
  objectId: `a1000000-0000-4000-8000-00000000010${index}`,
  userName: `analyst-${index}@example.com`,
  displayName: `Analyst ${index}`,
}));

interface Outcome {
  readonly perMinute: number;
  /** From the first ask to the last one, and the least that the budget allows. */
  readonly tookMs: number;
  readonly leastMs: number;
  readonly refused: number;
  readonly failed: number;
  readonly mostInAMinute: number;
  readonly outOfOrder: number;
}

export async function benchBurst(): Promise<Topic> {
  const outcomes: Outcome[] = [];
  for (const perMinute of BUDGETS) outcomes.push(await burst(perMinute));
  return {
    id: "burst",
    title: "A burst over the question budget",
    columns: [
      "burst",
      "seconds",
      "least possible",
      "ratio",
      "429",
      "other failures",
      "out of order",
      "most asks in 60 s",
    ],
    rows: outcomes.map((outcome) => [
      `${QUESTIONS} questions at ${outcome.perMinute} a minute`,
      (outcome.tookMs / 1_000).toFixed(1),
      (outcome.leastMs / 1_000).toFixed(0),
      (outcome.tookMs / outcome.leastMs).toFixed(4),
      `${outcome.refused}`,
      `${outcome.failed}`,
      `${outcome.outOfOrder}`,
      `${outcome.mostInAMinute}`,
    ]),
    aims: outcomes.flatMap(({ perMinute, tookMs, leastMs, refused, failed }) => [
      {
        what: `time of the burst at ${perMinute} a minute / the least possible`,
        atMost: 1.03,
        measured: tookMs / leastMs,
      },
      {
        what: `failures in the burst at ${perMinute} a minute`,
        atMost: 0,
        measured: refused + failed,
      },
    ]),
  };
}

async function burst(perMinute: number): Promise<Outcome> {
  const lab = await startGatewayLab({
    questionsPerMinute: perMinute,
    instances: INSTANCES,
    moreAnalysts: analysts,
  });
  try {
    return await run(lab, perMinute);
  } finally {
    await lab.close();
  }
}

async function run(lab: Lab, perMinute: number): Promise<Outcome> {
  const tokens = await Promise.all(analysts.map(lab.tokenOf));
  const questions = Array.from({ length: QUESTIONS }, (_, index) => `average delay, ${index}`);
  const callers: Promise<readonly number[]>[] = [];
  for (const [index, question] of questions.entries()) {
    const before = budgetWrites(lab);
    callers.push(seeThrough(lab, tokens[index % USERS] ?? "", question));
    await placed(lab, before);
  }
  const statuses = await lab.clock.run(Promise.all(callers));
  const asks = lab.databricks.asks();
  const refused = statuses.flat().filter((status) => status === 429).length;
  return {
    perMinute,
    tookMs: (asks.at(-1)?.at ?? Number.NaN) - (asks[0]?.at ?? Number.NaN),
    leastMs: (Math.ceil(QUESTIONS / perMinute) - 1) * WINDOW_MS,
    refused,
    failed: statuses.filter((each) => each.at(-1) !== 200 && each.at(-1) !== 429).length,
    mostInAMinute: lab.databricks.mostAsksInAnyMinute(),
    outOfOrder: passedOver(questions, asks),
  };
}

/** How many were asked more than a second before one that came earlier: slots that fall free together have no order. */
function passedOver(questions: readonly string[], asks: ReturnType<Lab["databricks"]["asks"]>) {
  const times = new Map(asks.map(({ question, at }) => [question, at]));
  const askedAt = questions.map((question) => times.get(question) ?? Number.POSITIVE_INFINITY);
  return askedAt.filter((at, place) => at + 1_000 < Math.max(...askedAt.slice(0, place))).length;
}

/** Its place in the line is taken before the next one comes; time stands still meanwhile. */
async function placed(lab: Lab, before: number): Promise<void> {
  while (budgetWrites(lab) === before) await lab.clock.settled();
  await lab.clock.settled();
}

function budgetWrites({ storage }: Lab): number {
  return storage.transactions.filter(({ part, kind }) => part === "budget" && kind !== "read")
    .length;
}

/** All statuses that the caller of one question saw. */
async function seeThrough(lab: Lab, token: string, query: string): Promise<readonly number[]> {
  const headers = { prefer: "wait=200" };
  let reply: LabReply = await lab.ask({ as: "user", token, body: { query }, headers });
  const statuses = [reply.status];
  while (reply.status === 202) {
    reply = await lab.result(token, String(reply.body.operation_id));
    statuses.push(reply.status);
  }
  return statuses;
}
