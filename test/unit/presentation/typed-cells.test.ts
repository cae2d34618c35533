// Cells one by one: each type of Databricks, and texts that no type should send (design §3.3 "Typed cells").

import { describe, expect, test } from "vitest";
import { toCell } from "../../../shared/presentation/typed-cells.ts";
import { verifies } from "../../support/verifies.ts";

describe("single cells", () => {
  const cases: [type: string, text: string, cell: unknown][] = [
    ["INT", "42", 42],
    ["LONG", "-7", -7],
    ["LONG", "9007199254740992", 9007199254740992],
    ["LONG", "9007199254740993", "9007199254740993"],
    ["LONG", "-9007199254740993", "-9007199254740993"],
    ["LONG", "4.5", "4.5"],
    ["INT", "", ""],
    ["DOUBLE", "1.6777216E7", 16777216],
    ["DOUBLE", "0.1", 0.1],
    ["FLOAT", "-2.5e-3", -0.0025],
    ["DOUBLE", "NaN", "NaN"],
    ["DOUBLE", "Infinity", "Infinity"],
    ["FLOAT", "-Infinity", "-Infinity"],
    ["DOUBLE", "1e999", "1e999"],
    ["DOUBLE", "0x10", "0x10"],
    ["DECIMAL", "1234567.89", 1234567.89],
    ["DECIMAL", "1234567.890000000000000000", 1234567.89],
    ["DECIMAL", "123456789012345.6", "123456789012345.6"],
    ["DECIMAL", "0.000000000000000000", 0],
    ["DECIMAL", "0E-18", 0],
    ["DECIMAL", "1E-7", "0.0000001"],
    ["DECIMAL", "-1.5E-10", "-0.00000000015"],
    ["DECIMAL", "12345678901234567E+3", "12345678901234567000"],
    ["DECIMAL", "1.2345678901234567E+3", "1234.5678901234567"],
    ["DECIMAL", "99999999999999999999999999999999999999", "99999999999999999999999999999999999999"],
    ["BYTE", "-128", -128],
    ["SHORT", "32767", 32767],
    ["INT", "1e3", "1e3"],
    ["LONG", "NaN", "NaN"],
    ["DOUBLE", "-1.7976931348623157E308", -1.7976931348623157e308],
    ["DOUBLE", "4.9E-324", 5e-324],
    ["DOUBLE", "1e-400", "1e-400"],
    ["DOUBLE", "5.6843418860808015E-14", 5.6843418860808015e-14],
    ["DOUBLE", "infinity", "infinity"],
    ["FLOAT", "3.4028235E38", 3.4028235e38],
    ["DECIMAL", "1E400", `1${"0".repeat(400)}`],
    ["DECIMAL", "1E-400", `0.${"0".repeat(399)}1`],
    ["DECIMAL", "1E9999", "1E9999"],
    ["DECIMAL", "-0.00", 0],
    ["DECIMAL", "100000000000000000000", 100000000000000000000],
    ["DECIMAL", "1000000000000000000000", "1000000000000000000000"],
    [
      "DECIMAL",
      "-99999999999999999999.999999999999999999",
      "-99999999999999999999.999999999999999999",
    ],
    ["DECIMAL", "NaN", "NaN"],
    ["BOOLEAN", "true", true],
    ["BOOLEAN", "FALSE", false],
    ["BOOLEAN", "1", "1"],
    ["BOOLEAN", "maybe", "maybe"],
    ["DATE", "2026-10-10", "2026-10-10"],
    ["TIMESTAMP", "2026-10-10T12:34:56.000Z", "2026-10-10T12:34:56.000Z"],
    ["TIMESTAMP_NTZ", "2026-10-10T12:34:56", "2026-10-10T12:34:56"],
    ["STRING", "42", "42"],
    ["STRING", "true", "true"],
    ["CHAR", "null", "null"],
    ["INTERVAL", "1-2", "1-2"],
    ["BINARY", "AAEC", "AAEC"],
    ["A_TYPE_OF_NEXT_YEAR", "42", "42"],
    ["ARRAY", '["a",1,null]', ["a", 1, null]],
    ["MAP", '{"a":1.5}', { a: 1.5 }],
    [
      "STRUCT",
      '{"n":12345678901234567890123456789012345678}',
      { n: "12345678901234567890123456789012345678" },
    ],
    [
      "STRUCT",
      '{"n":0.1234567890123456789,"t":"9007199254740993"}',
      { n: "0.1234567890123456789", t: "9007199254740993" },
    ],
    ["ARRAY", '["a \\" 9007199254740993","\\\\"]', ['a " 9007199254740993', "\\"]],
    ["VARIANT", "9007199254740993", "9007199254740993"],
    [
      "STRUCT",
      '{"a":{"b":[{"c":1.50,"d":[[9007199254740993]]}]}}',
      { a: { b: [{ c: 1.5, d: [["9007199254740993"]] }] } },
    ],
    ["STRUCT", '{"tiny":1e-400,"huge":1e400}', { tiny: "1e-400", huge: "1e400" }],
    ["MAP", '{"9007199254740993":1}', { "9007199254740993": 1 }],
    ["STRUCT", '{"a":1,"\\u0061":2}', '{"a":1,"\\u0061":2}'],
    ["STRUCT", "", ""],
    ["VARIANT", "null", null],
    ["VARIANT", "unquoted", "unquoted"],
    ["VARIANT", '"text"', "text"],
    ["VARIANT", "1E400", "1E400"],
    ["ARRAY", "[1,NaN]", "[1,NaN]"],
    ["STRUCT", '{"a":1,"a":2}', '{"a":1,"a":2}'],
    ["ARRAY", "[".repeat(5_000) + "]".repeat(5_000), "[".repeat(5_000) + "]".repeat(5_000)],
  ];
  for (const [type, text, cell] of cases) {
    verifies("answers.typed-cells", `${type} ${text.slice(0, 45)}`, () => {
      expect(toCell(text, type)).toStrictEqual(cell);
    });
  }

  verifies("answers.typed-cells", "null stays null in every type", () => {
    for (const type of ["INT", "STRING", "STRUCT", "BOOLEAN"])
      expect(toCell(null, type)).toBeNull();
  });

  test("a member called __proto__ is a member", () => {
    expect(JSON.stringify(toCell('{"__proto__":{"x":1}}', "STRUCT"))).toBe('{"__proto__":{"x":1}}');
  });

  test("a long hostile number costs no time", () => {
    const zeros = `1${"0".repeat(2_000_000)}1`;
    expect(toCell(zeros, "DECIMAL")).toBe(zeros);
    expect(toCell(`[${zeros}]`, "ARRAY")).toEqual([zeros]);
  });
});
