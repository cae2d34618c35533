// Waits for what must come, nearly as long as a test may take, so that a busy machine fails no test. Other than
// `expect.poll` it also works in tests that run side by side.

import { vi } from "vitest";

const MOST_OF_A_TEST_MS = 50_000;

/** What `look` gives once it no longer throws. */
export function eventually<T>(look: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(look, { timeout: MOST_OF_A_TEST_MS, interval: 100 });
}
