// What goes to Application Insights, over TLS to a server on this machine that stands for its ingestion endpoint: who sends it,
// which trace it belongs to, and that a refusal is nobody's trouble. Nothing of this was run against Azure.

import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setDefaultCACertificates } from "node:tls";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, onTestFinished, vi } from "vitest";
import { z } from "zod";
import { type Certificates, createCertificates } from "../../../local/certificates.ts";
import { exportTelemetry } from "../../../shared/app/export-telemetry.ts";
import { createAzureMonitorExporters } from "../../../shared/telemetry/azure-monitor-exporters.ts";
import { exportWith } from "../../../shared/telemetry/open-telemetry.ts";
import type { ReportFailure } from "../../../shared/telemetry/report-failures.ts";
import { inSpan } from "../../../shared/telemetry/spans.ts";
import { verifies } from "../../support/verifies.ts";
import { startIngestion } from "./ingestion.ts";

let certificates: Certificates;
let ingestion: Awaited<ReturnType<typeof startIngestion>>;
beforeAll(async () => {
  // The exporter's own reports about itself go elsewhere: not from a test.
  vi.stubEnv("APPLICATION_INSIGHTS_NO_STATSBEAT", "true");
  certificates = await createCertificates();
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
const connectionTo = ({ url }: { readonly url: string }) =>
  `InstrumentationKey=00000000-0000-4000-8000-000000000000;IngestionEndpoint=${url}`;
const start = (sampleRate?: number) => {
  ingestion.refuse(200);
  reports.length = 0;
  const connection = connectionTo(ingestion);
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
function ratesIn(bodies: readonly string[], traceId: string): number[] {
  const sent = bodies.flatMap((body) => z.array(envelope).parse(JSON.parse(body)));
  return sent.flatMap((one) => (one.tags["ai.operation.id"] === traceId ? [one.sampleRate] : []));
}
verifies("telemetry.sampling", "a span says for how many it stands", async () => {
  const send = async (traceId: string, rate?: number) => {
    const exporting = start(rate);
    exporting.span({ ...span, traceId });
    await exporting.shutdown();
  };
  await send("d".repeat(32), 25);
  await send("e".repeat(32));
  const rates = (id: string) => ratesIn(ingestion.received, id);
  expect([rates("d".repeat(32)), rates("e".repeat(32))]).toEqual([[25], [100]]);
});

for (const [sampler, rate] of [
  ["traceidratio", 25],
  ["parentbased_traceidratio", 100], // callers decide too: nobody knows for how many it stands
] as const) {
  verifies("telemetry.sampling", `${sampler} of 0.25 is told as ${rate} percent`, async () => {
    const own = await startIngestion(certificates, gunzipSync);
    onTestFinished(own.close);
    const stop = exportTelemetry({
      APPLICATIONINSIGHTS_CONNECTION_STRING: connectionTo(own),
      OTEL_TRACES_SAMPLER: sampler,
      OTEL_TRACES_SAMPLER_ARG: "0.25",
    });
    const id = "f".repeat(32); // one that every ratio keeps
    const parent = `00-${id}-${"b".repeat(16)}-01`;
    await inSpan({ name: "POST /q", kind: "server", parent }, async () => {});
    await stop?.();
    await expect.poll(() => ratesIn(own.received, id)).toEqual([rate]);
  });
}

verifies("telemetry.nothing-private", "what cannot be sent is not kept on disk", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "genie-offline-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const name of ["TMPDIR", "TEMP", "TMP"]) vi.stubEnv(name, folder);
  const exporting = start();
  ingestion.refuse(403);
  exporting.span(span);
  exporting.measurement({ name: "genie.budget.waiting", value: 7, attributes: {} });
  await exporting.shutdown();
  expect(reports).toContainEqual(["spans", { statusCode: 403 }]);
  expect(await readdir(folder)).toEqual([]);
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
