// Rows as files, full downloads and reruns through the built app (design §3.6), over real sockets.

import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, vi } from "vitest";
import type { ScriptedResult } from "../../local/databricks/results/result-data.ts";
import { operationSchema } from "../../shared/contracts/operation.ts";
import {
  messageListSchema,
  preparingSchema,
  rerunSchema,
  resultPageSchema,
} from "../../shared/contracts/reading.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import {
  answerOf,
  bodyOf,
  call,
  faultyPlaces,
  type GatewayReply,
  type GatewayRequest,
  operationOf,
  problemOf,
} from "./gateway-client.ts";
import { numberedRows } from "./numbered-rows.ts";
import { scriptedQuestions } from "./scripted-questions.ts";

// A download takes four seconds, so that a 202 comes first on any machine.
const stand = useStand("row-files", { timings: { scale: 0.02, downloadMs: 200_000 } });
const questions = scriptedQuestions(stand);
type Caller = NonNullable<GatewayRequest["as"]>;
const get = (path: string, as: Caller = "analyst", headers = {}) =>
  call(stand(), { path, as, headers });
const post = (path: string, as: Caller = "analyst") => call(stand(), { path, as, method: "POST" });

async function asked(result: ScriptedResult, as: "analyst" | "app" = "analyst") {
  const answer = answerOf(await questions.ask({ stages: [], result }, { as }));
  const links = answer.results[0]?.links;
  if (links === undefined) throw new Error("an answer with rows was expected");
  const path = links.json.slice(stand().url.length);
  return { answer, path, links, attachmentId: answer.results[0]?.attachment_id ?? "" };
}

/** Follows a 202 as an engine does, until something else comes. */
async function followed(first: GatewayReply, as: Caller = "analyst"): Promise<GatewayReply> {
  let reply = first;
  for (let tries = 0; reply.status === 202 && tries < 100; tries += 1) {
    const { links } = bodyOf(reply, 202, preparingSchema);
    expect(reply.headers.get("location")).toBe(links.self);
    expect(reply.headers.get("retry-after")).toMatch(/^\d+$/);
    await pause(50);
    reply = await get(links.self, as);
  }
  return reply;
}

type Start = "generateDownloadFullQueryResult" | "executeMessageAttachmentQuery";
/** How often Databricks was told to run the SQL of this attachment again. */
const startsOf = (route: Start, attachmentId: string) =>
  stand()
    .databricks.calls({ route })
    .filter(({ path }) => path.includes(attachmentId)).length;
const numbersIn = (csv: string) =>
  csv
    .trimEnd()
    .split("\r\n")
    .slice(1)
    .map((line) => Number(line.split(",")[0]));
const countingTo = (count: number) => Array.from({ length: count }, (_, n) => n);

describe.concurrent("files of Genie's rows", () => {
  verifies("reading.csv", "by link, by format and by Accept: all 5,000 rows", async () => {
    const { path, links, attachmentId } = await asked(numberedRows(7_000));
    const file = await get(links.csv);
    expect(file.status).toBe(200);
    expect(file.headers.get("content-type")).toMatch(/^text\/csv; charset=utf-8/);
    const disposition = `attachment; filename="genie-${attachmentId}.csv"`;
    expect(file.headers.get("content-disposition")).toBe(disposition);
    expect(file.text.startsWith("n,text\r\n0,")).toBe(true);
    expect(numbersIn(file.text)).toEqual(countingTo(5_000));
    expect((await get(path, "analyst", { accept: "text/csv" })).text).toBe(file.text);
  });

  verifies("reading.csv", "with a byte order mark on request", async () => {
    const { links } = await asked(numberedRows(1));
    const reply = await fetch(`${links.csv}&bom=true`, {
      headers: { authorization: `Bearer ${await stand().token("analyst")}` },
    });
    expect([...new Uint8Array(await reply.arrayBuffer()).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });

  verifies("reading.ndjson", "a typed row on each line", async () => {
    const { path, attachmentId } = await asked(numberedRows(1_500));
    const file = await get(`${path}?format=ndjson`);
    expect(file.headers.get("content-type")).toBe("application/x-ndjson");
    expect(file.headers.get("content-disposition")).toContain(`genie-${attachmentId}.ndjson`);
    const rows = file.text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(rows.map(({ n }) => n)).toEqual(countingTo(1_500));
  });

  verifies("reading.rows-format", "format wins over Accept; what is wrong is named", async () => {
    const { path } = await asked(numberedRows(3));
    const page = await get(`${path}?format=json`, "analyst", { accept: "text/csv" });
    expect(bodyOf(page, 200, resultPageSchema).row_count).toBe(3);
    const cases = [
      ["format=xlsx", "format"],
      ["format=csv&bom=yes", "bom"],
      ["format=csv&full=1", "full"],
      ["full=true", "full"],
      ["format=csv&download=%20", "download"],
      ["format=csv&download=v1.x.AAAA", "download"],
      ["format=csv&full=true&download=v1.x.AAAA", "download"],
    ] as const;
    for (const [query, parameter] of cases) {
      const problem = problemOf(await get(`${path}?${query}`), 400, "invalid_request");
      expect(faultyPlaces(problem)).toEqual([parameter]);
    }
  });

  verifies("reading.preparing", "rows that are not there yet: 202, then the page", async () => {
    const result = { ...numberedRows(3), pendingForMs: 3_000 };
    const stages = [{ status: "ASKING_AI", forMs: 300 }];
    const reply = await questions.ask({ stages, result }, { query: "?async=always" });
    const { links } = bodyOf(reply, 202, operationSchema);
    const ended = async () => operationOf(await get(links.self));
    await vi.waitUntil(async () => (await ended()).status === "succeeded", { timeout: 30_000 });
    const messages = await get(`/genie/conversation/${(await ended()).conversation_id}/messages`);
    const [message] = bodyOf(messages, 200, messageListSchema).messages;
    const page = await get(message?.results[0]?.links?.json ?? "");
    expect(page.status).toBe(202);
    expect(bodyOf(await followed(page), 200, resultPageSchema).row_count).toBe(3);
    const file = await get(message?.results[0]?.links?.csv ?? "");
    expect(numbersIn(file.text)).toEqual([0, 1, 2]);
  });
});

describe.concurrent("full downloads", () => {
  verifies("reading.full", "all rows, also beyond Genie's 5,000, started once", async () => {
    const { path, attachmentId } = await asked(numberedRows(120_000));
    const url = `${path}?format=csv&full=true`;
    for (const reply of await Promise.all([get(url), get(url)])) {
      const file = await followed(reply);
      expect(file.status).toBe(200);
      expect(numbersIn(file.text)).toEqual(countingTo(120_000));
    }
    expect(startsOf("generateDownloadFullQueryResult", attachmentId)).toBe(1);
  });

  verifies("reading.full", "as NDJSON, as the app", async () => {
    const { path } = await asked(numberedRows(6_000), "app");
    const file = await followed(await get(`${path}?format=ndjson&full=true`, "app"), "app");
    const rows = file.text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(rows.map(({ n }) => n)).toEqual(countingTo(6_000));
  });

  verifies("reading.preparing", "a download of another caller is not one", async () => {
    const { path } = await asked(numberedRows(6_000));
    const reply = await get(`${path}?format=csv&full=true`);
    expect(reply.status).toBe(202);
    const location = reply.headers.get("location") ?? "";
    const other = await asked(numberedRows(6_000));
    const stolen = new URL(location).searchParams.get("download") ?? "";
    const elsewhere = await get(`${other.path}?format=csv&full=true&download=${stolen}`);
    expect(faultyPlaces(problemOf(elsewhere, 400, "invalid_request"))).toEqual(["download"]);
    const asRows = await get(`${path}?format=csv&download=${stolen}`);
    expect(faultyPlaces(problemOf(asRows, 400, "invalid_request"))).toEqual(["download"]);
    expect((await followed(reply)).status).toBe(200);
  });
});

describe("reruns", () => {
  verifies("reading.rerun", "expired rows lead to the rerun, and come again", async () => {
    const { answer, path, attachmentId } = await asked(numberedRows(3));
    stand().databricks.expireResults(answer.message_id ?? "");
    const gone = problemOf(await get(path), 410, "result_expired");
    expect(gone.links?.rerun).toBe(`${stand().url}${path}/rerun`);
    const reply = await followed(await post(gone.links?.rerun ?? ""));
    const rerun = bodyOf(reply, 200, rerunSchema);
    expect(rerun.attachment_id).toBe(attachmentId);
    expect(rerun.statement_id).not.toBe(answer.results[0]?.statement_id);
    expect(bodyOf(await get(path), 200, resultPageSchema).row_count).toBe(3);
    // Engines repeat a POST: within a minute it is the same run.
    const again = bodyOf(await followed(await post(`${path}/rerun`)), 200, rerunSchema);
    expect(again).toEqual(rerun);
    expect(startsOf("executeMessageAttachmentQuery", attachmentId)).toBe(1);
  });

  verifies(
    "reading.rerun",
    "an expired answer names it; a GET without `download` starts none",
    async () => {
      const { answer, path } = await asked(numberedRows(3));
      stand().databricks.expireResults(answer.message_id ?? "");
      const message = `/genie/conversation/${answer.conversation_id}/messages/${answer.message_id}`;
      const [result] = answerOf(await get(message)).results;
      expect(result).toMatchObject({
        expired: true,
        links: { rerun: `${stand().url}${path}/rerun` },
      });
      const problem = problemOf(await get(`${path}/rerun`), 400, "invalid_request");
      expect(faultyPlaces(problem)).toEqual(["download"]);
    },
  );

  verifies("reading.rerun", "unknown ids are 404, other callers see nothing", async () => {
    const { path } = await asked(numberedRows(3), "app");
    problemOf(await post(`${path}/rerun`, "analyst"), 404, "attachment_not_found");
    const unknown = path.replace(/[0-9a-f]{32}$/, "0".repeat(32));
    problemOf(await post(`${unknown}/rerun`, "app"), 404, "attachment_not_found");
    problemOf(await get(`${unknown}?format=csv&full=true`, "app"), 404, "attachment_not_found");
  });

  verifies("reading.expired", "a download that is over comes anew, not by a rerun", async () => {
    const { path, attachmentId } = await asked(numberedRows(6_000));
    const url = `${path}?format=csv&full=true`;
    const reply = await get(url);
    const body = { error_code: "RESOURCE_DOES_NOT_EXIST", message: "Gone." };
    const action = { kind: "reply", status: 410, body } as const;
    stand().databricks.fault({ route: "getDownloadFullQueryResult", action });
    const over = problemOf(await followed(reply), 410, "result_expired");
    expect(over.links).toBeUndefined();
    expect(over.remedy).toContain("without `download`");
    expect((await followed(await get(url))).status).toBe(200);
    expect(startsOf("generateDownloadFullQueryResult", attachmentId)).toBe(2);
  });

  verifies("reading.rerun", "two at the same time are one run, led to its statement", async () => {
    const { answer, path, attachmentId } = await asked(numberedRows(3));
    stand().databricks.expireResults(answer.message_id ?? "");
    const replies = await Promise.all([post(`${path}/rerun`), post(`${path}/rerun`)]);
    const reruns = await Promise.all(replies.map((reply) => followed(reply)));
    const [first, second] = reruns.map((reply) => bodyOf(reply, 200, rerunSchema));
    expect(second).toEqual(first);
    expect(first?.statement_id).not.toBe(answer.results[0]?.statement_id);
    expect(startsOf("executeMessageAttachmentQuery", attachmentId)).toBe(1);
  });
});
