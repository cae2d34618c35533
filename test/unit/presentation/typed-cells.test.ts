import fc from "fast-check";
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
    ["BOOLEAN", "true", true],
    ["BOOLEAN", "FALSE", false],
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

describe("a value never changes its meaning", () => {
  /** What a reader of our JSON gets, with the exact digits we wrote. */
  const onTheWire = (text: string, type: string): string => {
    const json = JSON.stringify(toCell(text, type));
    return json.startsWith('"') ? String(JSON.parse(json)) : json;
  };
  /** Digits and exponent of a decimal text, however it is written. */
  const scaled = (text: string): bigint => {
    const [, sign = "", whole = "", fraction = "", exponent = "0"] =
      /^(-?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
    const shift = 120 + Number(exponent) - fraction.length;
    return BigInt(`${sign}${whole}${fraction}`) * 10n ** BigInt(shift);
  };
  const decimalText = fc
    .tuple(fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n }), fc.integer({ min: 0, max: 38 }))
    .map(([unscaled, scale]) => {
      const digits = String(unscaled)
        .replace("-", "")
        .padStart(scale + 1, "0");
      const point = digits.length - scale;
      const sign = unscaled < 0n ? "-" : "";
      return `${sign}${digits.slice(0, point)}${scale === 0 ? "" : `.${digits.slice(point)}`}`;
    });

  verifies("answers.typed-cells", "for any integer", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        expect(onTheWire(String(value), "LONG")).toBe(String(value));
      }),
    );
  });

  verifies("answers.typed-cells", "for any decimal, and none is written with an exponent", () => {
    fc.assert(
      fc.property(decimalText, (text) => {
        const wire = onTheWire(text, "DECIMAL");
        expect(wire).not.toMatch(/e/i);
        expect(scaled(wire)).toBe(scaled(text));
      }),
    );
  });

  verifies("answers.typed-cells", "for any double", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(onTheWire(String(value), "DOUBLE"))).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  verifies("answers.typed-cells", "for any number inside a struct", () => {
    fc.assert(
      fc.property(decimalText, (text) => {
        const cell = toCell(`{"n":${text}}`, "STRUCT");
        const written = JSON.stringify(cell).slice('{"n":'.length, -1).replaceAll('"', "");
        expect(scaled(written)).toBe(scaled(text));
      }),
    );
  });

  verifies("answers.typed-cells", "for any JSON value of ordinary numbers", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const source = JSON.stringify(JSON.parse(text));
        const cell = toCell(source, "VARIANT");
        if (typeof cell !== "string" && !/\d{16}|\de/i.test(source)) {
          expect(JSON.stringify(cell)).toBe(source);
        }
      }),
    );
  });

  verifies(
    "answers.typed-cells",
    "for any text in a column of any type: it stays or it is a JSON value",
    () => {
      const types = fc.constantFrom(
        "INT",
        "DOUBLE",
        "DECIMAL",
        "BOOLEAN",
        "STRUCT",
        "DATE",
        "STRING",
      );
      fc.assert(
        fc.property(fc.string(), types, (text, type) => {
          const cell = toCell(text, type);
          if (type === "STRING" || type === "DATE") expect(cell).toBe(text);
          expect(JSON.stringify(cell)).toBeTypeOf("string");
        }),
      );
    },
  );
});
