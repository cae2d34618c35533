// A Genie client and a simulated workspace with one question whose rows are read in full, over real HTTP. Pauses of
// the client pass at once; its time limits never end.

import type { Behaviour } from "../../../local/databricks/options.ts";
import type { RowSource } from "../../../local/databricks/results/result-data.ts";
import { createGenie } from "../../../shared/databricks/genie-client.ts";
import type { Download } from "../../../shared/operations/full-result.ts";
import type { ResultRow } from "../../../shared/operations/result-rows.ts";
import type { RowBatch } from "../../../shared/operations/row-batch.ts";
import { createOutbound } from "../../../shared/outbound/send-outbound.ts";
import type { LogFields } from "../../../shared/telemetry/logger.ts";
import { createPauseFreeClock } from "../../support/pause-free-clock.ts";
import { aWorkspace, SPACE } from "../../unit/local/databricks/a-workspace.ts";

export type ReadyDownload = Extract<Download, { kind: "ready" }>;

const COLUMNS = [
  { name: "n", type: "LONG" },
  { name: "text", type: "STRING" },
];

/** Rows that name their place and hold what a splitter may stumble over. */
export const aRow = (n: number): ResultRow => [
  String(n),
  n % 7 === 0 ? null : `],["\\ "b", é\r\n${n}`,
];
export const someRows = (count: number): RowSource => ({
  count,
  read: (from, to) => Array.from({ length: to - from }, (_, i) => aRow(from + i)),
});

export async function startDownloadBench(rows: RowSource, behaviour: Partial<Behaviour> = {}) {
  const workspace = await aWorkspace({ behaviour });
  const { simulator } = workspace;
  simulator.script("", { stages: [], result: { columns: COLUMNS, rows } });
  const clock = createPauseFreeClock(() => workspace.clock.now);
  const logged: string[] = [];
  const log = (event: string, fields?: LogFields) =>
    void logged.push(`${event} ${JSON.stringify(fields)}`);
  const logger = { info: log, warn: log, error: log };
  const send = createOutbound({ clock, logger, random: () => 0 });
  const genieOf = (user: string) =>
    createGenie({
      send,
      workspaceUrl: simulator.url,
      tokens: { get: async () => user, reject: () => {} },
      logger,
      clock,
    });
  const genie = genieOf("analyst");
  const asked = await genie.startConversation(SPACE, "all rows");
  if (asked.kind !== "accepted") throw new Error(`asking: ${asked.kind}`);
  const ref = asked.message;
  const attachment = (await genie.getMessage(ref)).attachments.find(({ kind }) => kind === "query");
  const attachmentId = attachment?.kind === "query" ? (attachment.attachmentId ?? "") : "";

  /** Starts a download and lets the simulated time pass until it is ready. */
  const ready = async (): Promise<ReadyDownload> => {
    const started = await genie.startDownload(ref, attachmentId);
    workspace.clock.now += 10_000;
    const download = await genie.download(ref, attachmentId, started);
    if (download.kind !== "ready") throw new Error(`download: ${download.kind}`);
    return download;
  };
  return {
    simulator,
    genie,
    genieOf,
    ref,
    attachmentId,
    ready,
    logged,
    time: workspace.clock,
  };
}

export async function allRows(download: ReadyDownload): Promise<readonly ResultRow[]> {
  const rows: ResultRow[] = [];
  for await (const batch of download.rows()) rows.push(...rowsIn(batch));
  return rows;
}

export function rowsIn({ json, count }: RowBatch): readonly ResultRow[] {
  const rows: readonly ResultRow[] = JSON.parse(Buffer.from(json).toString());
  if (rows.length !== count) throw new Error(`${count} rows were told`);
  return rows;
}
