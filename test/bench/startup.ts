// Cold start of the deployed bundle: from the start of a process to the last registered function, against an empty
// function app. The real worker's own work (gRPC, host) comes on top of both and is not in the figures.

import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { entryKiB, entryOf, type PackedApps } from "./packed-apps.ts";
import { type Measure, median, spread, takeTurns } from "./samples.ts";
import type { StartupReport } from "./startup-child.ts";
import type { Topic } from "./topic.ts";

const ROUNDS = 40;
const run = promisify(execFile);

/** @throws Error when a bundle does not load or registers nothing */
export async function benchStartup(apps: PackedApps): Promise<Topic> {
  const taken = await takeTurns(
    {
      node: startIn(apps.startupChild),
      empty: startIn(apps.startupChild, apps.empty),
      gateway: startIn(apps.startupChild, apps.gateway),
    },
    ROUNDS,
  );
  const of = (subject: keyof typeof taken, figure: string) => taken[subject][figure] ?? [];
  const ratio = median(of("gateway", "totalMs")) / median(of("empty", "totalMs"));
  const row = (name: string, subject: keyof typeof taken, kiB: number): string[] => [
    name,
    `${of(subject, "functions")[0]}`,
    kiB.toFixed(1),
    spread(of(subject, "totalMs"), 1),
    spread(of(subject, "importMs"), 1),
    (median(of(subject, "totalMs")) / median(of("empty", "totalMs"))).toFixed(3),
  ];
  return {
    id: "startup",
    title: "Start-up: process start to all functions registered",
    columns: ["app", "functions", "entry KiB", "start ms", "import ms", "ratio"],
    rows: [
      row("Node alone", "node", 0),
      row("empty function app", "empty", await entryKiB(apps.empty)),
      row("gateway", "gateway", await entryKiB(apps.gateway)),
    ],
    aims: [{ what: "start of the gateway / of the empty app", atMost: 1.2, measured: ratio }],
  };
}

function startIn(child: string, appFolder?: string): Measure {
  const bundle = appFolder === undefined ? [] : [entryOf(join(appFolder, "dist"))];
  return async () => {
    const startedAt = performance.timeOrigin + performance.now();
    // No variable of the developer's shell (NODE_OPTIONS, coverage) may be in the figures.
    const { stdout } = await run(process.execPath, [child, ...bundle], { env: {} });
    const report = JSON.parse(stdout) as StartupReport;
    if (bundle.length > 0 && report.functions === 0) throw new Error("no function registered");
    const { importMs, functions } = report;
    return { totalMs: report.registeredAt - startedAt, importMs, functions };
  };
}
