// The app's hooks (`app.hook.*`): kept by name, run one after another in the order they were registered.

import { type HookCallback, type HookName, hookNames } from "./core-contract.ts";

export interface Hooks {
  /** Throws a RangeError for a name the worker does not know, as the real one does. */
  register(name: string, callback: HookCallback): { dispose(): void };
  /** Runs all hooks of that name; the first that throws ends it. */
  run(name: HookName, context: object): Promise<void>;
  /** Log hooks are called without being awaited: logging is synchronous. */
  runNow(name: "log", context: object): void;
}

export function createHooks(): Hooks {
  const callbacks = new Map<string, Set<HookCallback>>(hookNames.map((name) => [name, new Set()]));
  return {
    register(name, callback) {
      const known = callbacks.get(name);
      if (known === undefined) {
        throw new RangeError(`Unrecognized hook "${name}"`);
      }
      known.add(callback);
      return { dispose: () => known.delete(callback) };
    },
    async run(name, context) {
      for (const callback of callbacks.get(name) ?? []) {
        await callback(context);
      }
    },
    runNow(name, context) {
      for (const callback of callbacks.get(name) ?? []) {
        callback(context);
      }
    },
  };
}
