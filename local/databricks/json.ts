// JSON objects on the wire. proto3 servers leave empty fields out instead of sending null (genie-api.md §1.1).

export type JsonObject = Readonly<Record<string, unknown>>;

/** Drops undefined, null, "" and [] at the top level; 0 and false stay, as in real captures. */
export function compact(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value)));
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === "" ||
    (Array.isArray(value) && value.length === 0)
  );
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
