// A parsed JSON value against the body schema of a route; all faults at once, by JSON pointer (RFC 6901).

import type { InputSchemas } from "../contracts/route-contract.ts";
import type { FieldFault } from "../errors/app-error.ts";
import type { Checked } from "./checked.ts";

type BodySchema<Body> = NonNullable<InputSchemas<never, Body>["body"]>;
type Issue = NonNullable<ReturnType<BodySchema<unknown>["safeParse"]>["error"]>["issues"][number];

/** Longer names of unknown fields are cut in the answer. */
const MAX_NAME = 128;

export function validateBody<Body>(schema: BodySchema<Body>, value: unknown): Checked<Body> {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isObject) return { faults: [{ pointer: "", detail: "must be a JSON object" }] };
  const parsed = schema.safeParse(withoutNulls(value, schema.shape));
  if (parsed.success) return { value: parsed.data };
  return { faults: oneForEachField(parsed.error.issues.flatMap(toFaults)) };
}

/** `null` in a known field is as if absent (design §3.1); in an unknown one it is still unknown. */
function withoutNulls(body: object, shape: object): object {
  const kept = Object.entries(body).filter(
    ([name, value]) => value !== null || !Object.hasOwn(shape, name),
  );
  // fromEntries defines own properties, so a field named __proto__ stays a plain unknown field.
  return Object.fromEntries(kept);
}

function toFaults(issue: Issue): { pointer: string; detail: string }[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((name) => ({
      pointer: pointerTo([...issue.path, name]),
      detail: "is not a known field",
    }));
  }
  return [{ pointer: pointerTo(issue.path), detail: issue.message }];
}

function pointerTo(path: readonly PropertyKey[]): string {
  const escaped = path.map((part) =>
    String(part).slice(0, MAX_NAME).replaceAll("~", "~0").replaceAll("/", "~1"),
  );
  return escaped.map((part) => `/${part}`).join("");
}

/** A value that breaks two rules is told the first. */
function oneForEachField(faults: { pointer: string; detail: string }[]): FieldFault[] {
  return [...Map.groupBy(faults, ({ pointer }) => pointer).values()].flatMap(
    ([first]) => first ?? [],
  );
}
