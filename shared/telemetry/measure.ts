// Counts and measures. Does nothing while nobody records; what looks like a text or a token does not get through
// (threat model T9).

import type { MetricAttributes, MetricName } from "./metrics.ts";
import { safeAttributes } from "./safe-attributes.ts";
import { recording } from "./sink.ts";

/** @param value seconds or a count; what is no finite number ≥ 0 (a clock that was set back) is dropped */
export function measure<Name extends MetricName>(
  name: Name,
  value: number,
  attributes: MetricAttributes<Name>,
): void {
  if (!Number.isFinite(value) || value < 0) return;
  recording()?.sink.measurement({ name, value, attributes: safeAttributes(attributes) });
}
