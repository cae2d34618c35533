// The words that one step of an operation is told in: who drives it, and what is known after it.

import type { GenieMessage } from "./genie.ts";
import type { Operation } from "./operation.ts";
import type { Asker, Versioned } from "./ports.ts";

/** Whoever moves an operation on: a request that waits, a reader that only looks, or the poller. */
export interface Driver {
  readonly asker: Asker;
  /** Epoch ms until which it is there, and so can use a slot of the question budget. */
  readonly presentUntil: number;
  /**
   * True for a request that waits: it renews its lease in the record (`drivenUntil`), so it need not claim each
   * look and may keep small news to itself.
   */
  readonly leads: boolean;
}

/** What is known after a step; `operation` may be newer than what is stored. */
export interface Step {
  readonly operation: Operation;
  readonly stored: Versioned;
  /** The message if this step saw it: saves reading it again. */
  readonly message?: GenieMessage;
}

export function asStored(versioned: Versioned): Step {
  return { operation: versioned.operation, stored: versioned };
}
