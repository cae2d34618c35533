// What a route answers, before it becomes bytes. An empty string is an empty body.

import type { JsonObject } from "../json.ts";

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON; everything else as it is. */
  readonly body: JsonObject | string | Buffer | Iterable<string>;
}

export function ok(body: JsonObject): Reply {
  return { status: 200, body };
}
