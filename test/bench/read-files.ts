// Runs in a process of its own: reads files over HTTP as a client does, and says how long that took. It keeps nothing
// of what it reads.

import { get, type IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

export interface ReadOrder {
  /** One after the other. */
  readonly urls: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  /** After a tenth of `expectedBytes`: `stall` reads nothing for so many ms, `leave` goes away. */
  readonly habit?:
    | { readonly after: number; readonly stallMs: number }
    | { readonly after: number };
}

export interface ReadReport {
  readonly ms: number;
  readonly bytes: number;
  readonly lines: number;
}

process.on("disconnect", () => process.exit());
process.on("message", (order: ReadOrder) => {
  void read(order).then((report) => process.send?.(report));
});

async function read({ urls, headers, habit }: ReadOrder): Promise<ReadReport> {
  const startedAt = performance.now();
  let [bytes, lines] = [0, 0];
  for (const url of urls) {
    const reply = await open(url, headers);
    for await (const chunk of reply) {
      const piece: Buffer = chunk;
      const before = bytes;
      bytes += piece.length;
      lines += linesIn(piece);
      if (habit === undefined || before >= habit.after || bytes < habit.after) continue;
      if (!("stallMs" in habit)) return { ms: performance.now() - startedAt, bytes, lines };
      await sleep(habit.stallMs);
    }
  }
  return { ms: performance.now() - startedAt, bytes, lines };
}

function open(url: string, headers: ReadOrder["headers"]): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(url, { headers }, (reply) => {
      if (reply.statusCode === 200) resolve(reply);
      else reject(new Error(`answered ${reply.statusCode}`));
    }).on("error", reject);
  });
}

function linesIn(piece: Buffer): number {
  let count = 0;
  for (let at = piece.indexOf(10); at !== -1; at = piece.indexOf(10, at + 1)) count += 1;
  return count;
}
