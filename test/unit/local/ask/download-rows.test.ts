// How a download ends when the gateway or the disk does not keep to the plan, over real sockets.

import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { Writable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect } from "vitest";
import { downloadRows } from "../../../../local/ask/download-rows.ts";
import type { Reader } from "../../../../local/ask/get-when-ready.ts";
import { SILENCE_MS } from "../../../../local/ask/open-reply.ts";
import { openPartFile, type PartFile } from "../../../../local/ask/part-file.ts";
import { createPauseFreeClock } from "../../../support/pause-free-clock.ts";
import {
  reply,
  reset,
  type ScriptedServer,
  type Step,
  silence,
  startScriptedServer,
} from "../../../support/scripted-server.ts";
import { verifies } from "../../../support/verifies.ts";
import { aProblem } from "./contract-bodies.ts";

const CSV = { "content-type": "text/csv; charset=utf-8; header=present" };
const ROWS = 'n,text\r\n1,"a\r\nb"\r\n2,c\r\n';

let gateway: ScriptedServer;
let folder: string;
beforeEach(async () => {
  gateway = await startScriptedServer();
  folder = await mkdtemp(path.join(tmpdir(), "download-"));
});
afterEach(async () => {
  await gateway[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function aPartFile(): Promise<PartFile> {
  const file = await openPartFile(path.join(folder, "rows.csv"));
  if ("refusal" in file) throw new Error(file.refusal);
  return file;
}

interface Terms extends Partial<Reader> {
  readonly file?: PartFile;
  readonly link?: string;
  readonly clock?: ReturnType<typeof aClock>;
}

/** Pauses between tries pass at once and are counted; a silence lasts until the test says that it was long enough. */
function aClock() {
  let now = 0;
  const silences = createPauseFreeClock(() => now);
  const sleep: Reader["clock"]["sleep"] = async (ms, signal) => {
    if (ms === SILENCE_MS) return silences.sleep(ms, signal);
    now += ms;
  };
  return { ...silences, sleep };
}

async function download({ file, link, clock = aClock(), ...terms }: Terms = {}) {
  const part = file ?? (await aPartFile());
  const reader: Reader = {
    gateway: { baseUrl: gateway.url, credential: { kind: "token", token: "t" } },
    clock,
    signal: new AbortController().signal,
    deadline: 60_000,
    ...terms,
  };
  try {
    const outcome = await downloadRows(link ?? `${gateway.url}/r?format=csv`, part, reader);
    return { outcome, waitedMs: clock.now(), files: await filesAfter(part) };
  } finally {
    await part.discard();
  }
}

/** So that what comes next meets a transfer that is under way. */
const firstBytesWritten = () =>
  expect.poll(async () => (await stat(path.join(folder, "rows.csv.part"))).size).toBeGreaterThan(0);

async function filesAfter(part: PartFile): Promise<string[]> {
  await part.discard();
  return readdir(folder);
}

const preparing = (location: string, retryAfter = "2"): Step =>
  reply(202, { status: "running" }, { location, "retry-after": retryAfter });

/** Starts a chunked CSV; what follows is the test's. */
const begins =
  (next: (response: ServerResponse) => void): Step =>
  (response) => {
    response.writeHead(200, CSV);
    response.write("n,text\r\n1,a\r\n", () => next(response));
  };

describe("a whole file", () => {
  verifies("local.ask-csv", "all rows, as they came, counted", async () => {
    gateway.script(reply(200, ROWS, CSV));
    const { outcome, files } = await download({ link: `${gateway.url}/r?format=csv&space=x` });
    expect(outcome).toEqual({ kind: "saved", rows: 2, bytes: ROWS.length });
    expect(files).toEqual(["rows.csv"]);
    expect(await readFile(path.join(folder, "rows.csv"), "utf8")).toBe(ROWS);
    expect(gateway.seen.map((seen) => seen.path)).toEqual(["/r?format=csv&space=x&full=true"]);
    expect(gateway.seen[0]?.headers).toMatchObject({
      authorization: "Bearer t",
      accept: "text/csv",
    });
  });

  verifies("local.ask-csv", "202 twice: follows each Location at its pace", async () => {
    gateway.script(
      preparing("/r?download=1", "3"),
      preparing("/r?download=2", "4"),
      reply(200, ROWS, CSV),
    );
    const { outcome, waitedMs } = await download();
    expect(outcome.kind).toBe("saved");
    expect(waitedMs).toBe(7_000);
    const paths = gateway.seen.map((seen) => seen.path);
    expect(paths).toEqual(["/r?format=csv&full=true", "/r?download=1", "/r?download=2"]);
  });

  verifies("local.ask-csv", "a Location elsewhere never takes the token away", async () => {
    await using other = await startScriptedServer();
    gateway.script(preparing(`${other.url}/r?download=1`), reply(200, ROWS, CSV));
    expect((await download()).outcome.kind).toBe("saved");
    expect(other.seen).toEqual([]);
  });
});

describe("no file", () => {
  verifies("local.ask-csv", "the wait is over while rows are prepared", async () => {
    gateway.script(preparing("/r?download=1", "40"));
    const { outcome, waitedMs, files } = await download();
    expect(outcome).toEqual({ kind: "preparing", link: "/r?download=1" });
    expect({ waitedMs, files }).toEqual({ waitedMs: 60_000, files: [] });
  });

  verifies("local.ask-csv", "what breaks off in the middle is an error", async () => {
    const lied: Step = (response) => {
      response.writeHead(200, { ...CSV, "content-length": "1000" });
      response.write(ROWS, () => response.socket?.end());
    };
    const toldByNobody: Step = ({ socket }) => {
      socket?.end(`HTTP/1.1 200 OK\r\ncontent-type: text/csv\r\nconnection: close\r\n\r\n${ROWS}`);
    };
    const steps = [
      begins((response) => response.socket?.resetAndDestroy()),
      begins((response) => response.socket?.end()),
      lied,
      toldByNobody,
      reply(200, ROWS.slice(0, -3), CSV),
      reply(200, "", CSV),
    ];
    for (const step of steps) {
      gateway.script(step);
      const { outcome, files } = await download();
      expect(outcome.kind).toBe("broken");
      expect(files).toEqual([]);
    }
  });

  verifies("local.ask-csv", "silence, before the first byte and after it", async () => {
    const clock = aClock();
    const endSilence = async () => {
      await expect.poll(clock.limits).toBe(1);
      clock.expireLimits();
    };
    gateway.script(silence);
    const unanswered = download({ clock });
    await expect.poll(() => gateway.seen.length).toBe(1);
    await endSilence();
    expect((await unanswered).outcome.kind).toBe("unreachable");
    gateway.script(begins(() => undefined));
    const stalled = download({ clock });
    await firstBytesWritten();
    await endSilence();
    const { outcome, files } = await stalled;
    expect(outcome).toEqual({ kind: "broken", reason: "Nothing came for 60 s." });
    expect(files).toEqual([]);
  });

  verifies("local.ask-csv", "a problem is the outcome, also after a 202", async () => {
    const gone = aProblem(410, { code: "result_expired" });
    gateway.script(preparing("/r?download=1"), reply(410, gone));
    const { outcome, files } = await download();
    expect(outcome).toEqual({ kind: "problem", problem: gone });
    expect(files).toEqual([]);
  });

  verifies("local.ask-csv", "garbage is not understood", async () => {
    const steps = [
      reply(200, ROWS),
      reply(204, "", CSV),
      reply(302, "", { location: "https://example.com/" }),
      reply(502, "<html>"),
      reply(202, {}),
    ];
    for (const step of steps) {
      gateway.script(step);
      expect((await download()).outcome.kind).toBe("not_understood");
    }
    expect((await download({ link: "http://[" })).outcome.kind).toBe("not_understood");
    gateway.script(reset);
    const { outcome, files } = await download();
    expect(outcome.kind).toBe("unreachable");
    expect(files).toEqual([]);
  });

  verifies("local.ask-csv", "a disk that is full is not the gateway's fault", async () => {
    const error = Object.assign(new Error("no space"), { code: "ENOSPC" });
    const full = () => new Writable({ write: (_piece, _encoding, done) => done(error) });
    gateway.script(reply(200, ROWS, CSV));
    const { outcome, files } = await download({
      file: { ...(await aPartFile()), createStream: full },
    });
    expect(outcome).toMatchObject({
      kind: "unwritable",
      reason: expect.stringContaining("ENOSPC"),
    });
    expect(files).toEqual([]);
  });

  verifies("local.ask-csv", "stopped in the middle", async () => {
    const stop = new AbortController();
    gateway.script(begins(() => undefined));
    const stopped = expect(download({ signal: stop.signal })).rejects.toThrow("aborted");
    await firstBytesWritten();
    stop.abort();
    await stopped;
    expect(await readdir(folder)).toEqual([]);
  });
});

/** Takes its first piece only when it is told to. */
function aHeldDisk() {
  let taken = 0;
  let letGo: (() => void) | undefined;
  const createStream = () =>
    new Writable({
      highWaterMark: 1,
      write: (piece: Uint8Array, _encoding, done) => {
        taken += piece.length;
        if (taken > piece.length) return done();
        letGo = done;
      },
    });
  return {
    createStream,
    taken: () => taken,
    holds: () => letGo !== undefined,
    letGo: () => letGo?.(),
  };
}

verifies("local.ask-csv", "a slow disk is no silence, and slows the sender down", async () => {
  const [clock, disk] = [aClock(), aHeldDisk()];
  const piece = `${"x".repeat(65_534)}\r\n`;
  let sent = 0;
  gateway.script((response) => {
    response.writeHead(200, CSV);
    const send = (): void => {
      while (sent < PIECES) {
        sent += 1;
        if (!response.write(piece)) return void response.once("drain", send);
      }
      response.end();
    };
    send();
  });
  const file = { ...(await aPartFile()), createStream: disk.createStream };
  const downloaded = download({ clock, file });
  await expect.poll(disk.holds).toBe(true);
  await untilItStays(() => sent);
  expect(sent).toBeLessThan(PIECES);
  expect(clock.limits()).toBe(0); // nobody waits for the sender
  disk.letGo();
  const { outcome } = await downloaded;
  const bytes = PIECES * piece.length;
  expect(outcome).toEqual({ kind: "saved", rows: PIECES - 1, bytes });
  expect(disk.taken()).toBe(bytes);
});

/** 64 MB: more than sockets hold. */
const PIECES = 1_000;

/** Early on a busy machine, where the test then shows less; it never fails for that. */
async function untilItStays(look: () => number): Promise<void> {
  for (let before = -1; before !== look(); await pause(50)) before = look();
}
