// Query parameters against the schema of a route: unknown ones are ignored, because Logic Apps adds its own;
// a known one that is given twice or has a bad value is named (design §3.1).

import type { InputSchemas } from "../contracts/route-contract.ts";
import type { FieldFault } from "../errors/app-error.ts";
import type { Checked } from "./checked.ts";

/**
 * `parameters` must come from the URL itself: the host joins the values of repeated keys with a comma
 * (functions-host.md §4.3), which would hide a repetition.
 */
export function validateQuery<Query>(
  schema: InputSchemas<Query, never>["query"],
  parameters: URLSearchParams,
): Checked<Query> {
  const faults = new Map<string, FieldFault>();
  const single: Record<string, string> = {};
  for (const parameter of Object.keys(schema.shape)) {
    const [value, second] = parameters.getAll(parameter);
    if (second !== undefined)
      faults.set(parameter, { parameter, detail: "is given more than once" });
    else if (value !== undefined) single[parameter] = value;
  }
  const parsed = schema.safeParse(single);
  for (const { path, message } of parsed.error?.issues ?? []) {
    const parameter = String(path[0]);
    if (!faults.has(parameter)) faults.set(parameter, { parameter, detail: message });
  }
  if (parsed.success && faults.size === 0) return { value: parsed.data };
  return { faults: [...faults.values()] };
}
