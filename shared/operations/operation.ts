// The operation: one question on its way, as a tagged union (design §3.4). What can be asked of it is in
// operation-state.ts, its moves are in operation-transitions.ts.
// No I/O and no clock here: `now` is passed in. It holds no answer, no row and no token.

import type { Failure } from "../errors/app-error.ts";
import type { GenieStage } from "./genie.ts";
import type { Owner } from "./owner.ts";

/** `waiting_for_slot` also covers the time before the ask. */
export type OperationStage = GenieStage | "waiting_for_slot" | "waiting_for_user";

interface OperationFacts {
  /** Unguessable, 22–64 characters of base64url. */
  readonly id: string;
  readonly owner: Owner;
  /** Alias and id of the space, both as they were when the question came in. */
  readonly space: string;
  readonly spaceId: string;
  /** The conversation of a follow-up; null for a question that opens one. */
  readonly followUpOf: string | null;
  /** Hash of the body that an Idempotency-Key stands for; null without a key. */
  readonly claimedBody: string | null;
  readonly callback: Callback | null;
  readonly stage: OperationStage;
  /** Base of absolute links, without a trailing slash. */
  readonly linkBase: string;
  /** W3C, of the request that asked; null while no telemetry is recorded. */
  readonly traceparent: string | null;
  /** Epoch ms, like all times here. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly expiresAt: number;
}

/** Where the end is told (design §3.7). The URL is a bearer secret: stored sealed, never logged. */
export interface Callback {
  readonly url: string;
  /** Tries so far. */
  readonly tries: number;
  /** When the next try is planned; null before the end of the operation and once delivery is over. */
  readonly nextTryAt: number | null;
  readonly outcome: "open" | "delivered" | "given_up";
}

/** What is known once Genie took the question. */
export interface Asked {
  readonly conversationId: string;
  readonly messageId: string;
  readonly askedAt: number;
}

interface Ended {
  /** False only where surely nothing was sent to Genie, so that an idempotency key is free again (design §3.2). */
  readonly wasSent: boolean;
}

interface Driven {
  /** A request that waits, or a poller's step, moves the operation on until then; others only look. */
  readonly drivenUntil: number;
}

export type Operation = OperationFacts &
  (
    | (Driven & {
        readonly status: "queued";
        /** Kept only until it is asked (design §1.1). */
        readonly question: string;
        /** Set in the write that precedes the POST: whoever finds it set must never ask (design §4). */
        readonly intentAt: number | null;
        /** Not asked before this time: the estimated slot of the question budget, or a pause. */
        readonly nextAskAt: number;
        /** First time that Databricks could not be reached; asking stops 30 s later. */
        readonly unreachableSince: number | null;
      })
    | (Driven & {
        readonly status: "running";
        readonly asked: Asked;
        readonly nextPollAt: number;
        /** When the present stage was first seen; the poll schedule grows with it. */
        readonly stageSince: number;
      })
    | (Ended & {
        readonly status: "succeeded";
        readonly asked: Asked;
        /** Genie's terminal time − creation by its own clock; null when it told neither. */
        readonly genieMs: number | null;
      })
    | (Ended & {
        readonly status: "failed";
        readonly asked: Asked | null;
        readonly genieMs: number | null;
        readonly failure: Failure;
      })
    | (Ended & { readonly status: "cancelled" | "expired"; readonly asked: Asked | null })
  );

export type Queued = Extract<Operation, { status: "queued" }>;
export type Running = Extract<Operation, { status: "running" }>;
export type Unfinished = Queued | Running;
export type Finished = Exclude<Operation, Unfinished>;
