// The outcome of a check: the parsed value, or what is wrong with it. Checks return faults instead of
// throwing, so that the faults of query, headers and body can be listed together.

import type { FieldFault } from "../errors/app-error.ts";

export type Checked<T> = { readonly value: T } | { readonly faults: readonly FieldFault[] };

export function faultsOf(checked: Checked<unknown>): readonly FieldFault[] {
  return "faults" in checked ? checked.faults : [];
}
