// Which requests came, by route and caller. Holds no header and no body, so no token.

import type { RouteName } from "../routes/route-names.ts";

export interface RecordedCall {
  readonly at: number;
  readonly route: RouteName;
  readonly method: string;
  /** Path with query string. */
  readonly path: string;
  /** Object id or client id; undefined when the request was not authenticated. */
  readonly caller: string | undefined;
}

export interface CallFilter {
  readonly route?: RouteName;
  readonly caller?: string;
}

export interface CallLog {
  add(call: RecordedCall): void;
  /** The newest 10,000 of them, oldest first. */
  list(filter?: CallFilter): readonly RecordedCall[];
  clear(): void;
}

/** The local stand may run for days. */
const MAX_KEPT = 10_000;

export function createCallLog(): CallLog {
  let calls: RecordedCall[] = [];
  return {
    add: (call) => {
      calls.push(call);
      if (calls.length > 2 * MAX_KEPT) calls = calls.slice(-MAX_KEPT);
    },
    list: ({ route, caller } = {}) =>
      calls.filter(
        (call) =>
          (route === undefined || call.route === route) &&
          (caller === undefined || call.caller === caller),
      ),
    clear: () => {
      calls = [];
    },
  };
}
