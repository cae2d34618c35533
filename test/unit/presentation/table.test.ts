import fc from "fast-check";
import { expect, test } from "vitest";
import { toTable, uniqueNames } from "../../../shared/presentation/table.ts";
import { verifies } from "../../support/verifies.ts";

const cases: [names: string[], unique: string[]][] = [
  [
    ["a", "b"],
    ["a", "b"],
  ],
  [
    ["a", "a", "a"],
    ["a", "a_2", "a_3"],
  ],
  [
    ["a", "a", "a_2"],
    ["a", "a_3", "a_2"],
  ],
  [
    ["a_2", "a", "a"],
    ["a_2", "a", "a_3"],
  ],
  [
    ["", "x", ""],
    ["column_1", "x", "column_3"],
  ],
  [
    ["column_2", ""],
    ["column_2", "column_2_2"],
  ],
  [
    ["", "column_1"],
    ["column_1_2", "column_1"],
  ],
  [
    ["__proto__", "__proto__"],
    ["__proto__", "__proto___2"],
  ],
  [
    ["toString", "constructor"],
    ["toString", "constructor"],
  ],
];
for (const [names, unique] of cases) {
  verifies("answers.column-names", JSON.stringify(names), () => {
    expect(uniqueNames(names)).toEqual(unique);
  });
}

verifies(
  "answers.column-names",
  "any names become unique and non-empty, and unique ones stay",
  () => {
    const names = fc.array(
      fc.constantFrom("", "a", "a_2", "a_2_2", "column_1", "column_2", "__proto__"),
    );
    fc.assert(
      fc.property(names, (given) => {
        const unique = uniqueNames(given);
        expect(new Set(unique).size).toBe(given.length);
        expect(unique).not.toContain("");
        given.forEach((name, index) => {
          if (name !== "" && given.indexOf(name) === given.lastIndexOf(name)) {
            expect(unique[index]).toBe(name);
          }
        });
      }),
    );
  },
);

verifies("answers.column-names", "columns and rows agree, also for __proto__", () => {
  const columns = ["n", "n", "__proto__", ""].map((name) => ({ name, type: "INT" }));
  const table = toTable(columns, [["1", "2", "3", "4"]]);
  expect(table.columns.map((column) => column.name)).toEqual(["n", "n_2", "__proto__", "column_4"]);
  expect(JSON.stringify(table.rows)).toBe('[{"n":1,"n_2":2,"__proto__":3,"column_4":4}]');
});

test("a row shorter than the columns has null in the missing cells, a longer one loses none that has a column", () => {
  const columns = [
    { name: "a", type: "INT" },
    { name: "b", type: "INT" },
  ];
  expect(toTable(columns, [["1"], ["1", "2", "3"]]).rows).toEqual([
    { a: 1, b: null },
    { a: 1, b: 2 },
  ]);
});
