// All ports of the domain in memory, for unit tests: the stores by their rules, the budget and the queue as
// recorders that a test can script and read.

import type {
  ConversationIndex,
  ConversationLedger,
  QuestionBudget,
  SlotReply,
  TokenCustody,
  WorkQueue,
} from "../../shared/operations/ports.ts";
import type { Clock } from "../../shared/telemetry/clock.ts";
import {
  createMemoryConversationIndex,
  createMemoryConversationLedger,
} from "./memory-conversations.ts";
import { createMemoryOperationStore, type MemoryOperationStore } from "./memory-operation-store.ts";

export interface RecordingBudget extends QuestionBudget {
  /** What was called, for example `request operation-1`. */
  readonly calls: string[];
  /** Decides every request; grants it unless a test sets another one. */
  reply: (operationId: string, presentUntil: number) => SlotReply;
}

export interface ScheduledMessage {
  readonly kind: "poll" | "callback";
  readonly operationId: string;
  /** When a worker would receive it, epoch ms. */
  readonly dueAt: number;
}

export interface RecordingQueue extends WorkQueue {
  readonly messages: ScheduledMessage[];
  /** Takes the messages that are due out of the queue, earliest first. */
  takeDue(): ScheduledMessage[];
}

export interface MemoryStores {
  readonly store: MemoryOperationStore;
  readonly conversations: ConversationIndex;
  readonly ledger: ConversationLedger;
  readonly budget: RecordingBudget;
  readonly queue: RecordingQueue;
  readonly custody: TokenCustody;
}

export function createMemoryStores({ clock }: { readonly clock: Clock }): MemoryStores {
  return {
    store: createMemoryOperationStore(),
    conversations: createMemoryConversationIndex(clock),
    ledger: createMemoryConversationLedger(),
    budget: createRecordingBudget(),
    queue: createRecordingQueue(clock),
    custody: createMemoryCustody(clock),
  };
}

function createRecordingBudget(): RecordingBudget {
  const calls: string[] = [];
  const budget: RecordingBudget = {
    calls,
    reply: () => ({ kind: "granted" }),
    request: async (operationId, presentUntil) => {
      calls.push(`request ${operationId}`);
      return budget.reply(operationId, presentUntil);
    },
    settle: async (operationId) => void calls.push(`settle ${operationId}`),
    release: async (operationId) => void calls.push(`release ${operationId}`),
    pushBack: async (until) => void calls.push(`pushBack ${until}`),
    leave: async (operationId) => void calls.push(`leave ${operationId}`),
  };
  return budget;
}

function createRecordingQueue(clock: Clock): RecordingQueue {
  const messages: ScheduledMessage[] = [];
  const schedule =
    (kind: ScheduledMessage["kind"]) => async (operationId: string, delayMs: number) => {
      // Whole seconds, rounded up, like the visibility of a storage queue.
      const delay = Math.max(0, Math.ceil(delayMs / 1_000)) * 1_000;
      messages.push({ kind, operationId, dueAt: clock.now() + delay });
    };
  return {
    messages,
    schedulePoll: schedule("poll"),
    scheduleCallback: schedule("callback"),
    takeDue: () => {
      const due = messages.filter((message) => message.dueAt <= clock.now());
      for (const message of due) messages.splice(messages.indexOf(message), 1);
      return due.toSorted((a, b) => a.dueAt - b.dueAt);
    },
  };
}

function createMemoryCustody(clock: Clock): TokenCustody {
  const kept = new Map<string, { token: string; expiresAt: number }>();
  return {
    keep: async (operation, token) => void kept.set(operation.id, token),
    open: async ({ id }) => {
      const entry = kept.get(id);
      if (entry !== undefined && entry.expiresAt > clock.now()) return entry.token;
      kept.delete(id);
      return undefined;
    },
    erase: async (operationId) => void kept.delete(operationId),
  };
}
