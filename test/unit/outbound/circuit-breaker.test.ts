// The circuit per origin, by an injected clock.

import { expect, test } from "vitest";
import { createCircuitBreaker } from "../../../shared/outbound/circuit-breaker.ts";
import { verifies } from "../../support/verifies.ts";
import { createVirtualClock } from "../../support/virtual-clock.ts";

const A = "https://a.example";
const B = "https://b.example";

function anOpenCircuit() {
  const clock = createVirtualClock();
  const circuits = createCircuitBreaker(clock);
  const opened = Array.from({ length: 5 }, () => circuits.failed(A));
  return { clock, circuits, opened };
}

verifies("outbound.circuit", "opens with the fifth failure in a row, for that origin alone", () => {
  const { circuits, opened } = anOpenCircuit();
  expect(opened).toEqual([false, false, false, false, true]);
  expect(circuits.enter(A)).toBe(5_000);
  expect(circuits.enter(B)).toBeUndefined();
});

verifies("outbound.circuit", "lets one probe through after the cool-down", () => {
  const { clock, circuits } = anOpenCircuit();
  clock.advance(4_000);
  expect(circuits.enter(A)).toBe(1_000);
  clock.advance(1_000);
  expect(circuits.enter(A)).toBeUndefined();
  expect(circuits.enter(A)).toBe(5_000);
  circuits.succeeded(A);
  expect(circuits.enter(A)).toBeUndefined();
  expect(circuits.enter(A)).toBeUndefined();
});

verifies("outbound.circuit", "a failed probe closes the way for another cool-down", () => {
  const { clock, circuits } = anOpenCircuit();
  clock.advance(5_000);
  circuits.enter(A);
  clock.advance(2_000);
  expect(circuits.failed(A)).toBe(false);
  expect(circuits.enter(A)).toBe(5_000);
});

verifies("outbound.circuit", "a probe that never comes back does not lock the origin out", () => {
  const { clock, circuits } = anOpenCircuit();
  clock.advance(5_000);
  expect(circuits.enter(A)).toBeUndefined();
  clock.advance(5_000);
  expect(circuits.enter(A)).toBeUndefined();
});

test("a success in between starts the count anew", () => {
  const circuits = createCircuitBreaker(createVirtualClock());
  for (let i = 0; i < 20; i++) {
    circuits.failed(A);
    if (i % 4 === 3) circuits.succeeded(A);
  }
  expect(circuits.enter(A)).toBeUndefined();
});

test("remembers 200 failing origins at most, the newest", () => {
  const circuits = createCircuitBreaker(createVirtualClock());
  for (let i = 0; i < 5; i++) circuits.failed(A);
  for (let i = 0; i < 200; i++) circuits.failed(`https://h${i}.example`);
  expect(circuits.enter(A)).toBeUndefined();
});
