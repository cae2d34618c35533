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
  mean,
  ratio,
  ratioText,
  spread,
  takeTurns,
} from "./samples.ts";
import { start } from "./startup.ts";
import type { Topic } from "./topic.ts";

const ROUNDS = 15;
/** The exporter is loaded a second after the first answer. */
const UNTIL_LOADED_MS = 1_500;
const MORE = 60;

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
    const subject = (name: string, settings: Settings) => {
      const begin = start(startupChild, gateway, settings);
      const answers = firstAnswers(stand, { folder: gateway.folder, settings, token });
      return createSubject(name, async () => ({ ...(await begin()), ...(await answers()) }));
    };
    const off = subject("off", {});
    const otlp = subject("OTLP", { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    const azure = subject("Application Insights", {
      APPLICATIONINSIGHTS_CONNECTION_STRING: connection,
    });
    await takeTurns([off, otlp, azure], ROUNDS);
    if (collector.traceIds.length === 0 || insights.received.length === 0) {
      throw new Error("a receiver was sent nothing: telemetry was off");
    }
    const figures = ["startMs", "first", "later"];
    return {
      id: "telemetry",
      title: "What telemetry costs",
      columns: [
        "telemetry",
        ...["start ms", "first answer ms", "later ms"].flatMap((name) => [name, "ratio"]),
      ],
      rows: [off, otlp, azure].map((each) => [
        each.name,
        ...figures.flatMap((figure) => [
          spread(each.values(figure), 1),
          ratioText(each, off, figure),
        ]),
      ]),
      aims: [
        aim("start", ratio(azure, off, "startMs"), 1.1),
        aim("first answer", ratio(azure, off, "first"), 1.1),
      ],
    };
  } finally {
    insights.close();
    await collector.close();
    await stand.close();
  }
}

const aim = (what: string, measured: number, atMost: number) => ({
  what: `${what} with Application Insights / without telemetry`,
  atMost,
  measured,
});

interface Answers {
  readonly folder: string;
  readonly settings: Settings;
  readonly token: string;
}

/** The first read of a fresh process as a user, and the mean of those once the exporter is there. */
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
      return { first, later: mean(later) };
    } finally {
      await host.stop();
    }
  };
}
