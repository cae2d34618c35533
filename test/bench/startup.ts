// Cold start of the deployed bundle: from the start of a process to the last registered function, against an empty
// function app. The real worker's own work (gRPC, host) comes on top of both and is not in the figures.

import { execFile } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { childEnvironment } from "../../local/functions-host/child-environment.ts";
import type { PackedApp, PackedApps } from "./packed-apps.ts";
import {
  createSubject,
  type Measure,
  ratio,
  ratioText,
  type Subject,
  spread,
  takeTurns,
} from "./samples.ts";
import type { StartupReport } from "./startup-child.ts";
import type { Topic } from "./topic.ts";

const ROUNDS = 60;
const run = promisify(execFile);

/** @throws Error when a bundle does not load or registers nothing */
export async function benchStartup({ empty, gateway, startupChild }: PackedApps): Promise<Topic> {
  const node = createSubject("Node alone", start(startupChild));
  const baseline = createSubject("empty function app", start(startupChild, empty));
  const ours = createSubject("gateway", start(startupChild, gateway));
  await takeTurns([node, baseline, ours], ROUNDS);
  const row = (subject: Subject, kiB: number): string[] => [
    subject.name,
    `${subject.values("functions")[0]}`,
    kiB.toFixed(0),
    spread(subject.values("startMs"), 1),
    ratioText(subject, baseline, "startMs"),
    spread(subject.values("importMs"), 1),
  ];
  const measured = ratio(ours, baseline, "startMs");
  return {
    id: "startup",
    title: "Start-up: process start to all functions registered",
    columns: ["app", "functions", "KiB loaded", "start ms", "ratio", "of it import ms"],
    rows: [row(node, 0), row(baseline, empty.startupKiB), row(ours, gateway.startupKiB)],
    aims: [{ what: "start of the gateway / of the empty app", atMost: 1.2, measured }],
  };
}

/** One start in a process of its own, with these settings and no others. */
export function start(
  child: string,
  app?: PackedApp,
  settings: Readonly<Record<string, string>> = {},
): Measure {
  const bundle =
    app === undefined ? [] : [pathToFileURL(join(app.folder, "dist", "main.mjs")).href];
  // No variable of the developer's shell (NODE_OPTIONS and others) may be in the figures.
  const env = childEnvironment(settings);
  return async () => {
    const startedAt = process.hrtime.bigint();
    const { stdout } = await run(process.execPath, [child, ...bundle], { env });
    const { registeredAt, importMs, functions } = JSON.parse(stdout) as StartupReport;
    if (app !== undefined && functions === 0) throw new Error("no function registered");
    return { startMs: Number(BigInt(registeredAt) - startedAt) / 1e6, importMs, functions };
  };
}
