// The gateway's poller as a client of the waiting bench: the real use case behind the queue function, on a recording
// queue with whole seconds, and the host's own pace of asking the queue.

import type { Random } from "../../local/databricks/seeded-random.ts";
import { isFinished } from "../../shared/operations/operation-state.ts";
import {
  anAppOwner,
  anAskRequest,
  createOperationsFixture,
} from "../support/operations-fixture.ts";
import type { AnswerTimeline } from "./answer-timelines.ts";
import { createQueueHost } from "./queue-host.ts";

/** An app question for which nobody waits. */
export async function waitByPoller({ stages, endsAt }: AnswerTimeline, random: Random) {
  const { ask, askerOf, work, genie, clock, stores } = createOperationsFixture();
  genie.timeline = [
    ...stages.map(({ from, stage }) => ({ from, state: { kind: "working", stage } as const })),
    { from: endsAt, state: { kind: "completed" } },
  ];
  const askedAt = clock.now(); // the request asks before it leaves
  await clock.run(ask(askerOf(anAppOwner), anAskRequest()));
  const host = createQueueHost(random);
  for (;;) {
    const message = stores.queue.messages.shift();
    const operation = stores.store.all()[0];
    if (operation === undefined || isFinished(operation)) break;
    if (message === undefined) throw new Error("the operation has no message");
    clock.advance(host.receivedAt(message.dueAt) - clock.now());
    await clock.run(work(message.operationId));
  }
  return { delayMs: clock.now() - askedAt - endsAt, polls: genie.polls };
}
