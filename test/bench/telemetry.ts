// What telemetry costs: start-up, the first answer of a fresh process and the answers after it, of the packed gateway with
// telemetry sent to a receiver on this machine, against the same gateway without. The receivers are the bench's own process.

import { setTimeout as pause } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { startFunctionsHost } from "../../local/functions-host/start-functions-host.ts";
import { type Stand, startStand } from "../../local/stand/start-stand.ts";
import { startTraceReceiver } from "../../local/telemetry/trace-receiver.ts";
import { startIngestion } from "../integration/telemetry/ingestion.ts";
import { NO_QUEUES, timeOf } from "./first-response.ts";
import type { PackedApps } from "./packed-apps.ts";
import {
  createSubject,
  type Measure,
  median,
  ratio,
  ratioText,
  type Subject,
  spread,
  takeTurns,
} from "./samples.ts";
import { start } from "./startup.ts";
import type { Topic } from "./topic.ts";

/** A start takes a twentieth of the time of an answer. */
const STARTS = 60;
const ROUNDS = 15;
/** The exporter is loaded a second after the first answer. */
const UNTIL_LOADED_MS = 1_500;
const MORE = 200;

type Settings = Readonly<Record<string, string>>;

/** @throws Error when an answer has another status than expected, or a receiver was sent nothing */
export async function benchTelemetry({ gateway, startupChild }: PackedApps): Promise<Topic> {
  const stand = await startStand({ appFolder: gateway.folder });
  const collector = await startTraceReceiver();
  const insights = await startIngestion(stand.certificates, gunzipSync);
  try {
    const key = "00000000-0000-4000-8000-000000000000";
    const connection = `InstrumentationKey=${key};IngestionEndpoint=${insights.url}`;
    const token = await stand.token("analyst");
    const settings: Readonly<Record<string, Settings>> = {
      off: {},
      OTLP: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
      "Application Insights": { APPLICATIONINSIGHTS_CONNECTION_STRING: connection },
    };
    const subjects = (measure: (settings: Settings) => Measure) =>
      Object.entries(settings).map(([name, each]) => createSubject(name, measure(each)));
    const starts = subjects((each) => start(startupChild, gateway, each));
    await takeTurns(starts, STARTS);
    const { folder } = gateway;
    const answers = subjects((each) => firstAnswers(stand, { folder, settings: each, token }));
    await takeTurns(answers, ROUNDS);
    if (collector.traceIds.length === 0 || insights.received.length === 0) {
      throw new Error("a receiver was sent nothing: telemetry was off");
    }
    return topicOf(starts, answers);
  } finally {
    insights.close();
    await collector.close();
    await stand.close();
  }
}

function topicOf(starts: readonly Subject[], answers: readonly Subject[]): Topic {
  const cells = (subjects: readonly Subject[], figure: string) => (row: number) => {
    const [subject, off] = [subjects[row], subjects[0]];
    if (subject === undefined || off === undefined) throw new RangeError(`no row ${row}`);
    return [spread(subject.values(figure), 1), ratioText(subject, off, figure)];
  };
  const parts = [cells(starts, "startMs"), cells(answers, "first"), cells(answers, "later")];
  const aim = (what: string, [off, , azure]: readonly Subject[], figure: string) => ({
    what: `${what} with Application Insights / without telemetry`,
    atMost: 1.1,
    measured: off === undefined || azure === undefined ? Number.NaN : ratio(azure, off, figure),
  });
  return {
    id: "telemetry",
    title: "What telemetry costs",
    columns: ["telemetry", "start ms", "ratio", "first answer ms", "ratio", "later ms", "ratio"],
    rows: starts.map(({ name }, row) => [name, ...parts.flatMap((part) => part(row))]),
    aims: [aim("start", starts, "startMs"), aim("first answer", answers, "first")],
  };
}

interface Answers {
  readonly folder: string;
  readonly settings: Settings;
  readonly token: string;
}

/** The first read of a fresh process as a user, and the median of those once the exporter is there. */
function firstAnswers(stand: Stand, { folder, settings, token }: Answers): Measure {
  const headers = { authorization: `Bearer ${token}` };
  const read = { path: "/genie/conversations", headers, expected: 200 };
  return async () => {
    const host = await startFunctionsHost({
      appFolder: folder,
      env: { ...stand.settings, ...NO_QUEUES, ...settings },
      trustedCa: stand.certificates.caPem,
    });
    try {
      const first = await timeOf(host.url, read);
      await pause(UNTIL_LOADED_MS);
      const later: number[] = [];
      for (let turn = 0; turn < MORE; turn++) later.push(await timeOf(host.url, read));
      return { first, later: median(later) };
    } finally {
      await host.stop();
    }
  };
}
