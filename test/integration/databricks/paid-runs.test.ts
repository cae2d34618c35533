// The two calls that run SQL again and cost money: rows made anew, and the start of a full download. Over real HTTP.

import { beforeEach, expect, test } from "vitest";
import { StartUnknown } from "../../../shared/operations/prepare-once.ts";
import { reply, reset, resetMidway, type Step, silence } from "../../support/scripted-server.ts";
import { verifies } from "../../support/verifies.ts";
import { aRow, someRows, startDownloadBench } from "./download-bench.ts";
import { failureOf, type GenieBench, REF, startGenieBench } from "./genie-bench.ts";

let bench: GenieBench;
beforeEach(async () => {
  const started = await startGenieBench();
  bench = started;
  return () => started[Symbol.asyncDispose]();
});

const calls = {
  rerunQuery: () => bench.genie.rerunQuery(REF, "a-1"),
  startDownload: () => bench.genie.startDownload(REF, "a-1"),
};
const started = reply(200, { download_id: "d1", download_id_signature: "eyJ.x.y" });

test("each is one POST of an empty object", async () => {
  bench.server.script(reply(200, {}), started);
  expect(await calls.rerunQuery()).toEqual({ kind: "pending" });
  expect(await calls.startDownload()).toEqual({ downloadId: "d1", signature: "eyJ.x.y" });
  expect(bench.server.seen).toMatchObject([
    {
      method: "POST",
      body: "{}",
      path: expect.stringMatching(/\/attachments\/a-1\/execute-query$/),
    },
    { method: "POST", body: "{}", path: expect.stringMatching(/\/attachments\/a-1\/downloads$/) },
  ]);
});

verifies("databricks.runs-once", "whatever becomes of the reply", async () => {
  const steps: readonly Step[] = [
    reset,
    resetMidway,
    silence,
    reply(429),
    reply(503),
    reply(504),
    reply(500),
  ];
  for (const run of Object.values(calls)) {
    for (const step of steps) {
      bench.server.seen.length = 0;
      bench.server.script(step);
      expect((await failureOf(run())).code).toBe("databricks_unavailable");
      // Five lost replies in a row open the circuit, which then sends nothing at all.
      expect(bench.server.seen.length).toBeLessThanOrEqual(1);
      bench.server.script(reply(200, {}));
      bench.clock.advance(10_000);
      await bench.genie.getSpace("healthy");
    }
  }
});

verifies(
  "databricks.token-renewed",
  "only a refused token, which runs nothing, is a reason to send it again",
  async () => {
    bench.server.script(reply(403, { error_code: 403, message: "Invalid access token." }), started);
    expect(await calls.startDownload()).toMatchObject({ downloadId: "d1" });
    expect(bench.server.seen.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer token-1",
      "Bearer token-2",
    ]);
  },
);

verifies("databricks.grants", "a refusal names the grant or what is not there", async () => {
  const warehouse = "42 is not authorized to use or monitor this SQL Endpoint.";
  const space = "Unable to get space [x]. Caused by User 42 does not have read permission";
  const refusals = [
    [403, "PERMISSION_DENIED", warehouse, "warehouse_forbidden"],
    [403, "PERMISSION_DENIED", space, "genie_space_forbidden"],
    [404, "RESOURCE_DOES_NOT_EXIST", "", "attachment_not_found"],
  ] as const;
  for (const run of Object.values(calls)) {
    for (const [status, error_code, message, code] of refusals) {
      bench.server.script(reply(status, { error_code, message }));
      expect((await failureOf(run())).code).toBe(code);
    }
  }
});

verifies(
  "databricks.lying-replies",
  "a download without id or signature, a rerun without rows",
  async () => {
    const endless = { download_id: "d1", download_id_signature: "s".repeat(3_000) };
    for (const lie of [{ download_id: "d1" }, { download_id_signature: "s" }, {}, "x", endless]) {
      bench.server.script(reply(200, lie));
      await expect(calls.startDownload()).rejects.toThrow(StartUnknown);
    }
    const manifest = { total_row_count: 3 };
    const bare = { statement_id: "s1", status: { state: "SUCCEEDED" }, manifest };
    bench.server.script(reply(200, { statement_response: bare }), reply(200, bare));
    await expect(calls.rerunQuery()).rejects.toThrow(StartUnknown);
  },
);

verifies("databricks.runs-once", "whether it may be running is told apart", async () => {
  for (const run of Object.values(calls)) {
    for (const [status, isUnknown] of [
      [500, true],
      [502, true],
      [503, false],
      [429, false],
      [403, false],
    ] as const) {
      bench.server.script(reply(status, {}));
      const error: unknown = await run().catch((thrown: unknown) => thrown);
      expect([status, error instanceof StartUnknown]).toEqual([status, isUnknown]);
    }
  }
});

verifies("databricks.results", "the state of a download is told apart", async () => {
  const stateOf = async (step: Step) => {
    bench.server.script(step);
    return bench.genie.download(REF, "a-1", { downloadId: "d/1", signature: "s&x=y" });
  };
  const statement = (status: object) =>
    reply(200, { statement_response: { statement_id: "s1", status } });
  expect(await stateOf(reply(200, {}))).toEqual({ kind: "pending" });
  expect(await stateOf(statement({ state: "RUNNING" }))).toEqual({ kind: "pending" });
  expect(await stateOf(statement({ state: "CLOSED" }))).toEqual({ kind: "expired" });
  expect(await stateOf(reply(410, ""))).toEqual({ kind: "expired" });
  expect(await stateOf(reply(404, { error_code: "RESOURCE_DOES_NOT_EXIST" }))).toEqual({
    kind: "expired",
  });
  const denied = { state: "FAILED", error: { message: "[INSUFFICIENT_PERMISSIONS]" } };
  expect(await stateOf(statement(denied))).toMatchObject({ failure: { code: "data_forbidden" } });
  const noSpace = reply(404, {
    error_code: "RESOURCE_DOES_NOT_EXIST",
    message:
      "Unable to get space [x]. Caused by Node with resource name Some(datarooms/x) does not exist.",
  });
  expect((await failureOf(stateOf(noSpace))).code).toBe("genie_space_forbidden");
  expect((await failureOf(stateOf(statement({ state: "SUCCEEDED" })))).code).toBe(
    "databricks_unavailable",
  );
  expect(bench.server.seen[0]?.path).toMatch(
    /\/downloads\/d%2F1\?download_id_signature=s%26x%3Dy$/,
  );
});

test("rows made anew in the simulated workspace", async () => {
  const { genie, ref, attachmentId, time } = await startDownloadBench(someRows(3));
  expect(await genie.rerunQuery(ref, attachmentId)).toEqual({ kind: "pending" });
  time.now += 10_000;
  expect(await genie.queryResult(ref, attachmentId)).toMatchObject({
    kind: "ready",
    firstChunk: { rows: [aRow(0), aRow(1), aRow(2)] },
  });
});
