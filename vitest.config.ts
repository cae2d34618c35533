import { defineConfig } from "vitest/config";

// One project per kind of test, so that `npx vitest run --project unit` runs one kind alone.
const project = (name: string, include = `test/${name}/**/*.test.ts`) => ({
  extends: true as const,
  test: { name, include: [include] },
});

// The only project with property tests. Its files share a worker's modules: loading them anew for each of 148 files took
// half of the time, and nothing here may leave state behind in a module (the order is shuffled, so that it would show).
const unit = {
  extends: true as const,
  test: {
    ...project("unit").test,
    setupFiles: "test/support/property-seed.ts",
    isolate: false,
  },
};

// These run the packed app, which is built once for all of them. They mostly wait, so several files run at a time;
// a number of workers of its own needs a group of its own.
const e2e = {
  extends: true as const,
  test: {
    ...project("e2e").test,
    globalSetup: ["test/e2e/pack-app.ts", "test/support/clear-exchanges.ts"],
    env: { RECORD_EXCHANGES: ".local/exchanges/e2e" }, // checked by documented-responses.ts
    maxWorkers: 4,
    maxConcurrency: 12,
    sequence: { groupOrder: 1 },
  },
};

export default defineConfig({
  test: {
    restoreMocks: true,
    unstubEnvs: true,
    sequence: { shuffle: true },
    testTimeout: 60_000, // far above what any test takes: a busy machine is no failure
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    maxWorkers: 3, // most files wait for a socket or a child process now and then
    projects: [
      unit,
      ...["contract", "integration"].map((name) => project(name)),
      e2e,
      project("architecture", "test/architecture.test.ts"),
    ],
  },
});
