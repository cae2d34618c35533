// `npm run bench`: all benches one after the other, one table per topic. `--write` also puts the tables into
// docs/benchmarks.md. Timings are no tests: a missed aim is printed, the exit code stays 0.

import { availableParallelism, cpus, totalmem } from "node:os";
import { benchFirstResponse } from "./first-response.ts";
import { createPackedApps } from "./packed-apps.ts";
import { benchStartup } from "./startup.ts";
import { benchTokenBroker } from "./token-broker.ts";
import { renderTopic, type Topic } from "./topic.ts";
import { benchWaiting } from "./waiting.ts";
import { writeDocument } from "./write-document.ts";

const topics: Topic[] = [];
const run = async (bench: () => Promise<Topic>): Promise<void> => {
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
  await run(() => benchStartup(apps));
  await run(() => benchFirstResponse(apps));
  await run(benchTokenBroker);
  await run(benchWaiting);
} finally {
  await apps.remove();
}
if (process.argv.includes("--write")) await writeDocument(machine, topics);
