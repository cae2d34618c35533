// Server-sent events as they go over the wire (WHATWG HTML §9.2). The stream always ends and never throws: an error
// in a streamed body leaves the client hanging, a client that went away is not told of, and the platform cuts a
// response at 230 s (functions-host.md §2, §4).

import type { Clock } from "../telemetry/clock.ts";
import { waitAtMost } from "../telemetry/wait-at-most.ts";
import type { ServerEvent } from "./route-input.ts";

const HEARTBEAT_MS = 15_000;
/** Ignored by clients; keeps proxies from taking the silence for a dead connection. */
const COMMENT = ": still here\n\n";

export interface StreamTerms {
  readonly clock: Clock;
  /** After this time the stream ends with its last event once more, whatever hangs. */
  readonly maxMs: number;
  /** The problem document of what was thrown, for the event `problem`. */
  readonly problemOf: (error: unknown) => Promise<unknown>;
}

/** The text of the stream, piece by piece; a comment every 15 s. */
export async function* eventStream(
  events: AsyncIterable<ServerEvent>,
  { clock, maxMs, problemOf }: StreamTerms,
): AsyncGenerator<string, void, undefined> {
  yield COMMENT; // the head of the answer leaves with the first piece
  const source = events[Symbol.asyncIterator]();
  try {
    yield* framesUntil(source, clock, clock.now() + maxMs);
  } catch (error) {
    yield await problemFrame(error, problemOf);
  } finally {
    stop(source);
  }
}

async function* framesUntil(
  source: AsyncIterator<ServerEvent>,
  clock: Clock,
  endAt: number,
): AsyncGenerator<string, void, undefined> {
  let beatAt = clock.now() + HEARTBEAT_MS;
  let last = "";
  let next = nextFrame(source);
  while (clock.now() < endAt) {
    const frame = await waitAtMost(clock, Math.min(beatAt, endAt) - clock.now(), next);
    if (frame === null) return;
    if (frame !== undefined) {
      last = frame;
      yield frame;
      next = nextFrame(source);
    }
    if (clock.now() >= beatAt) {
      beatAt = clock.now() + HEARTBEAT_MS;
      yield COMMENT;
    }
  }
  if (last !== "") yield last;
}

/** Null at the end of the events. */
function nextFrame(source: AsyncIterator<ServerEvent>): Promise<string | null> {
  const next = source.next().then(({ done, value }) => (done ? null : toFrame(value)));
  next.catch(() => {}); // thrown again where it is awaited; by then a slow client may have kept us away
  return next;
}

/** JSON text has no raw line break, so that one `data` line holds it. */
function toFrame({ event, data }: ServerEvent): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Nothing at all when not even the problem can be told: the stream must end. */
async function problemFrame(error: unknown, problemOf: StreamTerms["problemOf"]): Promise<string> {
  try {
    return toFrame({ event: "problem", data: await problemOf(error) });
  } catch {
    return "";
  }
}

/** Whatever the source still waits for, it is not waited for here. */
function stop(source: AsyncIterator<ServerEvent>): void {
  source.return?.().catch(() => {});
}
