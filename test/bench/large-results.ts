// Questions with a million rows for the bench of full downloads, and the files behind Databricks' links to them, asked
// for without the gateway.

import { setTimeout as sleep } from "node:timers/promises";
import { DATABRICKS_RESOURCE_ID } from "../../local/entra/resources.ts";
import { SPACE_IDS } from "../../local/stand/simulated-workspace.ts";
import type { Stand } from "../../local/stand/start-stand.ts";
import { GATEWAY_API } from "../../local/users.ts";
import { answerSchema } from "../../shared/contracts/answer.ts";

const QUESTION = "a million rows";

/** The files of a download that is started without the gateway. */
export async function linksOf(stand: Stand, rows: number): Promise<readonly string[]> {
  const token = await stand.entra.issueAppToken({
    clientId: GATEWAY_API.clientId,
    resource: DATABRICKS_RESOURCE_ID,
  });
  const headers = { authorization: `Bearer ${token}` };
  const send = async (path: string, method = "GET"): Promise<Wire> => {
    const reply = await fetch(`${stand.databricks.url}${path}`, { method, headers });
    const wire: Wire = JSON.parse(await reply.text());
    return wire;
  };
  const { upstream } = await askForRows(stand, rows);
  const { download_id, download_id_signature } = await send(`${upstream}/downloads`, "POST");
  const download = `${upstream}/downloads/${download_id}?download_id_signature=${download_id_signature}`;
  for (;;) {
    const { statement_response: statement } = await send(download);
    const files = statement?.manifest?.total_chunk_count ?? 0;
    const urls: string[] = [];
    for (let file = 0; file < files; file += 1) {
      const path = `/api/2.0/sql/statements/${statement?.statement_id}/result/chunks/${file}`;
      urls.push((await send(path)).external_links?.[0]?.external_link ?? "");
    }
    if (urls.length > 0) return urls;
    await sleep(50);
  }
}

interface Wire {
  readonly download_id?: string;
  readonly download_id_signature?: string;
  readonly external_links?: readonly { readonly external_link: string }[];
  readonly statement_response?: {
    readonly statement_id?: string;
    readonly manifest?: { readonly total_chunk_count?: number };
  };
}

/** A question whose answer has so many rows: its result at the gateway, and its attachment at Databricks. */
export async function askForRows(stand: Stand, rows: number) {
  stand.databricks.script(QUESTION, {
    stages: [],
    result: { columns: COLUMNS, rows: rowsOf(rows) },
  });
  const reply = await fetch(`${stand.url}/genie/query-app?max_rows=0`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${await stand.token("app")}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ query: QUESTION }),
  });
  const answer = answerSchema.parse(await reply.json());
  const attachment = answer.results[0]?.attachment_id;
  const message = `${answer.conversation_id}/messages/${answer.message_id}`;
  const space = `/api/2.0/genie/spaces/${SPACE_IDS.default}`;
  return {
    path: `/genie/conversation/${message}/results/${attachment}`,
    upstream: `${space}/conversations/${message}/attachments/${attachment}`,
  };
}

const COLUMNS = [
  { name: "id", type: "LONG" },
  { name: "origin", type: "STRING" },
  { name: "carrier", type: "STRING" },
  { name: "delay", type: "DOUBLE" },
  { name: "departed", type: "TIMESTAMP" },
  { name: "remark", type: "STRING" },
] as const;

/** Made while they are read, so that a million rows take no memory. */
function rowsOf(count: number) {
  const row = (n: number) => [
    String(n),
    "SEA",
    `Carrier ${n % 17}`,
    String((n % 977) / 4 - 30),
    "2026-01-31T23:59:59.123Z",
    n % 5 === 0 ? null : 'late, "again"',
  ];
  const read = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, at) => row(from + at));
  return { count, read };
}
