// Text of a reply → value of a wire schema. What does not fit is told by its place alone: a value of the wire may
// be a question, an answer or a row, and must not travel in an error.

import type * as z from "zod";

export type ParsedWire<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string };

/** Never throws. An empty body counts as `{}`, as proto3 servers may send it. */
export function parseWire<T extends z.ZodType>(text: string, schema: T): ParsedWire<z.output<T>> {
  let json: unknown;
  try {
    json = text.trim() === "" ? {} : JSON.parse(text);
  } catch {
    return { ok: false, reason: "the reply is not JSON" };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ok: true, value: parsed.data };
  const places = parsed.error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join(".")}: ${issue.code}`);
  return { ok: false, reason: `the reply does not fit its schema (${places.join(", ")})` };
}
