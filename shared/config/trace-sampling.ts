// Which traces are kept: `OTEL_TRACES_SAMPLER` and its `OTEL_TRACES_SAMPLER_ARG` by the names of OpenTelemetry's specification.
// It reads texts, and decides about no trace (shared/telemetry/sampler.ts).

export interface Sampling {
  /** Of traces that are kept: 0 to 1. */
  readonly ratio: number;
  /** Where a caller decided, its flag counts. */
  readonly followsCaller: boolean;
}

export type SamplingOf = (ratio: number) => Sampling;

/** Those of makers (`xray`, `jaeger_remote`, `microsoft.fixed_percentage`) are not there. */
const SAMPLERS: ReadonlyMap<string, SamplingOf> = new Map<string, SamplingOf>([
  ["always_on", () => ({ ratio: 1, followsCaller: false })],
  ["always_off", () => ({ ratio: 0, followsCaller: false })],
  ["traceidratio", (ratio) => ({ ratio, followsCaller: false })],
  ["parentbased_always_on", () => ({ ratio: 1, followsCaller: true })],
  ["parentbased_always_off", () => ({ ratio: 0, followsCaller: true })],
  ["parentbased_traceidratio", (ratio) => ({ ratio, followsCaller: true })],
]);

/**
 * Everything, whatever callers say; not `parentbased_always_on` as the specification has it: Logic Apps always send the
 * flag 00, and their questions would be missing (docs/adr/0018).
 */
export const KEEP_ALL: Sampling = { ratio: 1, followsCaller: false };

/** Undefined for another name. */
export function samplerNamed(text: string): SamplingOf | undefined {
  return SAMPLERS.get(text.toLowerCase());
}

/** Undefined for what is no number from 0 to 1. */
export function ratioIn(text: string): number | undefined {
  const ratio = Number(text);
  return ratio >= 0 && ratio <= 1 ? ratio : undefined;
}
