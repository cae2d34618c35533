// Rows through the Genie client over real HTTP: chunks, the fallback to the statement interface, and rows that are
// not there.

import { beforeEach, expect, test } from "vitest";
import { reply, type Step } from "../../support/scripted-server.ts";
import { verifies } from "../../support/verifies.ts";
import { failureOf, type GenieBench, REF, startGenieBench } from "./genie-bench.ts";

let bench: GenieBench;
beforeEach(async () => {
  const started = await startGenieBench();
  bench = started;
  return () => started[Symbol.asyncDispose]();
});

const STATEMENT = "01f185d9-ec7e-1d0b-9c1e-0a1b2c3d4e5f";
const manifest = {
  schema: { columns: [{ name: "n", type_name: "LONG", type_text: "BIGINT" }] },
  total_row_count: 3,
  total_chunk_count: 2,
};
const succeeded = (overrides: object = {}) => ({
  statement_id: STATEMENT,
  status: { state: "SUCCEEDED" },
  manifest,
  result: { data_array: [["1"], ["2"]], next_chunk_index: 1 },
  ...overrides,
});
const read = (...steps: readonly Step[]) => {
  bench.server.script(...steps);
  return bench.genie.queryResult(REF, "attachment-1");
};
const refusal = (status: number, error_code: string, message = "") =>
  reply(status, { error_code, message });

verifies(
  "databricks.results",
  "the first chunk through Genie, the next through the statement",
  async () => {
    const first = await read(reply(200, { statement_response: succeeded() }));
    expect(first).toMatchObject({
      kind: "ready",
      statementId: STATEMENT,
      rowCount: 3,
      firstChunk: { rows: [["1"], ["2"]], nextChunkIndex: 1 },
    });
    bench.server.script(reply(200, { chunk_index: 1, row_offset: 2, data_array: [[null]] }));
    expect(await bench.genie.resultChunk(STATEMENT, 1)).toEqual({
      rowOffset: 2,
      rows: [[null]],
      nextChunkIndex: undefined,
    });
    expect(bench.server.seen.map((seen) => seen.path)).toEqual([
      expect.stringMatching(/\/messages\/\w+\/attachments\/attachment-1\/query-result$/),
      `/api/2.0/sql/statements/${STATEMENT}/result/chunks/1`,
    ]);
  },
);

verifies(
  "databricks.results",
  "metadata without rows: the statement interface has them",
  async () => {
    const bare = reply(200, { statement_response: succeeded({ result: null }) });
    expect(await read(bare, reply(200, succeeded()))).toMatchObject({ kind: "ready", rowCount: 3 });
    expect(bench.server.seen[1]?.path).toBe(`/api/2.0/sql/statements/${STATEMENT}`);
    expect(await read(bare, refusal(404, "NOT_FOUND"))).toEqual({ kind: "expired" });
    const stillBare = failureOf(read(bare, reply(200, succeeded({ result: null }))));
    expect((await stillBare).code).toBe("databricks_unavailable");
    const nameless = reply(200, { statement_response: succeeded({ statement_id: null }) });
    expect((await failureOf(read(nameless))).code).toBe("databricks_unavailable");
  },
);

verifies("databricks.results", "not ready, expired, failed", async () => {
  expect(await read(reply(200, {}))).toEqual({ kind: "pending" });
  expect(await read(refusal(400, "INVALID_STATE", "not yet"))).toEqual({ kind: "pending" });
  const running = { statement_response: { statement_id: STATEMENT, status: { state: "RUNNING" } } };
  expect(await read(reply(200, running))).toEqual({ kind: "pending" });
  expect(await read(refusal(400, "INVALID_STATE", "The query result has expired."))).toEqual({
    kind: "expired",
  });
  expect(await read(refusal(404, "QUERY_RESULT_EXPIRED"))).toEqual({ kind: "expired" });
  expect(await read(reply(410, ""))).toEqual({ kind: "expired" });
  const failed = succeeded({
    status: { state: "FAILED", error: { message: "[INSUFFICIENT_PERMISSIONS]" } },
  });
  expect(await read(reply(200, { statement_response: failed }))).toMatchObject({
    kind: "failed",
    failure: { code: "data_forbidden" },
  });
});

verifies(
  "databricks.grants",
  "a refused read of rows names the grant or what is not there",
  async () => {
    const warehouse = "You do not have permission to use the SQL Warehouse.";
    const codeOf = async (step: Step) => (await failureOf(read(step))).code;
    expect(await codeOf(refusal(403, "PERMISSION_DENIED", warehouse))).toBe("warehouse_forbidden");
    expect(await codeOf(refusal(404, "RESOURCE_DOES_NOT_EXIST"))).toBe("attachment_not_found");
    expect(await codeOf(refusal(400, "INVALID_PARAMETER_VALUE"))).toBe("genie_failed");
  },
);

verifies(
  "databricks.results",
  "a chunk that is gone or out of bounds is an expired result",
  async () => {
    for (const step of [
      refusal(404, "NOT_FOUND"),
      refusal(400, "BAD_REQUEST", "The chunk_index 9 is out of bounds."),
    ]) {
      bench.server.script(step);
      expect((await failureOf(bench.genie.resultChunk(STATEMENT, 9))).code).toBe("result_expired");
    }
  },
);

verifies(
  "databricks.lying-replies",
  "rows and chunks of the wrong form are databricks_unavailable",
  async () => {
    const cells = [[1, 2], "row", [[["nested"]]], [{ a: 1 }], {}, "x"];
    for (const data_array of cells) {
      const lie = reply(200, { statement_response: succeeded({ result: { data_array } }) });
      expect((await failureOf(read(lie))).code, JSON.stringify(data_array)).toBe(
        "databricks_unavailable",
      );
    }
    for (const wire of [
      {},
      { chunk_index: 3, row_offset: 2, data_array: [] },
      { data_array: [["x"]] },
    ]) {
      bench.server.script(reply(200, wire));
      expect((await failureOf(bench.genie.resultChunk(STATEMENT, 1))).code).toBe(
        "databricks_unavailable",
      );
    }
  },
);

test("a body of 40 MB is not read to its end", async () => {
  // A busy machine takes more than a second for the part that is read.
  await using patient = await startGenieBench(undefined, 50_000);
  patient.server.script(reply(200, " ".repeat(40 * 1024 * 1024)));
  const huge = await failureOf(patient.genie.queryResult(REF, "attachment-1"));
  expect(huge.code).toBe("databricks_unavailable");
  expect(patient.server.seen).toHaveLength(1);
});
