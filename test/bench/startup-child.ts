// Runs in a process of its own: loads one bundle with a stub of what only the Functions worker has, and prints when
// everything is registered. Built to plain JavaScript before, so that no type stripping is in the figures.

import Module from "node:module";

export interface StartupReport {
  /** On the clock of `process.hrtime`, which all processes of a machine share; in ns. */
  readonly registeredAt: string;
  /** The import alone. */
  readonly importMs: number;
  readonly functions: number;
}

let functions = 0;
const core = {
  setProgrammingModel() {},
  registerHook() {},
  log() {},
  registerFunction() {
    functions += 1;
  },
};

// As the real worker does it (`src/setupCoreModule.ts`); a loader hook would be in the figures of every file.
const original = Module.prototype.require;
Module.prototype.require = function (this: NodeJS.Module, id: string) {
  return id === "@azure/functions-core" ? core : original.call(this, id);
};

const [, , bundle] = process.argv;
const started = performance.now();
// Without a bundle: what Node alone takes.
if (bundle !== undefined) await import(bundle);
const importMs = performance.now() - started;

const registeredAt = `${process.hrtime.bigint()}`;
const report: StartupReport = { registeredAt, importMs, functions };
process.stdout.write(JSON.stringify(report));
