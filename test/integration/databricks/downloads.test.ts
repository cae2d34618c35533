// All rows of a result through the Genie client and the simulated workspace, over real sockets: files, formats,
// expired links and broken connections.

import { inspect } from "node:util";
import { expect, test, vi } from "vitest";
import type { CreateRowWriter } from "../../../shared/operations/row-batch.ts";
import { rowWriterOf, toRowFile } from "../../../shared/presentation/row-file.ts";
import { systemClock } from "../../../shared/telemetry/clock.ts";
import { recordTelemetry, stopRecordingAfterEach } from "../../support/recorded-telemetry.ts";
import { verifies } from "../../support/verifies.ts";
import {
  allRows,
  aRow,
  type ReadyDownload,
  rowsIn,
  someRows,
  startDownloadBench,
} from "./download-bench.ts";
import { failureOf } from "./genie-bench.ts";

async function csvOf(
  { columns, rows }: ReadyDownload,
  writerOf: CreateRowWriter | undefined,
): Promise<string> {
  const batches = rows(writerOf?.(columns));
  let csv = "";
  const { pieces } = toRowFile({ columns, batches }, { format: "csv", bom: false });
  for await (const piece of pieces) csv += String(piece);
  return csv;
}

const FILE = { route: "downloadExternalFile" } as const;
stopRecordingAfterEach();
const fileSpans = async (work: (download: ReadyDownload) => Promise<unknown>, behaviour = {}) => {
  const bench = await startDownloadBench(someRows(2_000), {
    rowsPerDownloadLink: 900,
    ...behaviour,
  });
  const download = await bench.ready();
  const { spans } = recordTelemetry(systemClock);
  await work(download).catch(() => {});
  const files = () => spans.filter(({ name }) => name === "GET row-file");
  return { bench, files, text: () => JSON.stringify(spans) };
};

verifies(
  "telemetry.streams",
  "each file has a span with its host and nothing of its link",
  async () => {
    const { bench, files, text } = await fileSpans(allRows);
    await vi.waitFor(() => expect(files()).toHaveLength(3));
    const links = bench.simulator.calls(FILE).map(({ path }) => path);
    expect(links.length).toBeGreaterThan(0);
    for (const span of files()) {
      expect(span).toMatchObject({
        kind: "client",
        failed: false,
        attributes: {
          "server.address": "127.0.0.1",
          "http.response.status_code": 200,
          "genie.stream.end": "complete",
          "http.response.body.size": expect.any(Number),
        },
      });
    }
    for (const link of links)
      for (const part of link.split(/[/?&=]/)) {
        if (part.length > 8) expect(text()).not.toContain(part);
      }
  },
);

verifies(
  "telemetry.streams",
  "a file that nobody reads to its end is closed, not failed",
  async () => {
    const { files } = await fileSpans(async (download) => {
      for await (const _ of download.rows()) break;
    });
    await vi.waitFor(() => expect(files().length).toBeGreaterThan(0));
    for (const { failed } of files()) expect(failed).toBe(false);
  },
);

verifies("databricks.all-rows", "all rows, in order, over many files", async () => {
  const rows = someRows(7_000);
  const bench = await startDownloadBench(rows, { rowsPerDownloadLink: 900 });
  const download = await bench.ready();
  expect(download).toMatchObject({ columns: [{ name: "n" }, { name: "text" }] });
  expect(await allRows(download)).toEqual(rows.read(0, 7_000));
  expect(bench.simulator.calls({ route: "getStatementResultChunk" })).toHaveLength(7);
  // Each reading has connections and places of its own.
  expect(await allRows(download)).toHaveLength(7_000);
});

verifies("databricks.all-rows", "links that come together are all used", async () => {
  const rows = someRows(1_000);
  const bench = await startDownloadBench(rows, { rowsPerDownloadLink: 90, linksPerReply: 5 });
  expect(await allRows(await bench.ready())).toEqual(rows.read(0, 1_000));
  expect(bench.simulator.calls({ route: "getStatementResultChunk" })).toHaveLength(2);
});

test("one file, and no file at all", async () => {
  const one = await startDownloadBench(someRows(3));
  expect(await allRows(await one.ready())).toEqual([aRow(0), aRow(1), aRow(2)]);
  const none = await startDownloadBench(someRows(0));
  expect(await allRows(await none.ready())).toEqual([]);
  expect(none.simulator.calls(FILE)).toEqual([]);
});

verifies("databricks.all-rows", "CSV files", async () => {
  const rows = someRows(2_000);
  const bench = await startDownloadBench(rows, { downloadFormat: "CSV", rowsPerDownloadLink: 900 });
  expect(await allRows(await bench.ready())).toEqual(rows.read(0, 2_000));
});

test("a format that nobody here reads is an error, and no reason to start another download", async () => {
  const bench = await startDownloadBench(someRows(3), { downloadFormat: "ARROW_STREAM" });
  const started = await bench.genie.startDownload(bench.ref, bench.attachmentId);
  bench.time.now += 10_000;
  const read = bench.genie.download(bench.ref, bench.attachmentId, started);
  expect(await failureOf(read)).toMatchObject({
    code: "genie_failed",
    detail: expect.stringContaining("format"),
  });
});

verifies(
  "databricks.links-are-secrets",
  "a link's own headers go with it, ours do not",
  async () => {
    const downloadHeaders = { "x-storage-key": "abc" };
    const bench = await startDownloadBench(someRows(10), { downloadHeaders });
    // The simulated storage refuses files asked for with an Authorization header, or without the link's own.
    expect(await allRows(await bench.ready())).toHaveLength(10);
  },
);

verifies(
  "databricks.all-rows",
  "a link that has expired is replaced before it is used",
  async () => {
    const rows = someRows(500);
    const bench = await startDownloadBench(rows, {
      rowsPerDownloadLink: 100,
      linksPerReply: 9,
      downloadLinkMs: 60_000,
    });
    const download = await bench.ready();
    bench.time.now += 60_000;
    expect(await allRows(download)).toEqual(rows.read(0, 500));
    expect(bench.simulator.calls({ route: "getStatementResultChunk" })).toHaveLength(1);
    expect(bench.simulator.calls(FILE)).toHaveLength(5);
  },
);

verifies(
  "databricks.all-rows",
  "a link that storage refuses is replaced, twice at most",
  async () => {
    const rows = someRows(500);
    const bench = await startDownloadBench(rows, { rowsPerDownloadLink: 100 });
    for (const status of [401, 403, 404, 410]) {
      const refusal = { kind: "reply", status, body: "<Error/>" } as const;
      bench.simulator.fault({ ...FILE, action: refusal, times: 2 });
      expect(await allRows(await bench.ready())).toEqual(rows.read(0, 500));
    }
    bench.simulator.clearCalls();
    const refusal = { kind: "reply", status: 403, body: "<Error/>" } as const;
    bench.simulator.fault({ ...FILE, action: refusal, times: Number.POSITIVE_INFINITY });
    const failure = await failureOf(allRows(await bench.ready()));
    expect(failure.code).toBe("databricks_unavailable");
    expect(bench.simulator.calls(FILE)).toHaveLength(3);
  },
);

verifies("databricks.all-rows", "a file that breaks off goes on where it broke", async () => {
  const rows = someRows(9_000);
  for (const downloadFormat of ["JSON_ARRAY", "CSV"] as const) {
    const bench = await startDownloadBench(rows, { rowsPerDownloadLink: 4_000, downloadFormat });
    for (const kind of ["cut_body", "drop", "cut_body"] as const) {
      bench.simulator.fault({ ...FILE, action: { kind }, times: 2 });
      expect(await allRows(await bench.ready())).toEqual(rows.read(0, 9_000));
    }
    expect(bench.logged.filter((line) => line.includes("file_broken")).length).toBe(6);
  }
});

verifies("reading.csv", "CSV that is written while rows are found goes on there, too", async () => {
  const rows = someRows(9_000);
  for (const downloadFormat of ["JSON_ARRAY", "CSV"] as const) {
    const bench = await startDownloadBench(rows, { rowsPerDownloadLink: 4_000, downloadFormat });
    const whole = await csvOf(await bench.ready(), undefined);
    expect(whole.split("],[").length).toBe(9_000 - Math.ceil(9_000 / 7) + 1);
    bench.simulator.fault({ ...FILE, action: { kind: "cut_body" }, times: 2 });
    const writerOf = rowWriterOf("csv", () => true);
    expect(await csvOf(await bench.ready(), writerOf)).toBe(whole);
  }
});

verifies(
  "databricks.all-rows",
  "a file that always breaks off ends with an error, after right rows alone",
  async () => {
    const bench = await startDownloadBench(someRows(9_000), { rowsPerDownloadLink: 4_000 });
    bench.simulator.fault({
      ...FILE,
      action: { kind: "cut_body" },
      times: Number.POSITIVE_INFINITY,
    });
    const download = await bench.ready();
    const seen: unknown[] = [];
    const reading = (async () => {
      for await (const batch of download.rows()) seen.push(...rowsIn(batch));
    })();
    expect((await failureOf(reading)).code).toBe("databricks_unavailable");
    expect(seen.length).toBeGreaterThan(0);
    expect(seen).toEqual(Array.from(seen, (_, n) => aRow(n)));
    const broken = bench.logged.filter((line) => line.includes("file_broken")).at(-1);
    expect(broken).toContain('"chunk":0,"attempt":3');
  },
);

test("a download runs, is ready, and is gone", async () => {
  const bench = await startDownloadBench(someRows(3));
  const { genie, ref, attachmentId } = bench;
  const started = await genie.startDownload(ref, attachmentId);
  const poll = () => genie.download(ref, attachmentId, started);
  expect(await poll()).toEqual({ kind: "pending" });
  bench.time.now += 10_000;
  expect(await poll()).toMatchObject({ kind: "ready" });
  bench.time.now += 30 * 24 * 3_600_000;
  expect(await poll()).toEqual({ kind: "expired" });
  const unknown = { ...started, downloadId: "0".repeat(32) };
  expect(await genie.download(ref, attachmentId, unknown)).toEqual({ kind: "expired" });
  const forged = genie.download(ref, attachmentId, { ...started, signature: "eyJ" });
  expect((await failureOf(forged)).code).toBe("attachment_not_found");
});

verifies("databricks.links-are-secrets", "no link and no signature in logs or errors", async () => {
  const bench = await startDownloadBench(someRows(300), { rowsPerDownloadLink: 100 });
  const download = await bench.ready();
  for (const action of [{ kind: "drop" }, { kind: "reply", status: 403, body: "" }] as const) {
    bench.simulator.fault({ ...FILE, action, times: 4 });
    const error = await allRows(download).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ failure: { code: "databricks_unavailable" } });
    const told = [error, error instanceof Error && error.stack, inspect(error), ...bench.logged];
    expect(told.join()).not.toMatch(/external-results|127\.0\.0\.1|eyJ/);
    bench.simulator.clearFaults();
  }
  expect(bench.logged.join()).toContain("databricks.file_broken");
  expect(bench.logged.join()).toContain("databricks.link_renewed");
});
