import { expect, test } from "vitest";
import { aDataset, at, aWorkspace, HOUR, textAt, WAREHOUSE } from "./a-workspace.ts";

const STATEMENTS = "/api/2.0/sql/statements";
const select = (extra: object = {}) => ({
  statement: "SELECT 1",
  warehouse_id: WAREHOUSE,
  ...extra,
});

test("a short statement is answered at once, with internal links to more chunks", async () => {
  const rows = Array.from({ length: 1_500 }, (_, index) => [String(index)]);
  const dataset = aDataset({ run: () => ({ columns: [{ name: "n", type: "INT" }], rows }) });
  const { post, get } = await aWorkspace({ dataset });
  const { body } = await post(STATEMENTS, select());
  const id = textAt(body, "statement_id");
  expect(Object.keys(Object(body))).toEqual(["statement_id", "status", "manifest", "result"]);
  expect(at(body, "result")).toMatchObject({
    next_chunk_index: 1,
    next_chunk_internal_link: `${STATEMENTS}/${id}/result/chunks/1?row_offset=1000`,
  });
  const next = await get(textAt(body, "result", "next_chunk_internal_link"));
  expect(next.body).toMatchObject({ chunk_index: 1, row_count: 500 });
  expect((await get(`${STATEMENTS}/${id}`, "other")).status).toBe(404);
});

test("with no wait it is PENDING first and can be cancelled", async () => {
  const { post, get, clock } = await aWorkspace();
  const start = async () =>
    textAt((await post(STATEMENTS, select({ wait_timeout: "0s" }))).body, "statement_id");
  const state = async (id: string) =>
    at((await get(`${STATEMENTS}/${id}`)).body, "status", "state");
  const id = await start();
  expect(await state(id)).toBe("PENDING");
  expect((await get(`${STATEMENTS}/${id}/result/chunks/0`)).status).toBe(404);
  const canceled = await start();
  expect((await post(`${STATEMENTS}/${canceled}/cancel`)).body).toEqual({});
  clock.now += 1_500;
  expect(await state(id)).toBe("SUCCEEDED");
  expect(await state(canceled)).toBe("CANCELED");
  clock.now += HOUR;
  expect(await state(id)).toBe("CLOSED");
});

test("rights: 403 without the warehouse, FAILED without SELECT", async () => {
  const { post } = await aWorkspace();
  expect(await post(STATEMENTS, select(), "no-warehouse")).toMatchObject({
    status: 403,
    body: {
      error_code: "PERMISSION_DENIED",
      message:
        "You do not have permission to use the SQL Warehouse. Please contact your administrator.",
    },
  });
  expect((await post(STATEMENTS, select(), "no-data")).body).toMatchObject({
    status: {
      state: "FAILED",
      error: { message: expect.stringContaining("[INSUFFICIENT_PERMISSIONS]") },
    },
  });
  const failed = await post(STATEMENTS, select({ statement: "SELEKT" }));
  expect(failed).toMatchObject({
    status: 200,
    body: { status: { state: "FAILED", error: { error_code: "BAD_REQUEST" } } },
  });
  expect(failed.body).not.toHaveProperty("manifest");
});

test.each([
  [{ statement: "" }, 400],
  [{ warehouse_id: 7 }, 400],
  [{ warehouse_id: "ffff" }, 404],
  [{ wait_timeout: "60s" }, 400],
  [{ parameters: "a" }, 400],
  [{ parameters: [{ value: "1" }] }, 400],
  [{ parameters: [{ name: "n", value: "1; DROP TABLE x", type: "INT" }] }, 400],
])("%j is refused with %i", async (wrong, status) => {
  const { post } = await aWorkspace();
  expect((await post(STATEMENTS, select(wrong))).status).toBe(status);
});

test("unknown and malformed ids", async () => {
  const { get } = await aWorkspace();
  expect((await get(`${STATEMENTS}/nonsense`)).status).toBe(400);
  expect((await get(`${STATEMENTS}/01f185d9-ec7e-1d0b-9c1e-0a1b2c3d4e5f`)).body).toMatchObject({
    error_code: "NOT_FOUND",
  });
});

test("parameters become literals, never SQL", async () => {
  const seen: string[] = [];
  const dataset = aDataset({
    run: (sql) => {
      seen.push(sql);
      return { columns: [], rows: [] };
    },
  });
  const { post } = await aWorkspace({ dataset });
  await post(
    STATEMENTS,
    select({
      statement:
        "SELECT ':name', x::INT, :missing FROM t WHERE a = :name AND b < :limit AND c IS :none",
      parameters: [
        { name: "name", value: "O'Hare' OR 1=1" },
        { name: "limit", value: "5", type: "INT" },
        { name: "none" },
      ],
    }),
  );
  expect(seen).toEqual([
    "SELECT ':name', x::INT, :missing FROM t WHERE a = 'O''Hare'' OR 1=1' AND b < 5 AND c IS NULL",
  ]);
});
