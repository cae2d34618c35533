import path from "node:path";
import { defineConfig } from "vitest/config";

// One project per kind of test, so that `npx vitest run --project unit` runs one kind alone.
const project = (name: string, include = `test/${name}/**/*.test.ts`) => ({
  extends: true as const,
  test: { name, include: [include] },
});

// The only project with property tests. Its files, like those of e2e, share a worker's modules: loading them anew for each
// file took a good part of the time. So nothing may leave state behind in a module or the process; the order is shuffled,
// so that it would show. The tests of integration cannot: msal keeps tokens of the managed identity for a whole process.
const unit = {
  extends: true as const,
  test: {
    ...project("unit").test,
    isolate: false,
    setupFiles: "test/support/property-seed.ts",
  },
};

// These run the packed app, which is built once for all of them. They mostly wait, so several files run at a time;
// a number of workers of its own needs a group of its own.
const e2e = {
  extends: true as const,
  test: {
    ...project("e2e").test,
    globalSetup: ["test/e2e/pack-app.ts", "test/support/clear-last-run.ts"],
    env: { RECORD_EXCHANGES: ".local/exchanges/e2e" }, // checked by documented-responses.ts
    isolate: false,
    maxWorkers: 5,
    maxConcurrency: 12,
    sequence: { groupOrder: 1 },
  },
};

export default defineConfig({
  test: {
    // For the programs and hosts that tests start, hundreds in all: the same files are compiled once.
    env: { NODE_COMPILE_CACHE: path.resolve(".local/compile-cache") },
    restoreMocks: true,
    unstubEnvs: true,
    sequence: { shuffle: true },
    testTimeout: 60_000, // far above what any test takes: a busy machine is no failure
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    maxWorkers: 4, // most files wait for a socket or a child process now and then
    projects: [
      unit,
      ...["contract", "integration"].map((name) => project(name)),
      e2e,
      project("architecture", "test/architecture.test.ts"),
    ],
  },
});
