// The storage goes away for 20 s while 21 questions run, and comes back with its data. Nobody is restarted. Takes
// minutes: a queue message that was in work stays hidden, and the sweeper revives its operation a minute later.

import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, vi } from "vitest";
import type { StandCaller } from "../../local/stand/start-stand.ts";
import { operationSchema } from "../../shared/contracts/operation.ts";
import { acceptedOf, answerOf, ask, call, operationOf, problemOf } from "../e2e/gateway-client.ts";
import { startCallbackReceiver } from "../support/callback-receiver.ts";
import { SECRET_MARKERS } from "../support/secret-markers.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { inParallel } from "./in-parallel.ts";

const OUTAGE_MS = 20_000;
/** Less than the 10 s that one try at Databricks may take. */
const LATE_REPLY = { action: { kind: "delay", ms: 7_000 }, when: "after" } as const;
const receiver = await startCallbackReceiver();
const stand = useStand("chaos-storage-outage", {
  workers: 2,
  withStorage: true,
  storageOutlivesStop: true,
  timings: { scale: 1 }, // an answer takes 12 to 19 s: the outage lies in the middle of all of them
  settings: { GENIE__QUESTIONS_PER_MINUTE: "0", CALLBACK_ALLOWED_HOSTS: receiver.host },
});
beforeAll(() => receiver.serveWith(stand().certificates));
afterAll(() => receiver.close());

let asked = 0;
function question(): string {
  asked += 1;
  return `${SECRET_MARKERS.question} ${asked}: average delay by carrier`;
}

const read = (path: string, as: StandCaller) => call(stand(), { path, as });
const respondAsync = { headers: { Prefer: "respond-async" } };

/** Nobody follows them: only the poller drives them, and only the callback tells. */
const leftAlone = async () => {
  const body = { query: question(), callback_url: receiver.url(`/${asked}`) };
  return acceptedOf(await ask(stand(), "app", body, respondAsync));
};
const watched = async () =>
  acceptedOf(await ask(stand(), "analyst", { query: question() }, respondAsync));
const waiting = () =>
  ask(stand(), "analyst", { query: question() }, { headers: { Prefer: "wait=90" } });

function times<T>(count: number, work: () => Promise<T>): Promise<T[]> {
  return inParallel(count, Array.from({ length: count }), work);
}

/** What callers see of the outage: 503 at asks and at status, for as long as it lasts. */
async function duringOutage(self: string): Promise<void> {
  const until = Date.now() + OUTAGE_MS;
  const before = stand().databricks.asks().length;
  while (Date.now() < until) {
    const replies = await Promise.all([
      ask(stand(), "app", { query: question() }, respondAsync),
      ask(stand(), "analyst", { query: question() }),
      read(self, "analyst"),
    ]);
    for (const reply of replies) problemOf(reply, 503, "storage_unavailable");
    await sleep(1_000);
  }
  expect(stand().databricks.asks()).toHaveLength(before);
}

/** The status in which the operation ends, as its owner reads it. */
function end(self: string, as: StandCaller): Promise<string> {
  const look = async () => {
    const { status } = operationOf(await read(self, as));
    if (status === "queued" || status === "running") throw new Error(`still ${status}`);
    return status;
  };
  return vi.waitFor(look, { timeout: 60_000, interval: 1_000 });
}

verifies("chaos.storage-outage", "20 s without storage lose nothing", async () => {
  const hosts = stand().workers.map(({ host }) => host);
  const open = times(5, waiting);
  const [alone, watchedOnes] = await Promise.all([times(10, leftAlone), times(5, watched)]);
  // Genie takes one more question, but its reply arrives when nothing can be recorded any more.
  stand().databricks.fault({ ...LATE_REPLY, route: "startConversation" });
  const late = times(1, waiting);
  await vi.waitFor(() => expect(stand().databricks.asks()).toHaveLength(21), 10_000);
  const [first] = watchedOnes;
  await stand().storage?.stop();
  await duringOutage(first?.links.self ?? "");
  await stand().storage?.start();

  for (const { links } of watchedOnes) expect(await end(links.self, "analyst")).toBe("succeeded");
  for (const reply of [...(await open), ...(await late)]) {
    // Whoever waited has the answer, or a place to wait; never a 5xx, which engines would ask again.
    if (reply.status === 202) {
      const { links } = operationSchema.parse(JSON.parse(reply.text));
      expect(await end(links.self, "analyst")).toBe("succeeded");
    } else answerOf(reply);
  }
  const called = () => new Set(receiver.deliveries.map(({ id }) => id));
  await vi.waitFor(() => expect(called().size).toBe(10), { timeout: 240_000, interval: 500 });
  for (const { operation_id: id, links } of alone) {
    expect(called()).toContain(id);
    expect(operationOf(await read(links.self, "app")).status).toBe("succeeded");
  }
  expect(stand().workers.map(({ host }) => host)).toEqual(hosts);
});
