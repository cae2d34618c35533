// What the alert of stuck poison messages reads, against real queues (Azurite).

import { expect } from "vitest";
import { createPoisonWatch } from "../../../shared/stores/poison-watch.ts";
import { recordTelemetry, stopRecordingAfterEach } from "../../support/recorded-telemetry.ts";
import { verifies } from "../../support/verifies.ts";
import { useStorageStand } from "../stores/use-storage-stand.ts";

const stand = useStorageStand();
stopRecordingAfterEach();

verifies(
  "telemetry.metrics",
  "tells how long a poison message has been there, and leaves it",
  async () => {
    const clients = stand().newClients();
    const queue = await clients.queue("genie-poll-poison");
    await queue.sendMessage("not ours");
    const clock = { now: () => Date.now() + 900_000, sleep: async () => {} };
    const watch = createPoisonWatch(clients, clock);
    await watch(); // nobody records: nothing is looked at
    const { spans, measurements } = recordTelemetry(clock);
    await watch();
    const [measured, ...others] = measurements;
    expect([measured?.name, measured?.attributes, others]).toEqual([
      "genie.poison.oldest_age",
      { queue: "genie-poll-poison" },
      [],
    ]);
    expect(measured?.value).toBeGreaterThan(890);
    expect(spans.map(({ name }) => name)).toContain("GET genie-poll-poison");
    const { peekedMessageItems } = await queue.peekMessages();
    expect(peekedMessageItems).toHaveLength(1);
    await queue.clearMessages();
  },
);
