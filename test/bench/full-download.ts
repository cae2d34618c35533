// A million rows as CSV through the built app, against reading the files behind Databricks' links directly, in one run:
// how fast, and what it adds to the worker's memory; the same for a client that stalls and one that goes away. Client,
// worker and simulated Databricks are processes of their own.

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { DATABRICKS_RESOURCE_ID } from "../../local/entra/resources.ts";
import { SPACE_IDS } from "../../local/stand/simulated-workspace.ts";
import { type Stand, startStand } from "../../local/stand/start-stand.ts";
import { GATEWAY_API } from "../../local/users.ts";
import { answerSchema } from "../../shared/contracts/answer.ts";
import type { PackedApps } from "./packed-apps.ts";
import { findChild, memoryOf, processorTimeOf } from "./process-memory.ts";
import type { ReadOrder, ReadReport } from "./read-files.ts";
import { median, spread } from "./samples.ts";
import type { Topic } from "./topic.ts";

const ROWS = 1_000_000;
const ROUNDS = 3;
const STALL_MS = 30_000;
const MEMORY_EVERY_MS = 100;
const QUESTION = "a million rows";
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
  readonly direct: readonly ReadReport[];
  readonly through: readonly Reading[];
  readonly stalled: Reading;
  readonly left: Reading;
  /** Rows made for the client that went away; the links of the rest were never asked for. */
  readonly linksAfterLeaving: number;
}

interface Actors {
  readonly stand: Stand;
  readonly client: ReturnType<typeof startClient>;
  /** Of the worker. */
  readonly pid: number;
}

export async function benchFullDownload({ gateway }: PackedApps): Promise<Topic> {
  const stand = await startStand({
    appFolder: gateway.folder,
    withStorage: true,
    questionsPerMinute: 0,
    timings: { scale: 0.02 },
    settings: { GENIE__QUESTIONS_PER_MINUTE: "0" },
  });
  const client = startClient();
  try {
    return topicOf(await measure({ stand, client, pid: await findChild("host-process") }));
  } finally {
    client.end();
    await stand.close();
  }
}

async function measure(actors: Actors): Promise<Outcome> {
  await readThrough(actors, WARM_UP_ROWS); // code and connections are warm before anything counts
  const direct: ReadReport[] = [];
  const through: Reading[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const urls = await linksOf(actors.stand);
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
  const { path } = await ask(stand, rows);
  const url = await readyUrl(`${stand.url}${path}?format=csv&full=true`, headers);
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

/** The files of a download that is started without the gateway. */
async function linksOf(stand: Stand): Promise<readonly string[]> {
  const token = await stand.entra.issueAppToken({
    clientId: GATEWAY_API.clientId,
    resource: DATABRICKS_RESOURCE_ID,
  });
  const headers = { authorization: `Bearer ${token}` };
  const send = async (path: string, method = "GET"): Promise<Wire> => {
    const reply = await fetch(`${stand.databricks.url}${path}`, { method, headers });
    const wire: Wire = JSON.parse(await reply.text());
    return wire;
  };
  const { upstream } = await ask(stand, ROWS);
  const { download_id, download_id_signature } = await send(`${upstream}/downloads`, "POST");
  const download = `${upstream}/downloads/${download_id}?download_id_signature=${download_id_signature}`;
  for (;;) {
    const { statement_response: statement } = await send(download);
    const files = statement?.manifest?.total_chunk_count ?? 0;
    const urls: string[] = [];
    for (let file = 0; file < files; file += 1) {
      const path = `/api/2.0/sql/statements/${statement?.statement_id}/result/chunks/${file}`;
      urls.push((await send(path)).external_links?.[0]?.external_link ?? "");
    }
    if (urls.length > 0) return urls;
    await sleep(50);
  }
}

interface Wire {
  readonly download_id?: string;
  readonly download_id_signature?: string;
  readonly external_links?: readonly { readonly external_link: string }[];
  readonly statement_response?: {
    readonly statement_id?: string;
    readonly manifest?: { readonly total_chunk_count?: number };
  };
}

/** A question whose answer has so many rows: its result at the gateway, and its attachment at Databricks. */
async function ask(stand: Stand, rows: number) {
  stand.databricks.script(QUESTION, {
    stages: [],
    result: { columns: COLUMNS, rows: rowsOf(rows) },
  });
  const reply = await fetch(`${stand.url}/genie/query-app?max_rows=0`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${await stand.token("app")}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ query: QUESTION }),
  });
  const answer = answerSchema.parse(await reply.json());
  const attachment = answer.results[0]?.attachment_id;
  const message = `${answer.conversation_id}/messages/${answer.message_id}`;
  const space = `/api/2.0/genie/spaces/${SPACE_IDS.default}`;
  return {
    path: `/genie/conversation/${message}/results/${attachment}`,
    upstream: `${space}/conversations/${message}/attachments/${attachment}`,
  };
}

const COLUMNS = [
  { name: "id", type: "LONG" },
  { name: "origin", type: "STRING" },
  { name: "carrier", type: "STRING" },
  { name: "delay", type: "DOUBLE" },
  { name: "departed", type: "TIMESTAMP" },
  { name: "remark", type: "STRING" },
] as const;

/** Made while they are read, so that a million rows take no memory. */
function rowsOf(count: number) {
  const row = (n: number) => [
    String(n),
    "SEA",
    `Carrier ${n % 17}`,
    String((n % 977) / 4 - 30),
    "2026-01-31T23:59:59.123Z",
    n % 5 === 0 ? null : 'late, "again"',
  ];
  const read = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, at) => row(from + at));
  return { count, read };
}

function topicOf({ direct, through, stalled, left, linksAfterLeaving }: Outcome): Topic {
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
    median(readings.map(({ processorMs }) => processorMs)).toFixed(0),
    Math.max(...readings.map(({ growthMiB }) => growthMiB)).toFixed(0),
  ];
  return {
    id: "full-download",
    title: `${ROWS.toLocaleString("en")} rows as CSV through the built app`,
    columns: ["reader", "rows/ms", "MiB read", "worker's processor, ms", "its growth, MiB"],
    rows: [
      [
        "Databricks' files, directly",
        spread(
          direct.map(({ ms }) => ROWS / ms),
          0,
        ),
        mib(direct[0]?.bytes ?? 0),
        "",
        "",
      ],
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

function watchMemory(pid: number) {
  const seen: number[] = [];
  const look = async () => void seen.push(await memoryOf(pid));
  const timer = setInterval(() => void look().catch(() => clearInterval(timer)), MEMORY_EVERY_MS);
  return {
    end: async (): Promise<readonly number[]> => {
      clearInterval(timer);
      await look();
      return seen;
    },
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
