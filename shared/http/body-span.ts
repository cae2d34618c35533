// The span of a request whose body goes on after its head has left: it lasts as long as the body, tells how that ended, and what
// is called while the body is made is part of it. It changes no piece and looks into none.

import { keepSpanOpen, type OpenSpan } from "../telemetry/spans.ts";
import type { StreamOutcome } from "./flowing-body.ts";
import type { OpenResponse } from "./open-responses.ts";

/** To be called in the request: later nothing tells which span it is. */
export function keepBodySpan() {
  const span = keepSpanOpen();
  return {
    span,
    inside: <T>(pieces: AsyncIterable<T>) => inside(span, pieces),
    end: ({ end, bytes, rows, error_code: code }: StreamOutcome & { readonly rows?: number }) => {
      span.set("genie.stream.end", end);
      span.set("http.response.body.size", bytes);
      span.set("genie.stream.rows", rows);
      // Who goes away or stalls is no failure of ours.
      if (end === "failed" || end === "late") span.fail(code ?? end);
      span.end();
    },
  };
}

export type BodySpan = ReturnType<typeof keepBodySpan>;

/** The host's library asks for the pieces, outside of the request's own asynchronous context. */
function inside<T>({ run }: OpenSpan, pieces: AsyncIterable<T>): AsyncIterable<T> {
  const source = pieces[Symbol.asyncIterator]();
  const next = () => run(() => source.next());
  const stop = async () => {
    await run(() => source.return?.());
    return { done: true, value: undefined } as const;
  };
  return { [Symbol.asyncIterator]: () => ({ next, return: stop }) };
}

/**
 * The same text. Events of a client that went away go on to their end, because they drive an operation; the span does not
 * wait for that.
 */
export async function* spannedEvents(
  text: AsyncIterable<string>,
  body: BodySpan,
  response: OpenResponse,
): AsyncGenerator<string, void, undefined> {
  let bytes = 0;
  const gone = () => body.end({ end: "gone", bytes });
  if (typeof response !== "string") response.once("close", gone);
  try {
    for await (const piece of body.inside(text)) {
      bytes += Buffer.byteLength(piece);
      yield piece;
    }
    body.end({ end: "complete", bytes });
  } finally {
    gone(); // nothing where it has ended
    if (typeof response !== "string") response.off("close", gone);
  }
}
