// A worker that takes queue messages over virtual time, and what tests ask about the operations it moves.

import type { createOperationsFixture } from "./operations-fixture.ts";
import { aWorkingState } from "./scripted-genie.ts";

type Fixture = ReturnType<typeof createOperationsFixture>;

export function answersAfter({ genie }: Fixture, ms: number): void {
  genie.timeline = [
    { from: 0, state: aWorkingState("ASKING_AI") },
    { from: ms, state: { kind: "completed" } },
  ];
}

/** A worker that takes messages for `ms`, one at a time, as the host would. */
export async function workFor({ clock, stores, work }: Fixture, ms: number) {
  const until = clock.now() + ms;
  const callbacks: string[] = [];
  let invocations = 0;
  while (clock.now() < until) {
    for (const { kind, operationId } of stores.queue.takeDue()) {
      if (kind === "poll") {
        await clock.run(work(operationId));
        invocations += 1;
      } else {
        callbacks.push(operationId);
      }
    }
    clock.advance(1_000);
  }
  return { invocations, callbacks };
}

export async function statusOf({ deps }: Fixture, id: string): Promise<string | undefined> {
  return (await deps.store.read(id))?.operation.status;
}
