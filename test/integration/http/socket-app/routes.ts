// An app of real contracts for the tests over a socket: the ask tells what it got, the health check throws, and
// the events are those that `max_rows` picks, the file of rows is the one that `page_size` picks, and the list of
// spaces tells how the files fared. Its clock runs ten times as fast: ten seconds without a body take one. For the
// same files as messages, and for the events of an operation by its own path, time stands still.

import { subscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { app } from "@azure/functions";
import {
  getMe,
  getOperation,
  getOperationEvents,
  getResults,
  health,
  listMessages,
  listSpaces,
  queryObo,
} from "../../../../shared/contracts/routes.ts";
import { mountRoute } from "../../../../shared/http/mount-route.ts";
import type { ServerEvent } from "../../../../shared/http/route-input.ts";
import { createPieceMemory } from "../../../../shared/presentation/piece-memory.ts";
import { type Clock, systemClock } from "../../../../shared/telemetry/clock.ts";
import { type LogEntry, someServices } from "../../../unit/http/some-services.ts";

const SPEED = 10;
const clock: Clock = {
  now: () => systemClock.now() * SPEED,
  sleep: (ms, signal) => systemClock.sleep(ms / SPEED, signal),
};
const log: LogEntry[] = [];
const services = someServices({ clock, maxWaitSeconds: 5 }, log);
const load = async () => ({ endpoints: {}, services });

const still: Clock = {
  now: () => 0,
  sleep: (_, signal) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
    }),
};
const loadStill = async () => ({ endpoints: {}, services: { ...services, clock: still } });

const { promise: firstEventSeen, resolve: seeFirstEvent } = Promise.withResolvers<void>();

/** 1 throws, 2 hangs, any other waits until the client has told that it saw the first event. */
async function* eventsOf(scenario: number): AsyncGenerator<ServerEvent> {
  yield { event: "stage", data: { status: "running", stage: "ASKING_AI" } };
  if (scenario === 1) throw new Error("thrown on purpose");
  if (scenario === 2) await new Promise(() => {});
  await firstEventSeen;
  yield { event: "answer", data: { answer: "Größe\n".repeat(20_000) } };
}

/** Pieces made of each file, and how often it was told to stop. */
const made = new Map<number, number>();
const awaited = new Map<number, number>();
const stopped = new Map<number, number>();
const PIECE = Buffer.alloc(64 * 1024, "row\r\n");
const count = (counts: Map<number, number>, file: number) =>
  counts.set(file, (counts.get(file) ?? 0) + 1);

/** File 1 has 100 pieces, file 2 breaks off after three, file 6 never has its first, the others have no end. */
function piecesOf(file: number): AsyncIterable<Uint8Array> {
  const next = async (): Promise<IteratorResult<Uint8Array, undefined>> => {
    const pieces = made.get(file) ?? 0;
    count(awaited, file);
    if (file === 2 && pieces === 3) throw new Error("thrown on purpose");
    if (file === 6) await new Promise(() => {});
    if (file === 1 && pieces === 100) return { done: true, value: undefined };
    count(made, file);
    return { done: false, value: PIECE };
  };
  const stop = async () => {
    count(stopped, file);
    return { done: true, value: undefined } as const;
  };
  return { [Symbol.asyncIterator]: () => ({ next, return: stop }) };
}

const REUSED_PIECE_BYTES = 100 * 1024;
const memories = new Set<Buffer>();

/** 300 pieces, each full of its own number, in memory that is used again when everything has been sent. */
async function* piecesInReusedMemory(allSent: () => boolean): AsyncGenerator<Uint8Array> {
  const memory = createPieceMemory(allSent);
  for (let number = 0; number < 300; number += 1) {
    const opened = memory.open(REUSED_PIECE_BYTES).fill(number % 256);
    memories.add(opened);
    memory.give();
    yield opened.subarray(0, REUSED_PIECE_BYTES);
  }
}

/** What each file is written to. */
const responses = new Map<number, ServerResponse>();
subscribe("http.server.request.start", (message) => {
  const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
  const [, file] = /[?&]page_size=(\d+)/.exec(request.url ?? "") ?? [];
  if (file !== undefined) responses.set(Number(file), response);
});

/** File 7 is answered only when its client has gone. */
mountRoute(getResults, load, async (_, { query, allSent }) => {
  const file = query.page_size;
  const response = responses.get(file);
  if (file === 7 && response !== undefined) {
    const gone = once(response, "close");
    count(awaited, file);
    await gone;
  }
  const pieces = file === 8 ? piecesInReusedMemory(allSent) : piecesOf(file);
  return { status: 200, stream: { type: "text/csv", pieces, rows: () => 0 } };
});
mountRoute(listMessages, loadStill, async (_, { query }) => ({
  status: 200,
  stream: { type: "text/csv", pieces: piecesOf(query.page_size), rows: () => 0 },
}));
mountRoute(listSpaces, load, async () => ({
  status: 200,
  body: {
    made: Object.fromEntries(made),
    awaited: Object.fromEntries(awaited),
    memories: memories.size,
    stopped: Object.fromEntries(stopped),
    blocked: [...responses].flatMap(([file, { writableNeedDrain }]) =>
      writableNeedDrain ? [file] : [],
    ),
    ends: log.flatMap(({ event, fields }) => (event === "stream" ? [fields] : [])),
  },
}));
mountRoute(queryObo, load, async (_, { body }) => ({ status: 200, body: { query: body.query } }));
mountRoute(health, load, async () => {
  throw new Error("thrown on purpose");
});
mountRoute(getOperationEvents, load, async (_, { query }) => ({
  status: 200,
  events: eventsOf(query.max_rows),
}));
mountRoute(getOperation, loadStill, async () => ({ status: 200, events: eventsOf(0) }));
mountRoute(getMe, load, async () => {
  seeFirstEvent();
  return { status: 200, body: {} };
});
app.setup({ enableHttpStream: true });
