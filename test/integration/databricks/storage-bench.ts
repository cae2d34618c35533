// A Genie client, and one scripted server that is the workspace and the storage behind its links: each file is a step
// of its own, and the server tells how many of them are still being sent.

import { createGenie } from "../../../shared/databricks/genie-client.ts";
import type { Download } from "../../../shared/operations/full-result.ts";
import { createOutbound } from "../../../shared/outbound/send-outbound.ts";
import type { Logger } from "../../../shared/telemetry/logger.ts";
import { createPauseFreeClock } from "../../support/pause-free-clock.ts";
import { reply, type Step, startScriptedServer } from "../../support/scripted-server.ts";
import { REF } from "./genie-bench.ts";

export interface Link {
  readonly chunk_index: number;
  readonly row_offset?: number | undefined;
  readonly row_count?: number;
  readonly external_link?: string;
  readonly next_chunk_index?: number | undefined;
  readonly http_headers?: Readonly<Record<string, string>>;
}

export interface StorageScript {
  readonly rowCount: number;
  readonly chunkCount?: number;
  /** Links by chunk. Default URL: the file of that chunk on this server. */
  readonly links: readonly Link[];
  /** Files by chunk. */
  readonly files: readonly Step[];
  /** As the client sees it; the requests go to the scripted server all the same. */
  readonly workspaceUrl?: string;
}

/** A file with its rows as JSON. */
export const aFile = (rows: readonly (readonly (string | null)[])[]): Step => reply(200, rows);

const STATEMENT = "01f185d9-ec7e-1d0b-9c1e-0a1b2c3d4e5f";
const silent: Logger = { info: () => {}, warn: () => {}, error: () => {} };

export async function startStorageBench(script: StorageScript) {
  const server = await startScriptedServer();
  const clock = createPauseFreeClock(Date.now);
  const open = new Set<unknown>();
  const result = (index: number) => ({
    external_links: script.links
      .filter((link) => link.chunk_index === index)
      .map((link) => ({ external_link: `${server.url}/files/${index}`, ...link })),
  });
  const statement = {
    statement_id: STATEMENT,
    status: { state: "SUCCEEDED" },
    manifest: {
      format: "JSON_ARRAY",
      schema: { columns: [{ name: "n", type_name: "STRING" }] },
      total_row_count: script.rowCount,
      total_chunk_count: script.chunkCount,
    },
    result: result(0),
  };
  const route = (path: string): Step => {
    const [, folder, index = ""] = /\/(files|chunks)\/(\d+)$/.exec(path) ?? [];
    if (folder === "files") return script.files[Number(index)] ?? reply(404);
    if (folder === "chunks") return reply(200, result(Number(index)));
    return reply(200, { statement_response: statement });
  };
  server.script((response, request) => {
    open.add(response);
    response.once("close", () => open.delete(response));
    route(request.path)(response, request);
  });
  const outbound = createOutbound({ clock, logger: silent });
  const workspaceUrl = script.workspaceUrl ?? server.url;
  const genie = createGenie({
    send: (request) => outbound({ ...request, url: request.url.replace(workspaceUrl, server.url) }),
    workspaceUrl,
    tokens: { get: async () => "token-1", reject: () => {} },
    logger: silent,
    clock,
  });
  const got: Download = await genie.download(REF, "a1", { downloadId: "d1", signature: "s" });
  if (got.kind !== "ready") throw new Error(`download: ${got.kind}`);
  return {
    download: got,
    clock,
    server,
    open,
    filesAsked: () => server.seen.filter(({ path }) => path.startsWith("/files/")),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
