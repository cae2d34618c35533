import { defineConfig } from "vitest/config";
import { findBrowser } from "./local/browser/browser.ts";

// The pages in a real browser (`npm run test:browser`): apart from `npm test`, which needs Node and npm alone.
// Without a browser nothing runs, and that is said: it is no failure, and no success either.
function testFiles(): string[] {
  try {
    findBrowser();
    return ["test/browser/**/*.test.ts"];
  } catch (error) {
    const reason = error instanceof Error ? error.message : "";
    process.stdout.write(`\n${reason}\nbrowser tests NOT RUN: no Chromium\n\n`);
    return [];
  }
}

const include = testFiles();

export default defineConfig({
  test: {
    name: "browser",
    env: { RECORD_EXCHANGES: ".local/exchanges/browser" }, // checked by documented-responses.ts
    include,
    passWithNoTests: include.length === 0,
    ...(include.length === 0 ? {} : { globalSetup: "test/e2e/pack-app.ts" }),
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
