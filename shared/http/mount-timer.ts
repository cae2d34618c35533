// Registers a timer-triggered function. On the start-up path: what it runs is imported with the first run.

import { app } from "@azure/functions";

export interface TimerTrigger {
  /** The function's name. */
  readonly name: string;
  /** NCRONTAB with seconds, in UTC. */
  readonly schedule: string;
}

/** Runs `handle` by the schedule, on one instance at a time. A run that fails is not repeated: the next one is due soon. */
export function mountTimer<Worker>(
  { name, schedule }: TimerTrigger,
  load: () => Promise<Worker>,
  handle: (worker: Worker) => Promise<void>,
): void {
  app.timer(name, {
    schedule,
    handler: async (_timer, { invocationId }) => {
      const { runInBackground } = await import("./run-in-background.ts");
      const { inSpan } = await import("../telemetry/spans.ts");
      await inSpan(
        { name, kind: "internal", attributes: { "faas.invocation_id": invocationId } },
        () => runInBackground(async () => handle(await load()), { name, invocationId }),
      );
    },
  });
}
