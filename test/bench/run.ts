// `npm run bench`: all benches one after the other, one table per topic. `--write` also puts the tables into
// docs/benchmarks.md, `--only <id>` runs one topic. Timings are no tests: a missed aim is printed, the exit code stays 0.

import { availableParallelism, cpus, totalmem } from "node:os";
import { benchAnswerCosts } from "./answer-costs.ts";
import { benchBurst } from "./burst.ts";
import { benchFirstResponse } from "./first-response.ts";
import { benchFullDownload } from "./full-download.ts";
import { benchInFlight } from "./in-flight.ts";
import { createPackedApps } from "./packed-apps.ts";
import { benchStartup } from "./startup.ts";
import { benchTelemetry } from "./telemetry.ts";
import { benchTokenBroker } from "./token-broker.ts";
import { renderTopic, type Topic } from "./topic.ts";
import { benchWaiting } from "./waiting.ts";
import { writeDocument } from "./write-document.ts";

const topics: Topic[] = [];
const only = process.argv[process.argv.indexOf("--only") + 1];
const runsAll = !process.argv.includes("--only");

const run = async (id: string, bench: () => Promise<Topic>): Promise<void> => {
  if (!runsAll && only !== id) return;
  const topic = await bench();
  topics.push(topic);
  console.info(`${topic.title}\n\n${renderTopic(topic)}\n`);
};

const machine = `${availableParallelism()} cores (${cpus()[0]?.model.trim() || process.arch}), ${Math.round(
  totalmem() / 2 ** 30,
)} GiB, ${process.platform}, Node ${process.versions.node}`;
console.info(`${machine}\n`);

const apps = await createPackedApps();
try {
  await run("startup", () => benchStartup(apps));
  await run("first-response", () => benchFirstResponse(apps));
  await run("telemetry", () => benchTelemetry(apps));
  await run("token-broker", benchTokenBroker);
  await run("waiting", benchWaiting);
  await run("answer-costs", benchAnswerCosts);
  await run("burst", benchBurst);
  await run("full-download", () => benchFullDownload(apps));
  await run("in-flight", () => benchInFlight(apps));
} finally {
  await apps.remove();
}
if (process.argv.includes("--write")) await writeDocument(machine, topics);
