// Which of Databricks' types hold numbers, by `type_name` (genie-api.md §3).

const NUMBER_TYPES: ReadonlySet<string> = new Set([
  "BYTE",
  "SHORT",
  "INT",
  "LONG",
  "FLOAT",
  "DOUBLE",
  "DECIMAL",
]);

export function isNumberType(type: string): boolean {
  return NUMBER_TYPES.has(type);
}
