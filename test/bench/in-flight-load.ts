// Runs in a process of its own: holds many questions open at one worker, and times one cheap request again and again.
// Told what to do by its parent, message by message; it ends with its parent.

import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

export type LoadOrder =
  /** `ratePerS` questions a second until `count` are open or accepted. */
  | { readonly kind: "ask"; readonly count: number; readonly ratePerS: number }
  | { readonly kind: "probe"; readonly times: number; readonly everyMs: number };

export interface LoadPlan {
  readonly askUrl: string;
  readonly probeUrl: string;
  readonly token: string;
  readonly prefer: string;
  readonly query: string;
}

export type LoadReport =
  | { readonly kind: "asked"; readonly failed: number }
  | { readonly kind: "probed"; readonly ms: readonly number[]; readonly failed: number };

const plan: LoadPlan = JSON.parse(process.env.LOAD_PLAN ?? "{}");
const authorization = `Bearer ${plan.token}`;
/** One connection for each waiting question, and a few for the probes. */
const asking = new Agent({ keepAlive: false });
const probing = new Agent({ keepAlive: true });
let failed = 0;

process.on("disconnect", () => process.exit());
process.on("message", (order: LoadOrder) => {
  void (order.kind === "ask" ? askMany(order) : probeMany(order)).then((report) =>
    process.send?.(report),
  );
});

async function askMany({ count, ratePerS }: Extract<LoadOrder, { kind: "ask" }>) {
  failed = 0;
  const waits = plan.prefer.startsWith("wait");
  const replies: Promise<void>[] = [];
  const start = performance.now();
  for (let asked = 0; asked < count; asked += 1) {
    replies.push(ask(waits ? 0 : 202));
    await sleep(Math.max(0, start + ((asked + 1) * 1_000) / ratePerS - performance.now()));
  }
  // Whoever waits must still be waiting; the others have their 202.
  if (!waits) await Promise.all(replies);
  return { kind: "asked", failed } satisfies LoadReport;
}

function ask(expected: number): Promise<void> {
  return new Promise((resolve) => {
    const sent = request(plan.askUrl, {
      agent: asking,
      method: "POST",
      headers: { authorization, "content-type": "application/json", prefer: plan.prefer },
    });
    const end = (status: number): void => {
      if (status !== expected) failed += 1;
      resolve();
    };
    sent.on("response", (reply) => {
      reply.resume();
      end(reply.statusCode ?? -1);
    });
    sent.on("error", () => end(-1));
    sent.end(JSON.stringify({ query: plan.query }));
  });
}

async function probeMany({ times, everyMs }: Extract<LoadOrder, { kind: "probe" }>) {
  const waitersLost = failed;
  const probes: Promise<number>[] = [];
  const start = performance.now();
  for (let sent = 0; sent < times; sent += 1) {
    probes.push(probe()); // on time, however late the last one is: a busy worker must not set the pace
    await sleep(Math.max(0, start + (sent + 1) * everyMs - performance.now()));
  }
  const all = await Promise.all(probes);
  const ms = all.filter((each) => !Number.isNaN(each));
  const lost = failed - waitersLost + all.length - ms.length;
  return { kind: "probed", ms, failed: lost } satisfies LoadReport;
}

/** Milliseconds; NaN for anything but 200. */
function probe(): Promise<number> {
  const start = performance.now();
  return new Promise((resolve) => {
    const sent = request(plan.probeUrl, { agent: probing, headers: { authorization } });
    sent.on("response", (reply) => {
      reply.resume();
      reply.on("end", () =>
        resolve(reply.statusCode === 200 ? performance.now() - start : Number.NaN),
      );
    });
    sent.on("error", () => resolve(Number.NaN));
    sent.end();
  });
}
