// What the domain needs from outside: stores, queues and the caller's way to Genie. Adapters live in `stores/`
// and `databricks/`; nothing here names a table, a token format or a URL.

import type { Clock } from "../telemetry/clock.ts";
import type { Logger } from "../telemetry/logger.ts";
import type { Genie } from "./genie.ts";
import type { Operation } from "./operation.ts";
import type { Owner } from "./owner.ts";

/** The verified caller: who owns what it asks, and its own authority at Databricks. */
export interface Asker {
  readonly owner: Owner;
  /** Exchanges the caller's token when first called. Throws AppError when Entra or Databricks refuses. */
  genie(): Promise<Genie>;
  /** The Databricks access token itself, for custody (design §3.7), and when it expires (epoch ms). */
  databricksToken(): Promise<{ readonly token: string; readonly expiresAt: number }>;
}

/** A space as configured: callers only ever see the alias. */
export interface Space {
  readonly alias: string;
  readonly id: string;
}

/** An operation as read, with the version that a `replace` must still find. */
export interface Versioned<Kind extends Operation = Operation> {
  readonly operation: Kind;
  readonly etag: string;
}

/**
 * A repeated ask (design §3.2), known by hashes only. The operation's id is derived from caller, path and key, so
 * that two simultaneous first requests on two workers can only ever create one record.
 */
export interface IdempotencyClaim {
  /**
   * The derived ids of the n-th operation (from 0) under this key: the one to use first, then those under other
   * sealing keys, which are looked up too, so that a rotation asks nothing twice. There is a second operation only
   * when the first ended before anything was sent: an id is never used again, since callbacks go out under it.
   */
  idsOf(attempt: number): Promise<readonly string[]>;
  /** Keyed hashes of the body as JSON (key order ignored, absent = null), newest sealing key first. */
  readonly bodies: readonly string[];
}

export type CreateOutcome =
  | { readonly kind: "created"; readonly versioned: Versioned }
  /** An operation with this id exists; whether it is the same question is for the caller to see. */
  | { readonly kind: "exists"; readonly versioned: Versioned };

/**
 * Where operations are kept, one record each. Every method throws AppError `storage_unavailable` when the storage
 * does not answer. Times are epoch ms.
 */
export interface OperationStore {
  create(operation: Operation): Promise<CreateOutcome>;
  read(id: string): Promise<Versioned | undefined>;
  /** Compare-and-set: undefined when somebody else wrote since `etag` was read, or the record is gone (etag ""). */
  replace(operation: Operation, etag: string): Promise<Versioned | undefined>;
  /** Records whose planned move (`plannedMoveAt`) is before `before`, at most `limit`; for the sweeper. */
  listOverdue(before: number, limit: number): Promise<readonly Versioned[]>;
  /**
   * Deletes records (and their custody rows) that ended before `before`, or whose deadline passed before it without
   * anybody looking again; at most `limit`; how many.
   */
  deleteEnded(before: number, limit: number): Promise<number>;
}

/** The last operation of a conversation that we know of, and which operation asked which message. */
export interface ConversationIndex {
  /** The newest operation of the conversation; the etag guards `claim`. */
  readLast(owner: Owner, conversationId: string): Promise<LastOperation | undefined>;
  /**
   * Makes `operationId` the newest operation of the conversation, if `etag` is still the present one (undefined:
   * if there is none yet). False when somebody else was faster.
   */
  claim(
    owner: Owner,
    conversationId: string,
    change: { readonly operationId: string; readonly etag: string | undefined },
  ): Promise<boolean>;
  /** Remembers which operation asked the message; for a conversation it opened, also as the newest one. */
  recordAsk(owner: Owner, asked: AskedMessage): Promise<void>;
  /** The operation that asked this message, while it is kept. */
  findByMessage(
    owner: Owner,
    conversationId: string,
    messageId: string,
  ): Promise<string | undefined>;
  /** Deletes rows of operations that ended before `before` (epoch ms) for certain, at most `limit`; how many. */
  deleteEnded(before: number, limit: number): Promise<number>;
}

export interface LastOperation {
  readonly operationId: string;
  /** Epoch ms. */
  readonly claimedAt: number;
  readonly etag: string;
}

export interface AskedMessage {
  readonly operationId: string;
  readonly conversationId: string;
  readonly messageId: string;
  readonly opensConversation: boolean;
}

export interface OwnedConversation {
  readonly conversationId: string;
  readonly createdAt: number;
}

/**
 * Which app caller started which conversation. The service principal owns them all at Databricks, so
 * only this record keeps one app caller from reading another's (design §3.5).
 */
export interface ConversationLedger {
  record(owner: Owner, spaceId: string, conversation: OwnedConversation): Promise<void>;
  has(owner: Owner, spaceId: string, conversationId: string): Promise<boolean>;
  /** Newest first. */
  list(owner: Owner, spaceId: string): Promise<readonly OwnedConversation[]>;
  remove(owner: Owner, spaceId: string, conversationId: string): Promise<void>;
}

/** The answer of the question budget (design §4). */
export type SlotReply =
  | { readonly kind: "granted" }
  /** The place in the line is kept; `estimatedAt` (epoch ms) is when its turn is expected. */
  | { readonly kind: "waiting"; readonly estimatedAt: number };

/**
 * The workspace-wide question budget, shared by all instances: at most N asks in any 60 s, first come first asked.
 * Throws AppError `storage_unavailable`.
 */
export interface QuestionBudget {
  /**
   * Takes a slot, or a place in the line. Calling again with the same id keeps the place.
   * @param presentUntil epoch ms until which somebody can use the slot for this operation; one that is not
   *   present when its turn comes is passed over and keeps its place. `Infinity` where the poller drives it.
   */
  request(operationId: string, presentUntil: number): Promise<SlotReply>;
  /** The reply to the ask came (or its time-out passed): the slot is free again 60 s from now. */
  settle(operationId: string): Promise<void>;
  /** Nothing was sent: the slot is free at once. */
  release(operationId: string): Promise<void>;
  /** Databricks says 429: nobody asks before `until` (epoch ms). */
  pushBack(until: number): Promise<void>;
  /** The operation ended before its turn: its place is given up. */
  leave(operationId: string): Promise<void>;
}

/**
 * Messages that make a worker look again; at least once, in no order. Throws AppError `storage_unavailable`.
 * `traceparent` is the operation's, so that the worker's spans join its trace.
 */
export interface WorkQueue {
  schedulePoll(operationId: string, delayMs: number, traceparent?: string | null): Promise<void>;
  scheduleCallback(
    operationId: string,
    delayMs: number,
    traceparent?: string | null,
  ): Promise<void>;
}

/** The sealed Databricks token of a user question with a callback (design §3.7), in a record of its own. */
export interface TokenCustody {
  keep(
    operation: Operation,
    token: { readonly token: string; readonly expiresAt: number },
  ): Promise<void>;
  /** Undefined when there is none or it has expired. */
  open(operation: Operation): Promise<string | undefined>;
  erase(operationId: string): Promise<void>;
}

/** What every use case of this folder is made with, once per process. */
export interface OperationsDeps {
  readonly store: OperationStore;
  readonly conversations: ConversationIndex;
  readonly ledger: ConversationLedger;
  readonly budget: QuestionBudget;
  readonly queue: WorkQueue;
  readonly custody: TokenCustody;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How long an operation may take from its ask (GENIE__DEADLINE_MINUTES), in ms. */
  readonly deadlineMs: number;
  /** A new unguessable operation id. */
  newId(): string;
}
