// A million rows as CSV through the built app, against reading the files behind Databricks' links directly, in one run:
// how fast, and what it adds to the worker's memory; the same for a client that stalls and one that goes away. Client,
// worker and simulated Databricks are processes of their own.

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { startFunctionsHost } from "../../local/functions-host/start-functions-host.ts";
import { type Stand, startStand } from "../../local/stand/start-stand.ts";
import { askForRows, linksOf } from "./large-results.ts";
import type { PackedApps } from "./packed-apps.ts";
import { findChild, memoryOf, processorTimeOf, watchMemory } from "./process-memory.ts";
import type { ReadOrder, ReadReport } from "./read-files.ts";
import { median, spread } from "./samples.ts";
import type { Topic } from "./topic.ts";

const ROWS = 1_000_000;
const ROUNDS = 3;
const STALL_MS = 30_000;
const WARM_UP_ROWS = 20_000;
/** Longer than it takes to notice that a client has gone. */
const SETTLE_MS = 2_000;

type Habit = NonNullable<ReadOrder["habit"]>;

interface Reading extends ReadReport {
  /** MiB over what the worker had before, the highest seen. */
  readonly growthMiB: number;
  /** Of the worker, the development host's own part included. */
  readonly processorMs: number;
}

interface Outcome {
  readonly hostAlone: readonly Reading[];
  readonly direct: readonly ReadReport[];
  readonly through: readonly Reading[];
  readonly stalled: Reading;
  readonly left: Reading;
  /** Rows made for the client that went away; the links of the rest were never asked for. */
  readonly linksAfterLeaving: number;
}

type Client = ReturnType<typeof startClient>;

interface Reader {
  readonly client: Client;
  /** Of the worker. */
  readonly pid: number;
}

interface Actors extends Reader {
  readonly stand: Stand;
}

export async function benchFullDownload({ streaming, gateway }: PackedApps): Promise<Topic> {
  const client = startClient();
  try {
    const hostAlone = await measureHost(streaming.folder, client);
    return topicOf({ hostAlone, ...(await measureGateway(gateway.folder, client)) });
  } finally {
    client.end();
  }
}

/** What the development host itself takes for as many bytes. */
async function measureHost(appFolder: string, client: Client): Promise<readonly Reading[]> {
  const host = await startFunctionsHost({ appFolder });
  try {
    const pid = await findChild("host-process");
    const read = () => readFrom(`${host.url}/file`, {}, { client, pid });
    await read(); // code and connections are warm before anything counts
    return [await read(), await read(), await read()];
  } finally {
    await host.stop();
  }
}

async function measureGateway(appFolder: string, client: Client) {
  const stand = await startStand({
    appFolder,
    withStorage: true,
    questionsPerMinute: 0,
    timings: { scale: 0.02 },
    settings: { GENIE__QUESTIONS_PER_MINUTE: "0" },
  });
  try {
    return await measure({ stand, client, pid: await findChild("host-process") });
  } finally {
    await stand.close();
  }
}

async function measure(actors: Actors): Promise<Omit<Outcome, "hostAlone">> {
  await readThrough(actors, WARM_UP_ROWS); // code and connections are warm before anything counts
  const direct: ReadReport[] = [];
  const through: Reading[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const urls = await linksOf(actors.stand, ROWS);
    direct.push(await actors.client.read({ urls, headers: {} }));
    through.push(await readThrough(actors, ROWS));
  }
  const after = (through[0]?.bytes ?? 0) / 10;
  const stalled = await readThrough(actors, ROWS, { after, stallMs: STALL_MS });
  const calls = () => actors.stand.databricks.calls({ route: "getStatementResultChunk" }).length;
  const before = calls();
  const left = await readThrough(actors, ROWS, { after });
  await sleep(SETTLE_MS);
  return { direct, through, stalled, left, linksAfterLeaving: calls() - before };
}

/** A new question each time, because one download of an attachment starts in a minute. */
async function readThrough(
  { stand, client, pid }: Actors,
  rows: number,
  habit?: Habit,
): Promise<Reading> {
  const headers = { authorization: `Bearer ${await stand.token("app")}` };
  const { path } = await askForRows(stand, rows);
  const url = await readyUrl(`${stand.url}${path}?format=csv&full=true`, headers);
  return readFrom(url, headers, { client, pid, ...(habit ? { habit } : {}) });
}

async function readFrom(
  url: string,
  headers: Record<string, string>,
  { client, pid, habit }: Reader & { readonly habit?: Habit },
): Promise<Reading> {
  const before = await memoryOf(pid);
  const memory = watchMemory(pid);
  const workedBefore = await processorTimeOf(pid);
  const report = await client.read({ urls: [url], headers, ...(habit ? { habit } : {}) });
  const seen = await memory.end();
  const processorMs = (await processorTimeOf(pid)) - workedBefore;
  return { ...report, growthMiB: Math.max(...seen) - before, processorMs };
}

/** Where the 202 leads until the rows are there; the first row is read by the client alone. */
async function readyUrl(first: string, headers: Record<string, string>): Promise<string> {
  for (let url = first; ; ) {
    const stop = new AbortController();
    const reply = await fetch(url, { headers, signal: stop.signal });
    if (reply.status === 200) {
      stop.abort();
      return url;
    }
    const location = reply.headers.get("location");
    if (reply.status !== 202 || location === null) throw new Error(`answered ${reply.status}`);
    url = location;
    await sleep(50);
  }
}

function topicOf(outcome: Outcome): Topic {
  const { hostAlone, direct, through, stalled, left, linksAfterLeaving } = outcome;
  const rate = ({ lines, ms }: ReadReport) => (lines - 1) / ms;
  const ratios = through.map((reading, round) => {
    const baseline = direct[round];
    return baseline === undefined ? Number.NaN : baseline.ms / reading.ms;
  });
  const growth = Math.max(...through.map(({ growthMiB }) => growthMiB));
  const mib = (bytes: number) => (bytes / 2 ** 20).toFixed(0);
  const row = (name: string, readings: readonly Reading[]) => [
    name,
    spread(readings.map(rate), 0),
    mib(readings[0]?.bytes ?? 0),
    median(readings.map(({ ms }) => ms)).toFixed(0),
    median(readings.map(({ processorMs }) => processorMs)).toFixed(0),
    Math.max(...readings.map(({ growthMiB }) => growthMiB)).toFixed(0),
  ];
  return {
    id: "full-download",
    title: `${ROWS.toLocaleString("en")} rows as CSV through the built app`,
    columns: ["reader", "rows/ms", "MiB", "ms", "worker's processor, ms", "its growth, MiB"],
    rows: [
      [
        "Databricks' files, directly",
        spread(
          direct.map(({ ms }) => ROWS / ms),
          0,
        ),
        mib(direct[0]?.bytes ?? 0),
        median(direct.map(({ ms }) => ms)).toFixed(0),
        "",
        "",
      ],
      ["64 MiB from memory, host alone", "", ...row("", hostAlone).slice(2)],
      row("CSV through the gateway", through),
      row(`the same, stalls for ${STALL_MS / 1_000} s`, [stalled]),
      row(`the same, goes away after a tenth (${linksAfterLeaving} links fetched)`, [left]),
    ],
    aims: [
      {
        what: "time against the direct reading (1 / 0.7)",
        atMost: 1.43,
        measured: 1 / median(ratios),
      },
      { what: "MiB of growth", atMost: 64, measured: growth },
      { what: "MiB of growth, client stalls", atMost: 64, measured: stalled.growthMiB },
      { what: "MiB of growth, client goes away", atMost: 64, measured: left.growthMiB },
    ],
  };
}

function startClient() {
  const child: ChildProcess = fork(new URL("read-files.ts", import.meta.url), [], {
    env: { PATH: process.env.PATH },
  });
  return {
    read: async (order: ReadOrder): Promise<ReadReport> => {
      child.send(order);
      const [report]: ReadReport[] = await once(child, "message");
      if (report === undefined) throw new Error("the client said nothing");
      return report;
    },
    end: () => void child.kill(),
  };
}
