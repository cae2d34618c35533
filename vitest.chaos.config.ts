import { defineConfig } from "vitest/config";

// Tests that break things for minutes (`npm run test:chaos`): apart from `npm test`, one file at a time.
export default defineConfig({
  test: {
    name: "chaos",
    include: ["test/chaos/**/*.test.ts"],
    globalSetup: ["test/e2e/pack-app.ts", "test/support/clear-last-run.ts"],
    env: { RECORD_EXCHANGES: ".local/exchanges/chaos" }, // checked by documented-responses.ts
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
