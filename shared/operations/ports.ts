// What the domain needs from outside: stores and the caller's way to Genie. Adapters live in `stores/`
// and `databricks/`; nothing here names a table, a token or a URL.

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
}

/** A space as configured: callers only ever see the alias. */
export interface Space {
  readonly alias: string;
  readonly id: string;
}

/** An operation as read, with the version that a `replace` must still find. */
export interface Versioned {
  readonly operation: Operation;
  readonly etag: string;
}

/** Identifies a repeated ask (design §3.2): hashes only, neither key nor body. */
export interface IdempotencyClaim {
  /** Keyed hash of caller, path and key. */
  readonly scope: string;
  /** Hash of the body as JSON: key order ignored, absent = null. */
  readonly body: string;
}

export type CreateOutcome =
  | { readonly kind: "created"; readonly versioned: Versioned }
  /** The idempotency key already stands for this operation. */
  | { readonly kind: "repeated"; readonly versioned: Versioned }
  /** The idempotency key stands for another body. */
  | { readonly kind: "key_reused" }
  /** The conversation of this follow-up has an unfinished operation. */
  | { readonly kind: "conversation_busy"; readonly versioned: Versioned };

/**
 * Where operations are kept. `create` decides key and conversation in one step, so that two simultaneous
 * first requests never both win; `replace` is compare-and-set. Throws AppError `storage_unavailable`.
 */
export interface OperationStore {
  create(operation: Operation, claim: IdempotencyClaim | null): Promise<CreateOutcome>;
  read(id: string): Promise<Versioned | undefined>;
  /** Undefined when somebody else wrote since `etag` was read. */
  replace(operation: Operation, etag: string): Promise<Versioned | undefined>;
  /** The operation that asked this message, while it is kept. */
  findByMessage(owner: Owner, messageId: string): Promise<Operation | undefined>;
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

/** What every use case of this folder is made with, once per process. */
export interface OperationsDeps {
  readonly store: OperationStore;
  readonly ledger: ConversationLedger;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How long an operation may take from its ask (GENIE__DEADLINE_MINUTES), in ms. */
  readonly deadlineMs: number;
  /** A new unguessable operation id. */
  newId(): string;
}
