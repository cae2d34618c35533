// Named parameters of the statement API (`:name`), put into the SQL as literals. Text never becomes SQL.

import { isJsonObject } from "../json.ts";
import { invalidParameter, Refused } from "../refusals.ts";

const NUMERIC = new Set([
  "INT",
  "BIGINT",
  "LONG",
  "SMALLINT",
  "TINYINT",
  "DOUBLE",
  "FLOAT",
  "DECIMAL",
]);

export function bindParameters(sql: string, parameters: unknown): string {
  if (parameters === undefined) return sql;
  if (!Array.isArray(parameters))
    throw new Refused(invalidParameter("parameters must be an array."));
  const literals = new Map(parameters.map(literalOf));
  // Quoted text and comments are stepped over, so that a marker inside them stays what it is.
  return sql.replace(
    /'(?:[^']|'')*'|"[^"]*"|`[^`]*`|--[^\n]*|:([A-Za-z_]\w*)/g,
    (whole, name: string | undefined) =>
      name === undefined ? whole : (literals.get(name) ?? whole),
  );
}

function literalOf(parameter: unknown): [name: string, literal: string] {
  const { name, value, type = "STRING" } = isJsonObject(parameter) ? parameter : {};
  if (typeof name !== "string" || typeof type !== "string") {
    throw new Refused(invalidParameter("Each parameter needs a name."));
  }
  if (value === undefined || value === null) return [name, "NULL"];
  const text = String(value);
  if (!NUMERIC.has(type.toUpperCase().replace(/\(.*/, "")))
    return [name, `'${text.replaceAll("'", "''")}'`];
  if (!/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)) {
    throw new Refused(invalidParameter(`The value of parameter ${name} is no ${type}.`));
  }
  return [name, text];
}
