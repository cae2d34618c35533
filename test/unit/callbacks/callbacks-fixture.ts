// The callback use case with a store of one record, a queue that a virtual clock plays through, and a receiver by
// script. The store counts versions like the real one; faults are put between any two lines of the use case.

import { createReceiverSlots } from "../../../shared/callbacks/receiver-slots.ts";
import { createSignCallback } from "../../../shared/callbacks/sign-callback.ts";
import { AppError } from "../../../shared/errors/app-error.ts";
import type { CallbackOutcome } from "../../../shared/operations/callback-tries.ts";
import {
  createDeliverCallback,
  type SendCallback,
} from "../../../shared/operations/deliver-callback.ts";
import type { Callback, Finished, Operation } from "../../../shared/operations/operation.ts";
import type { Versioned } from "../../../shared/operations/ports.ts";
import type { LogFields } from "../../../shared/telemetry/logger.ts";
import { createVirtualClock } from "../../support/virtual-clock.ts";

export const SIGNING_SECRET = Buffer.alloc(32, 7).toString("base64");
export const RECEIVER_URL = "https://prod-01.westeurope.logic.azure.com/x?sig=a-bearer-secret";

export function aCallback(overrides: Partial<Callback> = {}): Callback {
  return { url: RECEIVER_URL, tries: 0, nextTryAt: 0, outcome: "open", ...overrides };
}

type Succeeded = Extract<Operation, { status: "succeeded" }>;

export function aFinished(overrides: Partial<Succeeded> = {}): Succeeded {
  const createdAt = Date.UTC(2026, 10, 23, 9);
  return {
    id: "operation-00000000000001",
    owner: { kind: "app", tenantId: "t", clientId: "flow" },
    space: "default",
    spaceId: "5".repeat(32),
    followUpOf: null,
    claimedBody: null,
    callback: aCallback(),
    stage: "ASKING_AI",
    linkBase: "https://gateway.example",
    traceparent: null,
    createdAt,
    updatedAt: createdAt + 30_000,
    expiresAt: createdAt + 600_000,
    status: "succeeded",
    asked: { conversationId: "c".repeat(32), messageId: "d".repeat(32), askedAt: createdAt + 100 },
    wasSent: true,
    genieMs: 29_000,
    ...overrides,
  };
}

export const storageDown = () =>
  new AppError({ code: "storage_unavailable", detail: "The storage does not answer." });

/** Compare-and-set like the real store; `beforeReplace` may throw, or write first. */
function createRecords() {
  const records = new Map<string, { operation: Operation; version: number }>();
  const put = (operation: Operation): void => {
    const version = (records.get(operation.id)?.version ?? 0) + 1;
    records.set(operation.id, { operation, version });
  };
  const versionedOf = (id: string): Versioned | undefined => {
    const found = records.get(id);
    return found && { operation: found.operation, etag: String(found.version) };
  };
  const faults = { beforeReplace: (_next: Operation): void => {} };
  return {
    put,
    faults,
    callbackOf: (id: string) => records.get(id)?.operation.callback,
    operationOf: (id: string) => records.get(id)?.operation,
    store: {
      read: async (id: string) => versionedOf(id),
      replace: async (operation: Operation, etag: string) => {
        faults.beforeReplace(operation);
        if (versionedOf(operation.id)?.etag !== etag) return undefined;
        put(operation);
        return versionedOf(operation.id);
      },
    },
  };
}

export interface Sent {
  readonly at: number;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Message {
  readonly id: string;
  readonly visibleAt: number;
}

export function createCallbacksFixture(first: Finished = aFinished()) {
  // The library that verifies signatures reads the machine's own clock, so this one starts there.
  const clock = createVirtualClock(Date.now());
  const records = createRecords();
  records.put(first);
  const log: { event: string; fields: LogFields | undefined }[] = [];
  const record = (event: string, fields?: LogFields) => void log.push({ event, fields });
  const messages: Message[] = [];
  const sent: Sent[] = [];
  const erased: string[] = [];
  const world = {
    receive: async (_try: Sent): Promise<CallbackOutcome> => "delivered",
    readSigningSecret: async () => SIGNING_SECRET,
    erase: async (id: string): Promise<void> => void erased.push(id),
  };
  const send: SendCallback = (url, headers, body) => {
    const one = { at: clock.now(), url, headers, body };
    sent.push(one);
    return world.receive(one);
  };
  const deliver = createDeliverCallback(
    {
      clock,
      store: {
        ...records.store,
        create: never,
        listOverdue: never,
        deleteEnded: never,
      },
      queue: {
        schedulePoll: never,
        scheduleCallback: async (id, delayMs) =>
          void messages.push({ id, visibleAt: clock.now() + delayMs }),
      },
      custody: { keep: never, open: never, erase: (id) => world.erase(id) },
      logger: { info: record, warn: record, error: record },
    },
    {
      send,
      enterReceiver: createReceiverSlots(),
      sign: createSignCallback({
        clock,
        readSigningSecret: () => world.readSigningSecret(),
        toBody: ({ id, status }) => ({ operation_id: id, status }),
      }),
    },
  );

  /** Runs the earliest message when its time comes; false when there is none. */
  const next = async (): Promise<boolean> => {
    messages.sort((a, b) => a.visibleAt - b.visibleAt);
    const message = messages.shift();
    if (message === undefined) return false;
    clock.advance(Math.max(0, message.visibleAt - clock.now()));
    await clock.run(deliver(message.id));
    return true;
  };
  /** Runs all messages to the last; fails when they never end. */
  const drain = async (): Promise<void> => {
    for (let turns = 0; await next(); turns++) {
      if (turns > 200) throw new Error("the queue never empties");
    }
  };

  return {
    clock,
    ...records,
    log,
    messages,
    sent,
    erased,
    world,
    deliver,
    next,
    drain,
    id: first.id,
  };
}

async function never(): Promise<never> {
  throw new Error("delivery has no business here");
}
