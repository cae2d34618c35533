// Runs in a process of its own: reads files over HTTP as a client does, and says how long that took. It keeps nothing
// of what it reads.

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
    for await (const piece of reply) {
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

async function open(
  url: string,
  headers: ReadOrder["headers"],
): Promise<AsyncIterable<Uint8Array>> {
  const reply = await fetch(url, { headers });
  if (reply.status !== 200 || reply.body === null) throw new Error(`answered ${reply.status}`);
  return reply.body;
}

function linesIn(piece: Uint8Array): number {
  let count = 0;
  for (let at = piece.indexOf(10); at !== -1; at = piece.indexOf(10, at + 1)) count += 1;
  return count;
}
