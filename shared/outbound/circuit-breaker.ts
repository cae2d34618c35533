// A circuit per origin: after several failures in a row it answers for the origin at once, and lets one probe
// through after a cool-down. A healthy origin has no entry at all. It never sends anything itself.

import type { Clock } from "../telemetry/clock.ts";

const FAILURES_TO_OPEN = 5;
/** Short, so that an ask that met an open circuit is tried again well inside its 30 s (design §4). */
const COOL_DOWN_MS = 5_000;
/** Origins with failures; the oldest is forgotten first, so that many dead hosts cannot fill the memory. */
const MAX_ORIGINS = 200;

interface Circuit {
  failures: number;
  /** Epoch ms; nothing is let through before it. Only meaningful once `failures` has reached the limit. */
  openUntil: number;
}

export interface CircuitBreaker {
  /** Milliseconds to wait while open, or undefined: go ahead, then report with `succeeded` or `failed`. */
  enter(origin: string): number | undefined;
  succeeded(origin: string): void;
  /** True if this failure opened the circuit. */
  failed(origin: string): boolean;
}

export function createCircuitBreaker(clock: Clock): CircuitBreaker {
  const circuits = new Map<string, Circuit>();
  return {
    enter(origin) {
      const circuit = circuits.get(origin);
      if (circuit === undefined || circuit.failures < FAILURES_TO_OPEN) return undefined;
      const left = circuit.openUntil - clock.now();
      if (left > 0) return left;
      // Half open: this caller is the probe, everybody else waits for what becomes of it.
      circuit.openUntil = clock.now() + COOL_DOWN_MS;
      return undefined;
    },
    succeeded: (origin) => void circuits.delete(origin),
    failed(origin) {
      const failures = (circuits.get(origin)?.failures ?? 0) + 1;
      circuits.delete(origin);
      if (circuits.size >= MAX_ORIGINS) {
        const oldest = circuits.keys().next();
        if (!oldest.done) circuits.delete(oldest.value);
      }
      circuits.set(origin, { failures, openUntil: clock.now() + COOL_DOWN_MS });
      return failures === FAILURES_TO_OPEN;
    },
  };
}
