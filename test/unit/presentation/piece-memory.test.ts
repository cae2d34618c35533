// Memory of pieces: never what may still be on its way, nor the piece that was given last.

import { expect } from "vitest";
import { createPieceMemory } from "../../../shared/presentation/piece-memory.ts";
import { verifies } from "../../support/verifies.ts";

function aMemory() {
  const state = { sent: false };
  const memory = createPieceMemory(() => state.sent);
  const give = (size = 10) => {
    const piece = memory.open(size);
    memory.give();
    return piece;
  };
  return { state, memory, give };
}

verifies("reading.csv", "a piece on its way keeps its memory", () => {
  const { give } = aMemory();
  expect(new Set([give(), give(), give(), give()]).size).toBe(4);
});

verifies("reading.csv", "what was sent is used again, but for the last piece", () => {
  const { state, give } = aMemory();
  const [first, second] = [give(), give()];
  state.sent = true;
  expect([give(), give(), give()]).toEqual([first, second, first]);
  expect(give()).toBe(second);
  expect(give(1024 * 1024).length).toBeGreaterThanOrEqual(1024 * 1024);
});

verifies("reading.csv", "what was opened and not given is the same again", () => {
  const { memory } = aMemory();
  expect(memory.open(10)).toBe(memory.open(20));
});
