// What holds for any cell: no value changes its meaning on its way into JSON (design §3.3), shown against arithmetic
// of this file's own.

import fc from "fast-check";
import { describe, expect } from "vitest";
import { toCell } from "../../../shared/presentation/typed-cells.ts";
import { verifies } from "../../support/verifies.ts";

describe("types that stay text", () => {
  const types = [
    ...["STRING", "CHAR", "BINARY", "DATE", "TIMESTAMP", "TIMESTAMP_NTZ", "INTERVAL"],
    ...["NULL", "USER_DEFINED_TYPE", "GEOMETRY", "GEOGRAPHY", "TABLE_TYPE", "", "int", "__proto__"],
  ];
  for (const type of types) {
    verifies("answers.typed-cells", `${type || "no type"}: any text, as it came`, () => {
      const texts = fc.oneof(fc.string({ unit: "binary" }), fc.json(), fc.double().map(String));
      fc.assert(
        fc.property(texts, (text) => {
          expect(toCell(text, type)).toBe(text);
        }),
      );
    });
  }
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
    const shift = 1_500 + Number(exponent) - fraction.length;
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

  /** With or without point and exponent, from far below to far above what a double holds. */
  const numberText = fc
    .tuple(
      decimalText,
      fc.option(fc.integer({ min: -450, max: 450 }), { nil: undefined }),
      fc.constantFrom("e", "E"),
    )
    .map(([text, exponent, e]) => (exponent === undefined ? text : `${text}${e}${exponent}`));
  const EXACT_TYPES = ["BYTE", "SHORT", "INT", "LONG", "DECIMAL", "VARIANT"] as const;

  verifies(
    "answers.typed-cells",
    "the exact decimal of any number text, in each exact type",
    () => {
      fc.assert(
        fc.property(numberText, fc.constantFrom(...EXACT_TYPES), (text, type) => {
          expect(scaled(onTheWire(text, type))).toBe(scaled(text));
        }),
      );
    },
  );

  verifies(
    "answers.typed-cells",
    "the double of any number text, and its sign of magnitude",
    () => {
      fc.assert(
        fc.property(numberText, fc.constantFrom("FLOAT", "DOUBLE"), (text, type) => {
          const cell = toCell(text, type);
          if (typeof cell === "string") expect(cell).toBe(text);
          else expect(Number(JSON.stringify(cell))).toBe(Number(text) === 0 ? 0 : Number(text));
          if (cell === 0) expect(scaled(text)).toBe(0n);
        }),
      );
    },
  );

  verifies("answers.typed-cells", "minus zero is zero", () => {
    for (const type of ["INT", "DOUBLE", "DECIMAL", "VARIANT"]) {
      expect(onTheWire("-0", type)).toBe("0");
    }
    expect(onTheWire("-0.0", "DOUBLE")).toBe("0");
  });

  /** Nested JSON with exact numbers, as its text and as what it must become. */
  interface Exact {
    readonly text: string;
    readonly same: (value: unknown) => boolean;
  }
  const named = fc.uniqueArray(fc.string({ maxLength: 6 }), { maxLength: 4 });
  const { tree } = fc.letrec<{ tree: Exact; leaf: Exact }>((tie) => ({
    leaf: fc.oneof(
      numberText.map((text) => ({
        text,
        same: (value: unknown) =>
          scaled(String(JSON.parse(JSON.stringify(value)))) === scaled(text),
      })),
      fc
        .string()
        .map((text) => ({ text: JSON.stringify(text), same: (value: unknown) => value === text })),
      fc.constantFrom(true, false, null).map((fact) => ({
        text: String(fact),
        same: (value: unknown) => value === fact,
      })),
    ),
    tree: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      tie("leaf"),
      fc.array(tie("tree"), { maxLength: 4 }).map((items) => ({
        text: `[${items.map(({ text }) => text).join(", ")}]`,
        same: (value: unknown) =>
          Array.isArray(value) &&
          value.length === items.length &&
          items.every(({ same }, index) => same(value[index])),
      })),
      fc
        .tuple(named, fc.array(tie("tree"), { minLength: 4, maxLength: 4 }))
        .map(([keys, values]) => ({
          text: `{${keys.map((key, index) => `${JSON.stringify(key)} : ${values[index]?.text}`).join(",")}}`,
          same: (value: unknown) =>
            typeof value === "object" &&
            value !== null &&
            Object.keys(value).length === keys.length &&
            keys.every((key, index) => values[index]?.same(Reflect.get(value, key))),
        })),
    ),
  }));

  verifies("answers.typed-cells", "every leaf of any nested value, in its own place", () => {
    fc.assert(
      fc.property(
        tree,
        fc.constantFrom("ARRAY", "MAP", "STRUCT", "VARIANT"),
        ({ text, same }, type) => {
          expect(same(toCell(text, type))).toBe(true);
        },
      ),
    );
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
