// Sets the triggers of all indexed functions going: the HTTP site, one queue listener and one timer per function.

import type { Clock } from "../../shared/telemetry/clock.ts";
import type { IndexedFunction, Trigger } from "./function-index.ts";
import type { HostSettings } from "./host-json.ts";
import type { HostLog } from "./host-log.ts";
import type { StartMessage } from "./host-messages.ts";
import { createBufferedExchange } from "./http/http-buffered.ts";
import type { HttpListener } from "./http/http-listener.ts";
import { createStreamedExchange } from "./http/http-streamed.ts";
import { createRecorder } from "./http/record-exchange.ts";
import { listenQueue } from "./queues/queue-listener.ts";
import { createSendOutputs, type SendOutputs } from "./queues/send-outputs.ts";
import { createOpenQueues, type OpenQueues } from "./queues/storage-queues.ts";
import { listenTimer } from "./timers/timer-listener.ts";
import type { Invoke } from "./worker/invoke.ts";

export interface TriggerParts {
  readonly functions: readonly IndexedFunction[];
  readonly start: StartMessage;
  readonly settings: HostSettings;
  readonly invoke: Invoke;
  /** Set when the app streams HTTP: where the library's own server listens. */
  readonly workerUrl: string | undefined;
  readonly http: HttpListener;
  readonly log: HostLog;
  readonly clock: Clock;
}

export function startTriggers(parts: TriggerParts, stop: AbortSignal): void {
  const { functions, start, settings, invoke, workerUrl, http, log } = parts;
  const openQueues = createOpenQueues(process.env);
  const sendOutputs = createSendOutputs({
    openQueues,
    encoding: settings.queues.messageEncoding,
    settings: process.env,
  });
  const { activityTimeoutMs, keys, recordFolder } = start;
  const exchange =
    workerUrl === undefined
      ? createBufferedExchange(invoke, sendOutputs)
      : createStreamedExchange({ invoke, sendOutputs, workerUrl, activityTimeoutMs });
  const recording = recordFolder === undefined ? {} : { record: createRecorder(recordFolder) };
  http.serve({ functions, keys, exchange, ...recording });

  for (const target of functions) {
    if (target.disabled || target.trigger === undefined || target.trigger.kind === "http") {
      continue;
    }
    const listener = { ...parts, target, openQueues, sendOutputs, stop };
    startListener(listener, target.trigger).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      log("error", `The listener for function '${target.name}' was unable to start: ${reason}`);
    });
  }
}

interface ListenerParts extends TriggerParts {
  readonly target: IndexedFunction;
  readonly openQueues: OpenQueues;
  readonly sendOutputs: SendOutputs;
  readonly stop: AbortSignal;
}

async function startListener(
  parts: ListenerParts,
  trigger: Exclude<Trigger, { kind: "http" }>,
): Promise<void> {
  const { target, invoke, sendOutputs, clock, log, stop } = parts;
  const { registered } = target;
  const run = async (
    data: { string?: string; json?: string },
    triggerMetadata: Parameters<Invoke>[1]["triggerMetadata"],
    reason: string,
  ) => {
    const request = { inputData: [{ name: trigger.binding, data }], triggerMetadata };
    const response = await invoke(registered, request, { reason });
    await sendOutputs(registered.metadata, response);
  };
  if (trigger.kind === "timer") {
    const { nextRun, runOnStartup } = trigger;
    const tick = (timer: { json?: string }) => run(timer, {}, "Timer fired");
    await listenTimer({ nextRun, runOnStartup, run: tick, clock }, stop);
    return;
  }
  const { queueName, connection } = trigger;
  const service = await parts.openQueues(connection);
  const settings = parts.settings.queues;
  const reason = `New queue message detected on '${queueName}'.`;
  await listenQueue(
    {
      service,
      queueName,
      settings,
      log,
      clock,
      run: (text, metadata) => run({ string: text }, metadata, reason),
    },
    stop,
  );
}
