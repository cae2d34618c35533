// The first request that a fresh process answers: here the gateway loads what it did not load at start-up. Each
// kind of request is the first one of its own process, in the development host, against an empty app's first answer.

import { startFunctionsHost } from "../../local/functions-host/start-functions-host.ts";
import { type Stand, startStand } from "../../local/stand/start-stand.ts";
import type { PackedApps } from "./packed-apps.ts";
import { type Measure, median, spread, takeTurns } from "./samples.ts";
import type { Topic } from "./topic.ts";

const ROUNDS = 9;

interface Request {
  readonly path: string;
  readonly method?: "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly expected: number;
}

/** @throws Error when an answer has another status than expected */
export async function benchFirstResponse(apps: PackedApps): Promise<Topic> {
  const stand = await startStand({ appFolder: apps.gateway });
  try {
    const headers = { authorization: `Bearer ${await stand.token("analyst")}` };
    const health: Request = { path: "/health", expected: 200 };
    const refused: Request = { path: "/genie/query-obo", method: "POST", expected: 401 };
    const read: Request = { path: "/genie/conversations", headers, expected: 200 };
    const taken = await takeTurns(
      {
        "empty app: GET /health": firstOf(stand, apps.empty, health),
        "gateway: GET /health": firstOf(stand, apps.gateway, health),
        "gateway: POST /genie/query-obo without a token, 401": firstOf(
          stand,
          apps.gateway,
          refused,
        ),
        "gateway: GET /genie/conversations as a user": firstOf(stand, apps.gateway, read),
      },
      ROUNDS,
    );
    const baseline = median(taken["empty app: GET /health"].first ?? []);
    return {
      id: "first-response",
      title: "First response of a fresh process",
      columns: ["request", "first ms", "same again ms", "first: ratio"],
      rows: Object.entries(taken).map(([name, { first = [], again = [] }]) => [
        name,
        spread(first, 1),
        spread(again, 1),
        (median(first) / baseline).toFixed(2),
      ]),
      aims: [],
    };
  } finally {
    await stand.close();
  }
}

function firstOf(stand: Stand, appFolder: string, request: Request): Measure {
  return async () => {
    const host = await startFunctionsHost({
      appFolder,
      env: stand.settings,
      trustedCa: stand.certificates.caPem,
    });
    try {
      return { first: await timeOf(host.url, request), again: await timeOf(host.url, request) };
    } finally {
      await host.stop();
    }
  };
}

async function timeOf(url: string, { path, expected, ...init }: Request): Promise<number> {
  const started = performance.now();
  const response = await fetch(url + path, init);
  await response.text();
  const took = performance.now() - started;
  if (response.status !== expected) throw new Error(`${path} answered ${response.status}`);
  return took;
}
