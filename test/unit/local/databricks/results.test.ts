import { expect, test } from "vitest";
import type { ScriptedResult } from "../../../../local/databricks/results/result-data.ts";
import { ALL_GRANTS, at, aWorkspace, HOUR, textAt } from "./a-workspace.ts";

const numbers = (count: number): ScriptedResult => ({
  columns: [{ name: "n", type: "LONG" }],
  rows: {
    count,
    read: (from, to) => Array.from({ length: to - from }, (_, index) => [String(from + index)]),
  },
});

const RUNNING = [
  { status: "ASKING_AI", forMs: 100 },
  { status: "EXECUTING_QUERY", forMs: 100 },
];

/** A scripted answer with these rows, and the path of its query attachment. */
async function anAnswer(result: ScriptedResult) {
  const workspace = await aWorkspace();
  workspace.simulator.script("", { stages: RUNNING, result });
  const asked = await workspace.ask("anything");
  const readAttachment = async () => {
    const { body } = await workspace.get(asked.message);
    return `${asked.message}/attachments/${textAt(body, "attachments", 0, "attachment_id")}`;
  };
  return { ...workspace, ...asked, readAttachment };
}

test("query-result: 400 before the query runs, then PENDING, RUNNING and SUCCEEDED", async () => {
  const { get, clock, readAttachment, message } = await anAnswer({
    ...numbers(1),
    pendingForMs: 200,
  });
  expect(await get(`${message}/query-result`)).toMatchObject({
    status: 400,
    body: { error_code: "INVALID_STATE" },
  });
  clock.now += 100;
  const path = `${await readAttachment()}/query-result`;
  const states = [];
  for (let poll = 0; poll < 4; poll += 1) {
    const { body } = await get(path);
    states.push(at(body, "statement_response", "status", "state"));
    if (states.at(-1) !== "SUCCEEDED")
      expect(at(body, "statement_response")).not.toHaveProperty("manifest");
    clock.now += 100;
  }
  expect(states).toEqual(["PENDING", "PENDING", "RUNNING", "SUCCEEDED"]);
});

test("a failed message has no query result", async () => {
  const { ask, get, clock } = await aWorkspace();
  const { message } = await ask("broken");
  clock.now += 20_000;
  const { body } = await get(message);
  const attachmentId = textAt(body, "attachments", 0, "attachment_id");
  expect((await get(`${message}/attachments/${attachmentId}/query-result`)).status).toBe(400);
});

test("the dataset's rows come with manifest and nulls, by all three paths", async () => {
  const { ask, get, clock } = await aWorkspace();
  const { message } = await ask("delays");
  clock.now += 20_000;
  const { body } = await get(message);
  const attachmentId = textAt(body, "attachments", 0, "attachment_id");
  const result = await get(`${message}/attachments/${attachmentId}/query-result`);
  expect(result.body).toEqual({
    statement_response: {
      statement_id: at(body, "attachments", 0, "query", "statement_id"),
      status: { state: "SUCCEEDED" },
      manifest: {
        format: "JSON_ARRAY",
        schema: {
          column_count: 2,
          columns: [
            { name: "carrier", type_text: "STRING", type_name: "STRING", position: 0 },
            { name: "delay", type_text: "BIGINT", type_name: "LONG", position: 1 },
          ],
        },
        total_chunk_count: 1,
        chunks: [{ chunk_index: 0, row_offset: 0, row_count: 2 }],
        total_row_count: 2,
        truncated: false,
      },
      result: {
        chunk_index: 0,
        row_offset: 0,
        row_count: 2,
        data_array: [
          ["AA", "12"],
          ["UA", null],
        ],
      },
    },
  });
  expect((await get(`${message}/query-result`)).body).toEqual(result.body);
  expect((await get(`${message}/query-result/${attachmentId}`)).body).toEqual(result.body);
  expect((await get(`${message}/attachments/${"0".repeat(32)}/query-result`)).status).toBe(404);
  const suggestions = textAt(body, "attachments", 1, "attachment_id");
  expect((await get(`${message}/attachments/${suggestions}/query-result`)).status).toBe(404);
});

test("4 chunks: Genie names the next one by index alone, the statement API gives the rows", async () => {
  const { get, clock, readAttachment } = await anAnswer(numbers(3_500));
  clock.now += 300;
  const first = await get(`${await readAttachment()}/query-result`);
  const response = at(first.body, "statement_response");
  expect(at(response, "manifest", "total_chunk_count")).toBe(4);
  expect(at(response, "result")).toMatchObject({ row_count: 1_000, next_chunk_index: 1 });
  expect(at(response, "result")).not.toHaveProperty("next_chunk_internal_link");
  const chunks = `/api/2.0/sql/statements/${textAt(response, "statement_id")}/result/chunks`;
  const last = await get(`${chunks}/3`);
  expect(last.body).toMatchObject({ chunk_index: 3, row_offset: 3_000, row_count: 500 });
  expect(at(last.body, "data_array", 499)).toEqual(["3499"]);
  expect(last.body).not.toHaveProperty("next_chunk_index");
  expect((await get(`${chunks}/4`)).body).toMatchObject({
    error_code: "BAD_REQUEST",
    message: "The chunk_index 4 is out of bounds.",
  });
  expect((await get(`${chunks}/x`)).status).toBe(400);
  expect((await get(`${chunks}/1`, "other")).body).toMatchObject({ error_code: "NOT_FOUND" });
});

test("more than 5,000 rows are cut and marked, in the message too", async () => {
  const { get, clock, message, readAttachment } = await anAnswer(numbers(5_001));
  clock.now += 300;
  const { body } = await get(`${await readAttachment()}/query-result`);
  expect(at(body, "statement_response", "manifest")).toMatchObject({
    total_row_count: 5_000,
    truncated: true,
  });
  expect(at((await get(message)).body, "attachments", 0, "query", "query_result_metadata")).toEqual(
    {
      row_count: 5_000,
      is_truncated: true,
    },
  );
});

test("no rows", async () => {
  const { get, clock, readAttachment } = await anAnswer(numbers(0));
  clock.now += 300;
  const { body } = await get(`${await readAttachment()}/query-result`);
  expect(at(body, "statement_response")).toMatchObject({
    manifest: { total_chunk_count: 0, total_row_count: 0, truncated: false },
    result: {},
  });
  expect(at(body, "statement_response", "manifest")).not.toHaveProperty("chunks");
});

test("every type keeps its name; decimals tell precision and scale", async () => {
  const types = [
    "ARRAY BINARY BOOLEAN BYTE CHAR DATE DECIMAL DOUBLE FLOAT INT INTERVAL LONG MAP NULL SHORT STRING STRUCT",
    "TIMESTAMP USER_DEFINED_TYPE TIMESTAMP_NTZ VARIANT GEOMETRY GEOGRAPHY",
  ].flatMap((line) => line.split(" "));
  const columns = types.map((type) => ({
    name: type,
    type,
    ...(type === "DECIMAL" ? { precision: 38, scale: 6 } : {}),
    ...(type === "ARRAY" ? { typeText: "ARRAY<STRING>" } : {}),
  }));
  const { get, clock, readAttachment } = await anAnswer({ columns, rows: [types.map(() => "1")] });
  clock.now += 300;
  const { body } = await get(`${await readAttachment()}/query-result`);
  const sent = at(body, "statement_response", "manifest", "schema", "columns");
  expect(sent).toMatchObject(types.map((type, position) => ({ type_name: type, position })));
  expect(at(sent, 0, "type_text")).toBe("ARRAY<STRING>");
  expect(at(sent, types.indexOf("DECIMAL"))).toMatchObject({
    type_text: "DECIMAL(38,6)",
    type_precision: 38,
    type_scale: 6,
  });
});

test("after 7 days the result is gone until the SQL is executed again", async () => {
  const { get, post, clock, message, readAttachment, simulator } = await anAnswer(numbers(2));
  clock.now += 300;
  const attachment = await readAttachment();
  clock.now += 7 * 24 * HOUR;
  expect((await get(message)).body).toMatchObject({ status: "QUERY_RESULT_EXPIRED" });
  expect(await get(`${attachment}/query-result`)).toMatchObject({
    status: 400,
    body: { error_code: "INVALID_STATE" },
  });
  simulator.behave({ expiredResult: "not_found" });
  expect((await get(`${attachment}/query-result`)).status).toBe(404);
  simulator.behave({ expiredResult: "closed" });
  const closed = await get(`${attachment}/query-result`);
  expect(at(closed.body, "statement_response", "status", "state")).toBe("CLOSED");
  const rerun = await post(`${attachment}/execute-query`);
  expect(at(rerun.body, "statement_response", "status", "state")).toBe("PENDING");
  expect(at(rerun.body, "statement_response", "statement_id")).not.toBe(
    at(closed.body, "statement_response", "statement_id"),
  );
  clock.now += 2_000;
  expect((await get(message)).body).toMatchObject({ status: "COMPLETED" });
  const again = await get(`${attachment}/query-result`);
  expect(at(again.body, "statement_response", "result", "data_array")).toEqual([["0"], ["1"]]);
});

test("results can be made to expire, and are executed with the rights of now", async () => {
  const { ask, get, post, clock, simulator } = await aWorkspace();
  const { message, messageId } = await ask("delays");
  clock.now += 20_000;
  simulator.expireResults(messageId);
  expect((await get(message)).body).toMatchObject({ status: "QUERY_RESULT_EXPIRED" });
  simulator.changePrincipal("oid-analyst", { grants: { ...ALL_GRANTS, tables: [] } });
  await post(`${message}/execute-query`);
  clock.now += 2_000;
  const { body } = await get(`${message}/query-result`);
  expect(at(body, "statement_response", "status")).toMatchObject({
    state: "FAILED",
    error: {
      error_code: "BAD_REQUEST",
      message: expect.stringContaining("[INSUFFICIENT_PERMISSIONS]"),
    },
    sql_state: "42501",
  });
  simulator.changePrincipal("oid-analyst", { grants: { ...ALL_GRANTS, warehouses: [] } });
  expect((await get(`${message}/query-result`)).status).toBe(403);
});
