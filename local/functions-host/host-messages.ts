// What the parent and the host process say to each other over the IPC channel. Data only.

import type { FunctionSummary } from "./function-index.ts";
import type { HostKeys } from "./http/function-keys.ts";

/** The first message to the host process. */
export interface StartMessage {
  readonly kind: "start";
  readonly appFolder: string;
  readonly port: number;
  readonly keys: HostKeys;
  /** PEM certificates the app shall trust besides the usual ones. */
  readonly trustedCa?: string;
  readonly activityTimeoutMs: number;
  /** Absolute. Answers are written down here. */
  readonly recordFolder?: string;
}

export interface StopMessage {
  readonly kind: "stop";
}

export type ParentMessage = StartMessage | StopMessage;

export type HostMessage =
  | {
      readonly kind: "ready";
      readonly port: number;
      readonly functions: readonly FunctionSummary[];
    }
  /** The host itself cannot run (port taken, host.json unusable). A faulty app is not this. */
  | { readonly kind: "failed"; readonly reason: string };
