// What a use case gets from one request: parsed, checked and typed by the route's contract.
// It holds no request object, so that use cases know no HTTP library.

import type { Caller } from "../auth/caller.ts";
import type { RouteAuth, RouteContract } from "../contracts/route-contract.ts";
import type { WaitPlan } from "../contracts/wait-plan.ts";
import type { CacheableContent } from "./cacheable-content.ts";

/** The callers that can pass the `auth` of a route. */
export type CallerOf<Auth extends RouteAuth> = Auth extends "none"
  ? undefined
  : Auth extends "user"
    ? Extract<Caller, { kind: "user" }>
    : Auth extends "app"
      ? Exclude<Caller, { kind: "user" }>
      : Caller;

export interface RouteInput<Auth extends RouteAuth, Params, Query, Body> {
  readonly caller: CallerOf<Auth>;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly wait: WaitPlan;
  readonly idempotencyKey: string | null;
  /** The `Accept` header as it came; null without one. */
  readonly accept: string | null;
  readonly requestId: string;
  /** Whether all that was given to be sent has left for good: then its memory may be used again. */
  readonly allSent: () => boolean;
  /** Base of absolute links, without a trailing slash. */
  readonly baseUrl: string;
  /** Path of the request, for `instance` of a problem document. */
  readonly path: string;
}

/** The input of one contract: `InputOf<typeof queryObo>`. */
export type InputOf<Contract> =
  Contract extends RouteContract<infer Auth, infer Params, infer Query, infer Body>
    ? RouteInput<Auth, Params, Query, Body>
    : never;

/** What a use case gives back: at most one of `body`, `content`, `cacheable`, `stream` and `events`. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Becomes JSON. */
  readonly body?: unknown;
  /** Sent as it is. */
  readonly content?: { readonly type: string; readonly data: string | Uint8Array<ArrayBuffer> };
  /** Alone of all answers it may be kept by a client, because it is the same for everybody. */
  readonly cacheable?: CacheableContent;
  /**
   * Sent piece by piece, no faster than the client reads; nothing is made for a client that went away or stalls. An
   * error after the first piece breaks the connection off, so that no client takes a part for the whole.
   */
  readonly stream?: {
    readonly type: string;
    readonly pieces: AsyncIterable<Uint8Array>;
    /** In the pieces so far. */
    readonly rows: () => number;
  };
  /**
   * Sent one by one as server-sent events. Few and small: nobody waits for a slow client. An
   * error becomes the event `problem`; a stream that outlasts every wait is ended with its last event once more.
   */
  readonly events?: AsyncIterable<ServerEvent>;
}

export interface ServerEvent {
  readonly event: string;
  /** Becomes JSON. */
  readonly data: unknown;
}
