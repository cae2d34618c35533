// The text of an event stream over a virtual clock: framing, comments, and that it always ends and never throws.

import { describe, expect } from "vitest";
import { eventStream } from "../../../shared/http/event-stream.ts";
import type { ServerEvent } from "../../../shared/http/route-input.ts";
import { verifies } from "../../support/verifies.ts";
import { createVirtualClock } from "../../support/virtual-clock.ts";

const MAX_MS = 105_000;
const COMMENT = ": still here";
const problemOf = async () => ({ code: "internal_error" });

/** What was sent, each piece with the second it was sent in. */
async function sent(
  script: (sleep: (ms: number) => Promise<void>) => AsyncIterable<ServerEvent>,
  terms: { problemOf?: (error: unknown) => Promise<unknown> } = {},
) {
  const clock = createVirtualClock();
  const start = clock.now();
  const text = eventStream(script(clock.sleep), { clock, maxMs: MAX_MS, problemOf, ...terms });
  const pieces: string[] = [];
  const read = async () => {
    for await (const piece of text) {
      if (piece !== "") pieces.push(`${(clock.now() - start) / 1_000} ${piece.trimEnd()}`);
    }
  };
  await clock.run(read());
  return { pieces, seconds: (clock.now() - start) / 1_000 };
}

async function all(text: AsyncIterable<string>): Promise<string[]> {
  const pieces: string[] = [];
  for await (const piece of text) pieces.push(piece);
  return pieces;
}

const stage = (name: string): ServerEvent => ({ event: "stage", data: { stage: name } });

describe("an event stream", () => {
  verifies("http.events", "frames each event, the head leaves at once", async () => {
    const { pieces } = await sent(async function* (sleep) {
      await sleep(2_000);
      yield stage("ASKING_AI");
      await sleep(1_500);
      yield { event: "answer", data: { answer: "two\nlines", rows: ["\u2028"] } };
    });
    expect(pieces).toEqual([
      `0 ${COMMENT}`,
      '2 event: stage\ndata: {"stage":"ASKING_AI"}',
      '3.5 event: answer\ndata: {"answer":"two\\nlines","rows":["\u2028"]}',
    ]);
  });
  verifies("http.events", "every piece ends with a blank line", async () => {
    const clock = createVirtualClock();
    async function* one() {
      yield stage("x");
    }
    const text = await all(eventStream(one(), { clock, maxMs: MAX_MS, problemOf }));
    expect(text.join("")).toMatch(/^: .*\n\nevent: stage\ndata: .*\n\n$/);
  });
  verifies("http.events-bounded", "a comment every 15 s, whatever else is sent", async () => {
    const { pieces } = await sent(async function* (sleep) {
      yield stage("a");
      await sleep(10_000);
      yield stage("b");
      await sleep(25_000);
      yield stage("c");
    });
    expect(pieces.map((piece) => piece.replace(/ (?:event: stage\ndata: )?/, " "))).toEqual([
      `0 ${COMMENT}`,
      '0 {"stage":"a"}',
      '10 {"stage":"b"}',
      `15 ${COMMENT}`,
      `30 ${COMMENT}`,
      '35 {"stage":"c"}',
    ]);
  });
});

describe("whatever happens", () => {
  verifies("http.events-bounded", "an error becomes a problem, and the stream ends", async () => {
    const error = new TypeError("secret text");
    const { pieces } = await sent(
      async function* () {
        yield stage("a");
        throw error;
      },
      { problemOf: async (thrown) => ({ same: thrown === error }) },
    );
    expect(pieces.at(-1)).toBe('0 event: problem\ndata: {"same":true}');
  });
  verifies("http.events-bounded", "data without a JSON form is an error too", async () => {
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    for (const data of [cyclic, 1n]) {
      const { pieces } = await sent(async function* () {
        yield { event: "stage", data };
      });
      expect(pieces.at(-1)).toBe('0 event: problem\ndata: {"code":"internal_error"}');
    }
  });
  verifies(
    "http.events-bounded",
    "when not even the problem can be told, it just ends",
    async () => {
      const { pieces } = await sent(
        async function* () {
          yield stage("a");
          throw new Error("first");
        },
        { problemOf: () => Promise.reject(new Error("second")) },
      );
      expect(pieces).toHaveLength(2);
    },
  );
  verifies("http.events-bounded", "one that hangs ends with its last event once more", async () => {
    const { pieces, seconds } = await sent(async function* () {
      yield stage("a");
      await new Promise(() => {});
    });
    expect(seconds).toBe(105);
    expect(pieces.at(-1)).toBe('105 event: stage\ndata: {"stage":"a"}');
    expect(pieces.filter((piece) => piece.endsWith(COMMENT))).toHaveLength(8);
  });
  verifies("http.events-bounded", "one that never says anything ends as well", async () => {
    const { pieces, seconds } = await sent(async function* () {
      await new Promise(() => {});
    });
    expect(seconds).toBe(105);
    expect(pieces.every((piece) => piece.endsWith(COMMENT))).toBe(true);
  });
  verifies("http.events-bounded", "one that never stops talking is cut off", async () => {
    const { seconds } = await sent(async function* (sleep) {
      for (;;) {
        yield stage("again");
        await sleep(1_000);
      }
    });
    expect(seconds).toBe(105);
  });
  verifies(
    "http.events-bounded",
    "a source that ends badly after the cut is no crash",
    async () => {
      const clock = createVirtualClock();
      async function* late(): AsyncGenerator<ServerEvent> {
        yield stage("a");
        await clock.sleep(MAX_MS + 1_000);
        throw new Error("too late");
      }
      const text = eventStream(late(), { clock, maxMs: MAX_MS, problemOf });
      await clock.run(all(text));
      await clock.run(clock.sleep(2_000)); // an unhandled rejection would fail the run
    },
  );
  verifies("http.events-bounded", "an error meets a reader that is busy: still told", async () => {
    const clock = createVirtualClock();
    async function* failing(): AsyncGenerator<ServerEvent> {
      await clock.sleep(15_000);
      yield stage("a"); // a comment is due with it, and read first
      throw new Error("meanwhile");
    }
    const pieces: string[] = [];
    const read = async () => {
      for await (const piece of eventStream(failing(), { clock, maxMs: MAX_MS, problemOf })) {
        pieces.push(piece);
        await clock.sleep(1_000);
      }
    };
    await clock.run(read());
    expect(pieces.at(-1)).toContain("event: problem");
  });
  verifies("http.events-bounded", "a reader that leaves ends the source", async () => {
    let ended = false;
    async function* source() {
      try {
        for (;;) yield stage("a");
      } finally {
        ended = true;
      }
    }
    const terms = { clock: createVirtualClock(), maxMs: MAX_MS, problemOf };
    for await (const piece of eventStream(source(), terms)) if (piece.includes("stage")) break;
    expect(ended).toBe(true);
  });
});
