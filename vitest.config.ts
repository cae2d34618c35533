import { defineConfig } from "vitest/config";

// One project per kind of test, so that `npx vitest run --project unit` runs one kind alone.
const project = (name: string, include = `test/${name}/**/*.test.ts`) => ({
  extends: true as const,
  test: { name, include: [include] },
});

export default defineConfig({
  test: {
    restoreMocks: true,
    unstubEnvs: true,
    sequence: { shuffle: true },
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      ...["unit", "contract", "integration", "e2e"].map((name) => project(name)),
      project("architecture", "test/architecture.test.ts"),
    ],
  },
});
