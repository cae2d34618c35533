// Reads untrusted JSON text that must be an object: a JOSE header, a claims set, a reply of Entra.
// It never throws and never returns an array or null.

export type JsonObject = Readonly<Record<string, unknown>>;

/** The object, or undefined when the text is anything else. */
export function parseJsonObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** True for a plain JSON object, not for an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
