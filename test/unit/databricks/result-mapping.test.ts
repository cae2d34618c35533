// Results of SQL from the wire to the domain, chunk numbers that lie included.

import fc from "fast-check";
import { expect, test } from "vitest";
import { toQueryResult, toResultChunk } from "../../../shared/databricks/result-mapping.ts";
import { resultDataWire, statementWire } from "../../../shared/databricks/result-wire.ts";
import { verifies } from "../../support/verifies.ts";

const COLUMNS = [
  { name: "customer", type_name: "STRING", type_text: "STRING", position: 0 },
  { name: "revenue", type_name: "DECIMAL", type_precision: 18 },
];
const aStatement = (overrides: object = {}) => ({
  statement_id: "01f1-7e",
  status: { state: "SUCCEEDED" },
  manifest: {
    schema: { column_count: 2, columns: COLUMNS },
    total_chunk_count: 1,
    chunks: [{ chunk_index: 0, row_offset: 0, row_count: 2 }],
    total_row_count: 2,
    truncated: false,
  },
  result: {
    chunk_index: 0,
    row_offset: 0,
    data_array: [
      ["Acme", "1.50"],
      ["Globex", null],
    ],
  },
  ...overrides,
});
const map = (wire: object) => toQueryResult(statementWire.parse(wire));
const mapChunk = (wire: object, index: number) => toResultChunk(resultDataWire.parse(wire), index);

verifies("databricks.results", "a ready result with its columns, rows and chunk places", () => {
  expect(map(aStatement())).toEqual({
    kind: "ready",
    statementId: "01f1-7e",
    columns: [
      { name: "customer", type: "STRING" },
      { name: "revenue", type: "DECIMAL" },
    ],
    rowCount: 2,
    truncated: false,
    chunks: [{ index: 0, rowOffset: 0 }],
    firstChunk: {
      rowOffset: 0,
      rows: [
        ["Acme", "1.50"],
        ["Globex", null],
      ],
      nextChunkIndex: undefined,
    },
  });
});

verifies("databricks.results", "no rows at all", () => {
  const manifest = { schema: { columns: COLUMNS }, total_chunk_count: 0, total_row_count: 0 };
  for (const result of [{}, null, undefined, { data_array: [] }]) {
    expect(map(aStatement({ manifest, result }))).toMatchObject({
      kind: "ready",
      rowCount: 0,
      firstChunk: { rows: [], nextChunkIndex: undefined },
    });
  }
});

verifies("databricks.results", "states other than succeeded, known or not", () => {
  const kindOf = (state?: string) => map({ statement_id: "x", status: { state } }).kind;
  expect(kindOf("PENDING")).toBe("pending");
  expect(kindOf("RUNNING")).toBe("pending");
  expect(kindOf("WARMING_UP")).toBe("pending");
  expect(kindOf(undefined)).toBe("pending");
  expect(map({}).kind).toBe("pending");
  expect(kindOf("CLOSED")).toBe("expired");
  expect(kindOf("CANCELED")).toBe("failed");
});

verifies("databricks.results", "failed SQL tells missing rights apart", () => {
  const failureOf = (message?: string) =>
    map({ status: { state: "FAILED", error: { error_code: "BAD_REQUEST", message } } });
  expect(failureOf("[TABLE_OR_VIEW_NOT_FOUND] …")).toMatchObject({
    failure: { code: "genie_failed" },
  });
  expect(failureOf()).toMatchObject({ failure: { code: "genie_failed" } });
  expect(failureOf("[INSUFFICIENT_PERMISSIONS] …")).toMatchObject({
    failure: { code: "data_forbidden" },
  });
  expect(failureOf("You do not have permission to use the SQL Warehouse.")).toMatchObject({
    failure: { code: "warehouse_forbidden" },
  });
});

verifies("databricks.results", "the next chunk by the reply, else by the manifest", () => {
  const rows = [["a", "1"]];
  const nextOf = (result: object, manifest: object) => {
    const mapped = map(aStatement({ result: { data_array: rows, ...result }, manifest }));
    return mapped.kind === "ready" ? mapped.firstChunk.nextChunkIndex : mapped.kind;
  };
  const chunks = [
    { chunk_index: 0, row_offset: 0 },
    { chunk_index: 1, row_offset: 1 },
  ];
  expect(nextOf({ next_chunk_index: 1 }, { total_row_count: 2 })).toBe(1);
  expect(nextOf({}, { total_row_count: 2, chunks })).toBe(1);
  expect(nextOf({}, { total_row_count: 2, total_chunk_count: 2 })).toBe(1);
  expect(nextOf({ next_chunk_index: 0 }, { total_row_count: 1 })).toBeUndefined();
});

test("chunk places that contradict each other are not used", () => {
  const placesOf = (...chunks: object[]) => {
    const manifest = { total_row_count: 2, chunks };
    const mapped = map(aStatement({ manifest }));
    return mapped.kind === "ready" ? mapped.chunks : mapped.kind;
  };
  expect(placesOf({ chunk_index: 1, row_offset: 5 }, { chunk_index: 0, row_offset: 0 })).toEqual([
    { index: 0, rowOffset: 0 },
    { index: 1, rowOffset: 5 },
  ]);
  expect(placesOf({ chunk_index: 0 }, { chunk_index: 0 })).toEqual([]);
  expect(placesOf({ chunk_index: 0, row_offset: 9 })).toEqual([]);
  expect(
    placesOf(
      { chunk_index: 0 },
      { chunk_index: 1, row_offset: 7 },
      { chunk_index: 2, row_offset: 3 },
    ),
  ).toEqual([]);
});

test("metadata without rows is missing rows, not an empty result", () => {
  expect(map(aStatement({ result: null })).kind).toBe("rows_missing");
  expect(map(aStatement({ result: { data_array: [] } })).kind).toBe("rows_missing");
  expect(map(aStatement({ manifest: null })).kind).toBe("rows_missing");
});

test("a chunk must be the one asked for, with rows and their place", () => {
  const data_array = [["a"]];
  expect(mapChunk({ chunk_index: 2, row_offset: 9, data_array, next_chunk_index: 3 }, 2)).toEqual({
    rowOffset: 9,
    rows: [["a"]],
    nextChunkIndex: 3,
  });
  expect(mapChunk({ data_array }, 0)).toMatchObject({ rowOffset: 0 });
  expect(mapChunk({ data_array }, 1)).toBeUndefined();
  expect(mapChunk({ chunk_index: 1, row_offset: 9, data_array }, 2)).toBeUndefined();
  expect(mapChunk({ row_offset: 9 }, 2)).toBeUndefined();
});

test("following chunks always ends: the next number is greater or absent", () => {
  fc.assert(
    fc.property(fc.nat(10), fc.option(fc.nat(10)), (index, next_chunk_index) => {
      const chunk = mapChunk({ row_offset: 1, data_array: [], next_chunk_index }, index);
      const next = chunk?.nextChunkIndex;
      return next === undefined || next > index;
    }),
  );
});
