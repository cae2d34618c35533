// Which traces are kept: the samplers of OpenTelemetry (`OTEL_TRACES_SAMPLER`), decided before its SDK is loaded. Asked once
// for each trace, where it enters the gateway: whoever comes after follows the flag. Pure.

import { isKept } from "./traceparent.ts";

export interface Sampling {
  /** Of traces that are kept: 0 to 1. `always_on` is 1, `always_off` is 0. */
  readonly ratio: number;
  /** `parentbased_…`: where a caller decided, its flag counts. */
  readonly followsCaller: boolean;
}

/** @param flags of the caller's `traceparent`; undefined without one */
export type Sampler = (traceId: string, flags: string | undefined) => boolean;

export function createSampler({ ratio, followsCaller }: Sampling): Sampler {
  const bound = ratio >= 1 ? Number.POSITIVE_INFINITY : Math.floor(ratio * 0xffff_ffff);
  return (traceId, flags) =>
    followsCaller && flags !== undefined ? isKept(flags) : folded(traceId) < bound;
}

/** The four words of the id in one, as the SDKs for JavaScript do it: services with one ratio keep the same traces. */
function folded(traceId: string): number {
  const words = traceId.match(/.{8}/g) ?? [];
  return words.reduce((all, word) => (all ^ Number.parseInt(word, 16)) >>> 0, 0);
}
