// Reading a body under its bounds, from streams that lie, break off or never end.

import { ReadableStream } from "node:stream/web";
import { expect } from "vitest";
import { AppError } from "../../../shared/errors/app-error.ts";
import { readBody } from "../../../shared/http/read-body.ts";
import { verifies } from "../../support/verifies.ts";
import { createVirtualClock } from "../../support/virtual-clock.ts";

const KIB = 1_024;
const clock = createVirtualClock();

function streamOf(...chunks: unknown[]): ReadableStream {
  return new ReadableStream({
    pull: (controller) => {
      if (chunks.length === 0) controller.close();
      else controller.enqueue(chunks.shift());
    },
  });
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await clock.run(work.catch((reason: unknown) => reason));
  return error instanceof AppError ? error.failure.code : "none";
}

verifies("http.body-size", "a body of exactly 256 KiB is read whole", async () => {
  const bytes = await readBody(streamOf(new Uint8Array(255 * KIB), new Uint8Array(KIB)), clock);
  expect(bytes.byteLength).toBe(256 * KIB);
});

verifies("http.body-size", "no body at all is an empty one", async () => {
  expect(await readBody(null, clock)).toHaveLength(0);
});

verifies("http.body-size", "one byte more is 413", async () => {
  const stream = streamOf(new Uint8Array(256 * KIB), new Uint8Array(1));
  expect(await codeOf(readBody(stream, clock))).toBe("payload_too_large");
});

verifies("http.body-size", "a body without end is refused after 256 KiB", async () => {
  let sent = 0;
  const stream = new ReadableStream({
    pull: (controller) => {
      sent += 64 * KIB;
      controller.enqueue(new Uint8Array(64 * KIB));
      if (sent > 10 * 256 * KIB) controller.error(new Error("the sender gave up"));
    },
  });
  expect(await codeOf(readBody(stream, clock))).toBe("payload_too_large");
});

verifies("http.body-time", "a body that never comes is refused after 10 s", async () => {
  const started = clock.now();
  const silent = new ReadableStream({ pull: () => new Promise(() => {}) });
  expect(await codeOf(readBody(silent, clock))).toBe("invalid_request");
  expect(clock.now() - started).toBe(10_000);
});

verifies("http.hostile-bodies", "a body that breaks off is a 400", async () => {
  const broken = new ReadableStream({ pull: (controller) => controller.error(new Error("reset")) });
  expect(await codeOf(readBody(broken, clock))).toBe("invalid_request");
});

verifies("http.hostile-bodies", "a stream of something else than bytes is a 400", async () => {
  expect(await codeOf(readBody(streamOf("text"), clock))).toBe("invalid_request");
});
