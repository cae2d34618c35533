// Rows as files, full downloads and reruns through the built app (design §3.6), over real sockets.

import { describe, expect } from "vitest";
import type { ScriptedResult } from "../../local/databricks/results/result-data.ts";
import type { RouteName } from "../../local/databricks/routes/route-names.ts";
import {
  messageListSchema,
  rerunSchema,
  resultPageSchema,
} from "../../shared/contracts/reading.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { followed, preparingAt } from "./follow-reply.ts";
import {
  acceptedOf,
  answerOf,
  ask,
  bodyOf,
  call,
  faultyPlaces,
  type GatewayReply,
  type GatewayRequest,
  problemOf,
} from "./gateway-client.ts";
import { countingTo, numberedRows, numbersIn } from "./numbered-rows.ts";
import { scriptedQuestions } from "./scripted-questions.ts";

/** Rows that are not ready before the test says so. */
const HELD = Number.POSITIVE_INFINITY;
const stand = useStand("row-files");
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

/** Rows that are held back are a 202, at their Location too; they come once they are let go. */
async function released(first: GatewayReply, messageId: string | null, as: Caller = "analyst") {
  const again = await get(preparingAt(first), as);
  expect(again.status).toBe(202);
  stand().databricks.releaseRows(messageId ?? "");
  return followed(again, (path) => get(path, as));
}

type Start = "generateDownloadFullQueryResult" | "executeMessageAttachmentQuery";
/** How often Databricks was told to run the SQL of this attachment again. */
const startsOf = (route: Start, attachmentId: string) =>
  stand()
    .databricks.calls({ route })
    .filter(({ path }) => path.includes(attachmentId)).length;
/** More than Genie shows; their download is held back. */
const manyRows = (count = 6_000) => ({ ...numberedRows(count), downloadForMs: HELD });

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
    const stages = [{ status: "ASKING_AI", forMs: 1 }];
    const result = { ...numberedRows(3), pendingForMs: HELD };
    const attachments = [{ kind: "query", result }] as const;
    const script = { stages, attachments, outcome: { kind: "never" } } as const;
    const accepted = acceptedOf(await questions.ask(script, { query: "?async=always" }));
    stand().databricks.endMessage(accepted.message_id ?? "", { kind: "completed" });
    const messages = await get(`/genie/conversation/${accepted.conversation_id}/messages`);
    const [message] = bodyOf(messages, 200, messageListSchema).messages;
    const links = message?.results[0]?.links;
    const page = await released(await get(links?.json ?? ""), accepted.message_id ?? null);
    expect(bodyOf(page, 200, resultPageSchema).row_count).toBe(3);
    expect(numbersIn((await get(links?.csv ?? "")).text)).toEqual([0, 1, 2]);
  });
});

describe.concurrent("full downloads", () => {
  verifies("reading.full", "all rows, also beyond Genie's 5,000, started once", async () => {
    const { answer, path, attachmentId } = await asked(manyRows(120_000));
    const url = `${path}?format=csv&full=true`;
    const replies = await Promise.all([get(url), get(url)]);
    expect(replies.map(({ status }) => status)).toEqual([202, 202]);
    stand().databricks.releaseRows(answer.message_id ?? "");
    for (const reply of replies) {
      const file = await followed(reply, get);
      expect(file.status).toBe(200);
      expect(numbersIn(file.text)).toEqual(countingTo(120_000));
    }
    expect(startsOf("generateDownloadFullQueryResult", attachmentId)).toBe(1);
  });

  verifies("reading.full", "as NDJSON, as the app", async () => {
    const { answer, path } = await asked(manyRows(), "app");
    const reply = await get(`${path}?format=ndjson&full=true`, "app");
    const file = await released(reply, answer.message_id, "app");
    const rows = file.text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(rows.map(({ n }) => n)).toEqual(countingTo(6_000));
  });

  verifies("reading.preparing", "a download leads nobody but its owner to its rows", async () => {
    // Without its owner in the seal, Databricks would be asked, and say 404.
    for (const [owner, strangers] of [
      ["app", ["analyst", "no-warehouse"]],
      ["analyst", ["no-warehouse"]],
    ] as const) {
      const { answer, path } = await asked(manyRows(), owner);
      const first = await get(`${path}?format=csv&full=true`, owner);
      for (const stranger of strangers) {
        const refused = await get(preparingAt(first), stranger);
        expect(faultyPlaces(problemOf(refused, 400, "invalid_request"))).toEqual(["download"]);
      }
      expect((await released(first, answer.message_id, owner)).status).toBe(200);
    }
  });

  verifies("reading.preparing", "a download leads to no other rows of its owner", async () => {
    const { path } = await asked(manyRows());
    const other = await asked(manyRows());
    const location = preparingAt(await get(`${path}?format=csv&full=true`));
    const download = new URL(location).searchParams.get("download");
    const elsewhere = [
      `${other.path}?format=csv&full=true&download=${download}`,
      `${path}?format=csv&download=${download}`,
    ];
    for (const wrong of elsewhere) {
      const problem = problemOf(await get(wrong), 400, "invalid_request");
      expect(faultyPlaces(problem)).toEqual(["download"]);
    }
    expect((await get(location)).status).toBe(202);
  });
});

describe("reruns", () => {
  verifies("reading.rerun", "expired rows lead to the rerun, and come again", async () => {
    const { answer, path, attachmentId } = await asked(numberedRows(3));
    stand().databricks.expireResults(answer.message_id ?? "");
    const gone = problemOf(await get(path), 410, "result_expired");
    expect(gone.links?.rerun).toBe(`${stand().url}${path}/rerun`);
    const reply = await followed(await post(gone.links?.rerun ?? ""), get);
    const rerun = bodyOf(reply, 200, rerunSchema);
    expect(rerun.attachment_id).toBe(attachmentId);
    expect(rerun.statement_id).not.toBe(answer.results[0]?.statement_id);
    expect(bodyOf(await get(path), 200, resultPageSchema).row_count).toBe(3);
    // Engines repeat a POST: within a minute it is the same run.
    const again = bodyOf(await followed(await post(`${path}/rerun`), get), 200, rerunSchema);
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

  verifies(
    "reading.rerun",
    "its Location tells that it runs, that it failed, and why",
    async () => {
      const { answer, path } = await asked(numberedRows(3));
      stand().databricks.expireResults(answer.message_id ?? "");
      const tell = (route: RouteName, status: Record<string, unknown>) => {
        const body = { statement_response: { statement_id: answer.message_id ?? "", status } };
        const action = { kind: "reply", status: 200, body } as const;
        stand().databricks.fault({ route, action, when: "after" });
      };
      tell("executeMessageAttachmentQuery", { state: "RUNNING" });
      const location = preparingAt(await post(`${path}/rerun`));
      tell("getMessageAttachmentQueryResult", { state: "RUNNING" });
      expect(preparingAt(await get(location))).toBe(location);
      for (const [message, status, code] of [
        ["[INSUFFICIENT_PERMISSIONS] User does not have USE SCHEMA.", 403, "data_forbidden"],
        ["[DIVIDE_BY_ZERO] Division by zero.", 422, "genie_failed"],
      ] as const) {
        const error = { error_code: "BAD_REQUEST", message };
        tell("getMessageAttachmentQueryResult", { state: "FAILED", error });
        problemOf(await get(location), status, code);
      }
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
    const { answer, path, attachmentId } = await asked(manyRows());
    const url = `${path}?format=csv&full=true`;
    const location = preparingAt(await get(url));
    const body = { error_code: "RESOURCE_DOES_NOT_EXIST", message: "Gone." };
    const action = { kind: "reply", status: 410, body } as const;
    stand().databricks.fault({ route: "getDownloadFullQueryResult", action });
    const over = problemOf(await get(location), 410, "result_expired");
    expect(over.links).toBeUndefined();
    expect(over.remedy).toContain("without `download`");
    expect((await released(await get(url), answer.message_id)).status).toBe(200);
    expect(startsOf("generateDownloadFullQueryResult", attachmentId)).toBe(2);
  });

  verifies("reading.rerun", "two at the same time are one run, led to its statement", async () => {
    const { answer, path, attachmentId } = await asked(numberedRows(3));
    stand().databricks.expireResults(answer.message_id ?? "");
    const replies = await Promise.all([post(`${path}/rerun`), post(`${path}/rerun`)]);
    const reruns = await Promise.all(replies.map((reply) => followed(reply, (path) => get(path))));
    const [first, second] = reruns.map((reply) => bodyOf(reply, 200, rerunSchema));
    expect(second).toEqual(first);
    expect(first?.statement_id).not.toBe(answer.results[0]?.statement_id);
    expect(startsOf("executeMessageAttachmentQuery", attachmentId)).toBe(1);
  });
});

verifies(
  "reading.full",
  "a question of one's own that has more rows than Genie shows",
  async () => {
    const query = "delay and distance of every flight";
    const answer = answerOf(await ask(stand(), "analyst", { query }));
    expect(answer.results[0]).toMatchObject({ row_count: 5_000, truncated: true });
    const url = `${answer.results[0]?.links?.csv ?? ""}&full=true`;
    const file = await followed(await get(url), (path) => get(path));
    expect(file.text.trimEnd().split("\r\n")).toHaveLength(1 + 20_000);
  },
);
