// SQLite values → what Databricks sends: one type name per column, text or null per cell (genie-api.md §3).

export type RawCell = bigint | number | string | null | Uint8Array;

/** Databricks' `type_name` of a column: as declared, or for an expression by what its values are. */
export function typeName(declared: string | null, cells: readonly RawCell[]): string {
  if (declared !== null) return DECLARED_TYPES[declared] ?? "STRING";
  const present = cells.filter((cell) => cell !== null);
  if (present.length === 0) return "STRING";
  if (present.every((cell) => typeof cell === "bigint")) return "LONG";
  if (present.every((cell) => typeof cell !== "string")) return "DOUBLE";
  if (present.every((cell) => /^\d{4}-\d\d-\d\d$/.test(String(cell)))) return "DATE";
  return present.every((cell) => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(String(cell)))
    ? "TIMESTAMP"
    : "STRING";
}

/** The text of one cell. Doubles are written as Java writes them: "3.0", "1.6777216E7". */
export function cellText(cell: RawCell, type: string): string | null {
  if (cell === null) return null;
  return type === "DOUBLE" ? javaDouble(Number(cell)) : String(cell);
}

const DECLARED_TYPES: Readonly<Record<string, string>> = {
  BIGINT: "LONG",
  DOUBLE: "DOUBLE",
  STRING_TEXT: "STRING",
  DATE_TEXT: "DATE",
  TIMESTAMP_TEXT: "TIMESTAMP",
};

function javaDouble(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return String(value);
  if (size !== 0 && (size >= 1e7 || size < 1e-3)) {
    const [mantissa = "", exponent = "0"] = value.toExponential().split("e");
    return `${mantissa.includes(".") ? mantissa : `${mantissa}.0`}E${Number(exponent)}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
