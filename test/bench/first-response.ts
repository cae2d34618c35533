// The first request that a fresh process answers: here the gateway loads what it did not load at start-up. Each
// kind of request is the first one of its own process, in the development host, against an empty app's first answer.

import { startFunctionsHost } from "../../local/functions-host/start-functions-host.ts";
import { type Stand, startStand } from "../../local/stand/start-stand.ts";
import type { PackedApp, PackedApps } from "./packed-apps.ts";
import { createSubject, type Measure, ratioText, spread, takeTurns } from "./samples.ts";
import type { Topic } from "./topic.ts";

const ROUNDS = 15;
/**
 * In Azure the host listens to queues in a process of its own. Here it would load the storage library into that of the
 * gateway, just when the first request comes: some 200 ms of a core that the empty app, without a queue, does not pay.
 */
export const NO_QUEUES = Object.fromEntries(
  [
    "poll-genie-message",
    "poll-genie-message-poison",
    "deliver-callback",
    "deliver-callback-poison",
    "sweep-operations",
  ].map((name) => [`AzureWebJobs.${name}.Disabled`, "true"]),
);

interface Request {
  readonly path: string;
  readonly method?: "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly expected: number;
}

/** @throws Error when an answer has another status than expected */
export async function benchFirstResponse({ empty, gateway }: PackedApps): Promise<Topic> {
  const stand = await startStand({ appFolder: gateway.folder });
  try {
    const headers = { authorization: `Bearer ${await stand.token("analyst")}` };
    const health: Request = { path: "/health", expected: 200 };
    const refused: Request = { path: "/genie/query-obo", method: "POST", expected: 401 };
    const read: Request = { path: "/genie/conversations", headers, expected: 200 };
    const baseline = createSubject("empty app: GET /health", first(stand, empty, health));
    const subjects = [
      baseline,
      createSubject("gateway: GET /health", first(stand, gateway, health)),
      createSubject(
        "gateway: POST /genie/query-obo, no token: 401",
        first(stand, gateway, refused),
      ),
      createSubject("gateway: GET /genie/conversations as a user", first(stand, gateway, read)),
    ];
    await takeTurns(subjects, ROUNDS);
    return {
      id: "first-response",
      title: "First response of a fresh process",
      columns: ["request", "first ms", "ratio", "same again ms", "ratio"],
      rows: subjects.map((subject) => [
        subject.name,
        spread(subject.values("first"), 1),
        ratioText(subject, baseline, "first"),
        spread(subject.values("again"), 1),
        ratioText(subject, baseline, "again"),
      ]),
      aims: [],
    };
  } finally {
    await stand.close();
  }
}

function first(stand: Stand, { folder }: PackedApp, request: Request): Measure {
  return async () => {
    const host = await startFunctionsHost({
      appFolder: folder,
      env: { ...stand.settings, ...NO_QUEUES },
      trustedCa: stand.certificates.caPem,
    });
    try {
      return { first: await timeOf(host.url, request), again: await timeOf(host.url, request) };
    } finally {
      await host.stop();
    }
  };
}

/** @throws Error when the status is another one than expected */
export async function timeOf(url: string, { path, expected, ...init }: Request): Promise<number> {
  const started = performance.now();
  const response = await fetch(url + path, init);
  await response.text();
  const took = performance.now() - started;
  if (response.status !== expected) throw new Error(`${path} answered ${response.status}`);
  return took;
}
