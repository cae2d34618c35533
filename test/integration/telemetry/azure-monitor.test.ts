// What goes to Application Insights, over TLS to a server on this machine that stands for its ingestion endpoint: who sends it,
// which trace it belongs to, and that a refusal is nobody's trouble. Nothing of this was run against Azure.

import { setDefaultCACertificates } from "node:tls";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, vi } from "vitest";
import { z } from "zod";
import { createCertificates } from "../../../local/certificates.ts";
import { createAzureMonitorExporters } from "../../../shared/telemetry/azure-monitor-exporters.ts";
import { exportWith } from "../../../shared/telemetry/open-telemetry.ts";
import type { ReportFailure } from "../../../shared/telemetry/report-failures.ts";
import { verifies } from "../../support/verifies.ts";
import { startIngestion } from "./ingestion.ts";

let ingestion: Awaited<ReturnType<typeof startIngestion>>;
beforeAll(async () => {
  // The exporter's own reports about itself go elsewhere: not from a test.
  vi.stubEnv("APPLICATION_INSIGHTS_NO_STATSBEAT", "true");
  const certificates = await createCertificates();
  setDefaultCACertificates([certificates.caPem]);
  ingestion = await startIngestion(certificates, gunzipSync);
});
afterAll(() => ingestion.close());

const scopes: unknown[] = [];
const credential = {
  getToken: async (scope: string | string[]) => {
    scopes.push(scope);
    return { token: "telemetry-token", expiresOnTimestamp: Date.now() + 3_600_000 };
  },
};
const reports: unknown[] = [];
const report: ReportFailure = (signal, error) => void reports.push([signal, error]);
const start = (sampleRate?: number) => {
  ingestion.refuse(200);
  reports.length = 0;
  const key = "00000000-0000-4000-8000-000000000000";
  const connection = `InstrumentationKey=${key};IngestionEndpoint=${ingestion.url}`;
  const options = { version: "0.1.0", instance: "local", spanDelayMs: 20, sampleRate };
  return exportWith(createAzureMonitorExporters(connection, credential, report), options);
};
const span = {
  name: "GET /api/2.0/genie/spaces/{}",
  kind: "client",
  traceId: "a".repeat(32),
  spanId: "b".repeat(16),
  parentSpanId: "c".repeat(16),
  startedAt: Date.UTC(2026, 10, 23),
  endedAt: Date.UTC(2026, 10, 23) + 1_500,
  failed: false,
  attributes: { "http.request.method": "GET", "http.response.status_code": 200 },
} as const;

verifies(
  "telemetry.one-trace",
  "a span is a dependency in its trace, sent with the identity's token",
  async () => {
    const exporting = start();
    exporting.span(span);
    exporting.measurement({ name: "genie.budget.waiting", value: 7, attributes: {} });
    await exporting.shutdown();
    const text = ingestion.received.join("\n");
    expect(text).toContain(`"ai.operation.id":"${"a".repeat(32)}`);
    expect(text).toContain(`"ai.operation.parentId":"${"c".repeat(16)}`);
    expect(text).toContain("00:00:01.500");
    expect(text).toContain("genie.budget.waiting");
    expect(new Set(scopes.flat())).toEqual(new Set(["https://monitor.azure.com/.default"]));
    expect(new Set(ingestion.tokens)).toEqual(new Set(["Bearer telemetry-token"]));
    expect(reports).toEqual([]);
  },
);

const envelope = z.object({ sampleRate: z.number(), tags: z.record(z.string(), z.string()) });
verifies("telemetry.sampling", "a span says for how many it stands", async () => {
  const send = async (traceId: string, rate?: number) => {
    const exporting = start(rate);
    exporting.span({ ...span, traceId });
    await exporting.shutdown();
  };
  await send("d".repeat(32), 25);
  await send("e".repeat(32));
  const sent = ingestion.received.flatMap((body) => z.array(envelope).parse(JSON.parse(body)));
  const rates = (id: string) =>
    sent.flatMap(({ tags, sampleRate }) => (tags["ai.operation.id"] === id ? [sampleRate] : []));
  expect([rates("d".repeat(32)), rates("e".repeat(32))]).toEqual([[25], [100]]);
});

verifies(
  "telemetry.harmless",
  "a refusal is no error of ours, but told by its status",
  async () => {
    const exporting = start();
    ingestion.refuse(403);
    for (let turn = 0; turn < 3_000; turn++) exporting.span(span);
    exporting.measurement({ name: "genie.budget.waiting", value: 7, attributes: {} });
    await expect(exporting.shutdown()).resolves.toBeUndefined();
    expect(reports).toContainEqual(["spans", { statusCode: 403 }]);
    expect(reports).toContainEqual(["metrics", { statusCode: 403 }]);
  },
);
