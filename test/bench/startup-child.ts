// Runs in a process of its own: loads one bundle with a stub of what only the Functions worker has, and prints when
// everything is registered. Built to plain JavaScript before, so that no type stripping is in the figures.

import Module from "node:module";

export interface StartupReport {
  /** Epoch ms, with fractions. */
  readonly registeredAt: number;
  /** The import alone. */
  readonly importMs: number;
  readonly functions: number;
}

type Load = (id: string, ...rest: unknown[]) => unknown;

let functions = 0;
const core = {
  setProgrammingModel() {},
  registerHook() {},
  log() {},
  registerFunction() {
    functions += 1;
  },
};

// Module._load is undocumented, but the cheapest way in: a loader hook would be in the figures (functions-host.md §13).
const loader = Module as unknown as { _load: Load };
const load = loader._load;
loader._load = (id, ...rest) => (id === "@azure/functions-core" ? core : load(id, ...rest));

const [, , bundle] = process.argv;
const started = performance.now();
// Without a bundle: what Node alone takes.
if (bundle !== undefined) await import(bundle);
const registered = performance.now();

const report: StartupReport = {
  registeredAt: performance.timeOrigin + registered,
  importMs: registered - started,
  functions,
};
process.stdout.write(JSON.stringify(report));
