// Reads server-sent events as a browser does (WHATWG HTML §9.2), as far as this project sends them.

export interface SeenEvent {
  readonly event: string;
  /** Parsed JSON. */
  readonly data: unknown;
}

export interface EventRequest {
  readonly url: string;
  readonly token: string;
  readonly signal?: AbortSignal;
}

/** The events of one connection, as they come. @throws Error when the answer is no event stream */
export async function* readEvents({ url, token, signal }: EventRequest): AsyncGenerator<SeenEvent> {
  const reply = await fetch(url, {
    headers: { accept: "text/event-stream", authorization: `Bearer ${token}` },
    ...(signal === undefined ? {} : { signal }),
  });
  if (reply.headers.get("content-type") !== "text/event-stream" || reply.body === null) {
    throw new Error(`no event stream but ${reply.status} ${await reply.text()}`);
  }
  let rest = "";
  for await (const piece of reply.body.pipeThrough(new TextDecoderStream())) {
    const frames = (rest + piece).split("\n\n");
    rest = frames.pop() ?? "";
    for (const frame of frames) {
      const event = readFrame(frame);
      if (event !== undefined) yield event;
    }
  }
}

/** Undefined for a comment. */
function readFrame(frame: string): SeenEvent | undefined {
  const fields = new Map(
    frame.split("\n").map((line) => {
      const [name = "", value = ""] = line.split(/: ?(.*)/s);
      return [name, value] as const;
    }),
  );
  const data = fields.get("data");
  if (data === undefined) return undefined;
  return { event: fields.get("event") ?? "message", data: JSON.parse(data) };
}
