// What the SDK would take from the environment by itself, past the settings that the gateway reads.

import { expect, vi } from "vitest";
import { exportWith } from "../../../shared/telemetry/open-telemetry.ts";
import { verifies } from "../../support/verifies.ts";

const span = {
  name: "GET /x",
  kind: "client",
  traceId: "a".repeat(32),
  spanId: "b".repeat(16),
  parentSpanId: undefined,
  startedAt: 1_000,
  endedAt: 2_000,
  failed: false,
  attributes: {},
} as const;
const done = async () => {};

for (const size of ["0", "-1", "1000000"]) {
  verifies(
    "telemetry.harmless",
    `OTEL_BSP_MAX_EXPORT_BATCH_SIZE=${size} changes nothing`,
    async () => {
      vi.stubEnv("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", size);
      const sent: number[] = [];
      const exporting = exportWith(
        {
          spans: {
            export: (spans, tell) => {
              sent.push(spans.length);
              if (sent.length < 10) tell({ code: 0 });
            },
            shutdown: done,
          },
          metrics: { export: (_, tell) => tell({ code: 0 }), shutdown: done, forceFlush: done },
        },
        { version: "1", instance: "i" },
      );
      for (let count = 0; count < 600; count++) exporting.span(span);
      await exporting.shutdown();
      expect(sent.toSorted()).toEqual([512, 88]);
    },
  );
}
