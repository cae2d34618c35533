import { defineConfig } from "vitest/config";

// Thousands of requests generated from docs/openapi.json (`npm run test:fuzz`): apart from `npm test`. The tests of
// the operations run side by side, because each of them mostly waits.
export default defineConfig({
  test: {
    name: "generated requests",
    include: ["test/fuzz/**/*.test.ts"],
    setupFiles: "test/support/property-seed.ts",
    globalSetup: ["test/e2e/pack-app.ts", "test/support/clear-last-run.ts"],
    env: { RECORD_EXCHANGES: ".local/exchanges/generated" }, // checked by documented-responses.ts
    sequence: { concurrent: true },
    maxConcurrency: 8,
    testTimeout: 300_000,
    hookTimeout: 60_000,
  },
});
