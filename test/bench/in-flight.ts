// 1,000 questions in flight on one worker: what they add to its memory and to the time of a cheap request. The worker
// is the packed app in the development host; load generator, storage and worker are processes of their own.

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { type Stand, startStand } from "../../local/stand/start-stand.ts";
import type { LoadOrder, LoadPlan, LoadReport } from "./in-flight-load.ts";
import type { PackedApps } from "./packed-apps.ts";
import { findChild, processorTimeOf, watchMemory } from "./process-memory.ts";
import { median, quantile } from "./samples.ts";
import type { Topic } from "./topic.ts";

const IN_FLIGHT = 1_000;
const ASKS_PER_S = 40;
/** The baseline needs no storage. */
const HOLDS_PER_S = 200;
const WARM_UP = 40;
const PROBES = 400;
const PROBE_EVERY_MS = 25;
const SETTLE_MS = 3_000;
const QUESTION = "a question without an end";

interface Outcome {
  readonly name: string;
  readonly idle: Phase;
  readonly loaded: Phase;
  readonly failed: number;
  readonly pollsPerS: number;
}

interface Phase {
  readonly ms: readonly number[];
  /** MiB, the highest and the median seen. */
  readonly peakMiB: number;
  readonly medianMiB: number;
  /** Of one core, by the worker process; 0 to 1. */
  readonly busy: number;
}

export async function benchInFlight({ holding, gateway }: PackedApps): Promise<Topic> {
  // First the baseline: what the development host itself takes for each open request.
  const outcomes = [
    await measure(holding.folder, {
      name: "holding app, waiting POSTs",
      prefer: "wait=200",
      ratePerS: HOLDS_PER_S,
    }),
    await measure(gateway.folder, {
      name: "gateway, waiting POSTs",
      prefer: "wait=200",
      ratePerS: ASKS_PER_S,
    }),
    await measure(gateway.folder, {
      name: "gateway, driven by the poller",
      prefer: "respond-async",
      ratePerS: ASKS_PER_S,
    }),
  ];
  return {
    id: "in-flight",
    title: `${IN_FLIGHT} questions in flight on one worker`,
    columns: [
      "worker",
      "RSS MiB",
      "growth",
      "p50 ms",
      "added",
      "p99 ms",
      "added",
      "polls/s",
      "core busy %",
      "lost",
    ],
    rows: outcomes.flatMap(rows),
    aims: outcomes.slice(1).flatMap(({ name, idle, loaded }) => [
      { what: `${name}: MiB of growth`, atMost: 64, measured: growth({ idle, loaded }) },
      { what: `${name}: ms added at p99`, atMost: 50, measured: added({ idle, loaded }, 0.99) },
    ]),
  };
}

const busy = (phase: Phase) => (phase.busy * 100).toFixed(0);
type Pair = Pick<Outcome, "idle" | "loaded">;
const growth = ({ idle, loaded }: Pair) => loaded.peakMiB - idle.medianMiB;
const added = ({ idle, loaded }: Pair, share: number) =>
  quantile(loaded.ms, share) - quantile(idle.ms, share);

function rows({ name, idle, loaded, failed, pollsPerS }: Outcome): string[][] {
  const pair = { idle, loaded };
  const of = ({ ms }: Phase, share: number) => quantile(ms, share).toFixed(1);
  return [
    [
      `${name}: idle`,
      idle.medianMiB.toFixed(0),
      "",
      of(idle, 0.5),
      "",
      of(idle, 0.99),
      "",
      "0",
      busy(idle),
      "",
    ],
    [
      `${name}: ${IN_FLIGHT} in flight`,
      loaded.peakMiB.toFixed(0),
      growth(pair).toFixed(0),
      of(loaded, 0.5),
      added(pair, 0.5).toFixed(1),
      of(loaded, 0.99),
      added(pair, 0.99).toFixed(1),
      pollsPerS.toFixed(0),
      busy(loaded),
      `${failed}`,
    ],
  ];
}

interface Variant {
  readonly name: string;
  readonly prefer: string;
  readonly ratePerS: number;
}

async function measure(appFolder: string, { name, prefer, ratePerS }: Variant): Promise<Outcome> {
  const stand = await startStand({
    appFolder,
    withStorage: true,
    questionsPerMinute: 0,
    settings: { GENIE__QUESTIONS_PER_MINUTE: "0", GENIE__MAX_WAIT_SECONDS: "200" },
  });
  try {
    const pid = await findChild("host-process");
    const token = await stand.token("app");
    const probeUrl = await endedOperation(stand, token);
    const plan = {
      askUrl: `${stand.url}/genie/query-app`,
      probeUrl,
      token,
      prefer,
      query: QUESTION,
    };
    return { name, ...(await compare({ stand, pid, ratePerS }, plan)) };
  } finally {
    await stand.close();
  }
}

async function compare(
  {
    stand,
    pid,
    ratePerS,
  }: { readonly stand: Stand; readonly pid: number; readonly ratePerS: number },
  plan: LoadPlan,
) {
  const load = startLoad(plan);
  try {
    // Code and connections are warm before anything counts.
    stand.databricks.script(QUESTION, { ...WARM, times: WARM_UP });
    await load.order({ kind: "ask", count: WARM_UP, ratePerS: ASKS_PER_S });
    await sleep(SETTLE_MS);
    await load.order({ kind: "probe", times: PROBES / 4, everyMs: PROBE_EVERY_MS });
    const idle = await watch(pid, load.probe());
    stand.databricks.clearScripts();
    stand.databricks.script(QUESTION, { ...ENDLESS, times: IN_FLIGHT });
    const ramp = watchMemory(pid);
    const asked = await load.order({ kind: "ask", count: IN_FLIGHT, ratePerS });
    await sleep(SETTLE_MS);
    const pollsBefore = stand.databricks.calls({ route: "getMessage" }).length;
    const loaded = await watch(pid, load.probe());
    const polls = stand.databricks.calls({ route: "getMessage" }).length - pollsBefore;
    const peakMiB = Math.max(loaded.peakMiB, ...(await ramp.end()));
    return {
      idle,
      loaded: { ...loaded, peakMiB },
      failed: asked.failed + loaded.failed,
      pollsPerS: (polls * 1_000) / (PROBES * PROBE_EVERY_MS),
    };
  } finally {
    load.end();
  }
}

const WARM = { stages: [{ status: "ASKING_AI", forMs: 500 }] };
const ENDLESS = {
  stages: [{ status: "ASKING_AI", forMs: 1 }],
  outcome: { kind: "never" },
} as const;

/** Link to the monitor of an operation that has ended: one read of the storage, no call to Databricks. */
async function endedOperation(stand: Stand, token: string): Promise<string> {
  stand.databricks.script(QUESTION, WARM);
  const response = await fetch(`${stand.url}/genie/query-app`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ query: QUESTION }),
  });
  const body: unknown = await response.json();
  const id =
    typeof body === "object" && body !== null && "operation_id" in body && body.operation_id;
  if (response.status !== 200 || !id)
    throw new Error(`the first answer came with ${response.status}`);
  return `${stand.url}/genie/operations/${id}`;
}

async function watch(pid: number, probing: Promise<Probed>): Promise<Phase & { failed: number }> {
  const memory = watchMemory(pid);
  const [startedAt, before] = [performance.now(), await processorTimeOf(pid)];
  const { ms, failed } = await probing;
  const busy = ((await processorTimeOf(pid)) - before) / (performance.now() - startedAt);
  const seen = await memory.end();
  return { ms, failed, peakMiB: Math.max(...seen), medianMiB: median(seen), busy };
}

type Probed = Extract<LoadReport, { kind: "probed" }>;

function startLoad(plan: LoadPlan) {
  const child: ChildProcess = fork(new URL("in-flight-load.ts", import.meta.url), [], {
    env: { PATH: process.env.PATH, LOAD_PLAN: JSON.stringify(plan) },
  });
  const order = async (what: LoadOrder): Promise<LoadReport> => {
    child.send(what);
    const [report]: LoadReport[] = await once(child, "message");
    if (report === undefined) throw new Error("the load generator said nothing");
    return report;
  };
  return {
    order,
    probe: async (): Promise<Probed> => {
      const report = await order({ kind: "probe", times: PROBES, everyMs: PROBE_EVERY_MS });
      if (report.kind !== "probed") throw new Error("the load generator did something else");
      return report;
    },
    end: () => void child.kill(),
  };
}
