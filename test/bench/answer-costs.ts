// What one answer costs: requests to the storage account and calls to Databricks, counted where they arrive. The
// gateway is real, in this process; its clock jumps, so that an answer of 15 s takes none.

import { createRandom } from "../../local/databricks/seeded-random.ts";
import { ANALYST } from "../../local/users.ts";
import type { Part, Transaction } from "./counted-storage.ts";
import { type Lab, type LabQuestion, type LabReply, startGatewayLab } from "./gateway-lab.ts";
import { createQueueHost } from "./queue-host.ts";
import { mean, spread } from "./samples.ts";
import type { Topic } from "./topic.ts";

const ANSWERS_EACH = 8;
const WAITED_TRANSACTIONS = 12;
const MOST_CALLS = 10;
/** For the line: questions never wait for a slot here. */
const QUESTIONS_PER_MINUTE = 1_000;
const PARTS: readonly Part[] = ["operations", "budget", "conversations", "ledger", "queue"];

interface Cost {
  readonly transactions: readonly Transaction[];
  readonly calls: number;
  readonly polls: number;
}

interface Kind {
  readonly name: string;
  readonly isPolled: boolean;
  readonly as: "user" | "app";
  readonly isFollowUp: boolean;
  readonly hasKey: boolean;
}

const kinds: readonly Kind[] = [
  ...(["user", "app"] as const).flatMap((as) =>
    [false, true].flatMap((isFollowUp) =>
      [false, true].map((hasKey) => ({
        name: `${as}, ${isFollowUp ? "follow-up" : "first question"}${hasKey ? ", key" : ""}`,
        isPolled: false,
        as,
        isFollowUp,
        hasKey,
      })),
    ),
  ),
  {
    name: "app, driven by the poller",
    isPolled: true,
    as: "app",
    isFollowUp: false,
    hasKey: false,
  },
];

/** @throws Error when a question is not answered */
export async function benchAnswerCosts(): Promise<Topic> {
  const lab = await startGatewayLab({ questionsPerMinute: QUESTIONS_PER_MINUTE });
  try {
    const tokens = { user: await lab.tokenOf(ANALYST), app: await lab.appToken() };
    await measure(lab, tokens, kinds); // makes tables, fetches keys
    const rounds: Cost[][] = [];
    while (rounds.length < ANSWERS_EACH) rounds.push(await measure(lab, tokens, kinds));
    const measured = kinds.map((kind, index) => ({
      kind,
      costs: rounds.flatMap((round) => round[index] ?? []),
    }));
    return {
      id: "answer-costs",
      title: "Storage transactions and Databricks calls per answer",
      columns: ["answer", "transactions", ...PARTS, "Databricks calls", "of it polls"],
      rows: measured.map(({ kind, costs }) => row(kind, costs)),
      aims: aims(measured),
    };
  } finally {
    await lab.close();
  }
}

type Tokens = Readonly<Record<"user" | "app", string>>;

/** One answer of each kind, in turns. */
async function measure(lab: Lab, tokens: Tokens, all: readonly Kind[]): Promise<Cost[]> {
  const costs: Cost[] = [];
  for (const kind of all) costs.push(await costOf(lab, tokens[kind.as], kind));
  return costs;
}

async function costOf(lab: Lab, token: string, kind: Kind): Promise<Cost> {
  const { as, isFollowUp, hasKey, isPolled } = kind;
  const query = "average delay by carrier";
  const opened = isFollowUp
    ? await lab.clock.run(answered(lab, { as, token, body: { query } }))
    : undefined;
  const body = { query, ...(opened && { conversation_id: String(opened.body.conversation_id) }) };
  const headers = {
    ...(hasKey && { "idempotency-key": crypto.randomUUID() }),
    prefer: isPolled ? "respond-async" : "wait=200",
  };
  lab.storage.reset();
  lab.databricks.clearCalls();
  const question = { as, token, body, headers };
  await (isPolled ? drivenByPoller(lab, question) : lab.clock.run(answered(lab, question)));
  await lab.clock.settled();
  return {
    transactions: [...lab.storage.transactions],
    calls: lab.databricks.calls().length,
    polls: lab.databricks.calls({ route: "getMessage" }).length,
  };
}

async function answered(lab: Lab, question: LabQuestion): Promise<LabReply> {
  const reply = await lab.ask(question);
  if (reply.status !== 200) throw new Error(`a question was answered with ${reply.status}`);
  return reply;
}

const random = createRandom(1);

/** Runs what the host would run when a message becomes visible, until none follows; then the caller comes back. */
async function drivenByPoller(lab: Lab, question: LabQuestion): Promise<void> {
  const { body, status } = await lab.clock.run(lab.ask(question));
  if (status !== 202) throw new Error(`a question was accepted with ${status}`);
  const id = String(body.operation_id);
  const host = createQueueHost(random);
  let seen = 0;
  for (;;) {
    const messages = lab.storage.transactions.filter(({ kind }) => kind === "message");
    const message = messages[seen++];
    if (message === undefined) break;
    const at = host.receivedAt(lab.clock.now() + message.visibleAfterS * 1_000);
    await lab.clock.run(lab.clock.sleep(at - lab.clock.now()));
    await lab.clock.run(lab.next().worker.pollGenieMessage(id));
  }
  const reply = await lab.clock.run(lab.result(question.token, id));
  if (reply.status !== 200) throw new Error(`an operation ended with ${reply.status}`);
}

function row({ name }: Kind, costs: readonly Cost[]): string[] {
  return [
    name,
    spread(
      costs.map(({ transactions }) => transactions.length),
      0,
    ),
    ...PARTS.map((part) => partText(costs, part)),
    spread(
      costs.map(({ calls }) => calls),
      0,
    ),
    mean(costs.map(({ polls }) => polls)).toFixed(1),
  ];
}

/** `1.0 read + 3.4 write`: means, so that they add up. */
function partText(costs: readonly Cost[], part: Part): string {
  const words = (["read", "write", "batch", "message"] as const).flatMap((kind) => {
    const each = costs.map(({ transactions }) => countOf(transactions, part, kind));
    return mean(each) === 0 ? [] : [`${mean(each).toFixed(1)} ${kind}`];
  });
  return words.join(" + ") || "0";
}

function countOf(all: readonly Transaction[], part: Part, kind: Transaction["kind"]): number {
  return all.filter((each) => each.part === part && each.kind === kind).length;
}

interface Measured {
  readonly kind: Kind;
  readonly costs: readonly Cost[];
}

/** The dearest kind counts, by its mean. */
function aims(measured: readonly Measured[]): Topic["aims"] {
  const dearest = (isPolled: boolean, value: (cost: Cost) => number): number =>
    Math.max(
      ...measured
        .filter(({ kind }) => kind.isPolled === isPolled)
        .map(({ costs }) => mean(costs.map(value))),
    );
  const allowed = ({ polls }: Cost) => 10 + 5 * polls;
  return [
    {
      what: "transactions of the dearest answer that its own request waited for",
      atMost: WAITED_TRANSACTIONS,
      measured: dearest(false, ({ transactions }) => transactions.length),
    },
    {
      what: "transactions of an answer driven by the poller / (10 + 5 per poll)",
      atMost: 1,
      measured: dearest(true, (cost) => cost.transactions.length / allowed(cost)),
    },
    {
      what: "Databricks calls of an answer that its own request waited for",
      atMost: MOST_CALLS,
      measured: dearest(false, ({ calls }) => calls),
    },
    {
      what: "Databricks calls of an answer driven by the poller",
      atMost: MOST_CALLS,
      measured: dearest(true, ({ calls }) => calls),
    },
  ];
}
