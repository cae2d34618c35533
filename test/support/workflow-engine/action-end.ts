// How an action of a workflow ends, and its outputs as later expressions read them (connectors.md §1.1, §1.3).

/** `outputs('action')`. */
export interface ActionOutputs {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface ActionEnd {
  readonly status: "Succeeded" | "Failed" | "Skipped" | "Cancelled";
  /** `ActionTimedOut` when its limit is over; `InvalidTemplate` when an expression cannot be read. */
  readonly code?: string;
  /** For whoever reads a failed test. */
  readonly message?: string;
  readonly outputs?: ActionOutputs;
}

/** The end that an answer stands for: 400 and above is a failure, whatever the body says. */
export function endOf(reply: { status: number; headers: Headers; text: string }): ActionEnd {
  const headers = Object.fromEntries(reply.headers);
  const outputs = { statusCode: reply.status, headers, body: bodyOf(headers, reply.text) };
  return { status: reply.status < 400 ? "Succeeded" : "Failed", outputs };
}

/**
 * JSON and text are read; any other type is kept as base64 with its name. Whether the engine counts
 * `application/problem+json` as JSON is not documented: here it does not, so that no guide depends on it.
 */
export function bodyOf(headers: Readonly<Record<string, string>>, text: string): unknown {
  const type = headers["content-type"] ?? "";
  if (/^application\/json\b/.test(type)) return JSON.parse(text);
  if (text === "" || /^text\/plain\b/.test(type)) return text;
  return { "$content-type": type, $content: Buffer.from(text).toString("base64") };
}
