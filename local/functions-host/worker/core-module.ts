// Answers `require("@azure/functions-core")`, which exists only inside a Functions worker, so that the real
// `@azure/functions` package registers its functions here. Registers and keeps; it runs nothing.
// Mirrors Azure/azure-functions-nodejs-worker `src/setupCoreModule.ts` and `src/coreApi/registerFunction.ts`.

import { registerHooks } from "node:module";
import type { HostLog } from "../host-log.ts";
import type {
  CoreModule,
  FunctionCallback,
  FunctionMetadata,
  ProgrammingModel,
} from "./core-contract.ts";
import type { Hooks } from "./hooks.ts";

export interface RegisteredFunction {
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
}

export interface Registrations {
  readonly functions: Map<string, RegisteredFunction>;
  /** Undefined as long as the app has not called `app.*()` once. */
  programmingModel(): ProgrammingModel | undefined;
  /** From here on a registration throws, as in the real worker. */
  finishStartup(): void;
}

/** Makes the module available to everything loaded afterwards. Once per process. */
export function provideCoreModule(hooks: Hooks, log: HostLog): Registrations {
  const functions = new Map<string, RegisteredFunction>();
  let model: ProgrammingModel | undefined;
  let finished = false;

  answerRequire({
    setProgrammingModel: (given) => {
      model = given;
    },
    registerFunction(metadata, callback) {
      if (finished) {
        throw new Error("A function can only be registered during app startup.");
      }
      functions.set(metadata.name, { metadata, callback });
      return { dispose: () => functions.delete(metadata.name) };
    },
    registerHook: hooks.register,
    log: (level, _category, message) => log(level, message),
  });
  return {
    functions,
    programmingModel: () => model,
    finishStartup: () => {
      finished = true;
    },
  };
}

const specifier = "@azure/functions-core";
const url = "functions-host:core";
const bridge = Symbol.for(specifier);

// The hook may only hand back source text, so the object itself travels over a property of globalThis.
function answerRequire(core: CoreModule): void {
  Object.defineProperty(globalThis, bridge, { value: core });
  registerHooks({
    resolve: (asked, context, next) =>
      asked === specifier ? { url, format: "commonjs", shortCircuit: true } : next(asked, context),
    load: (asked, context, next) =>
      asked === url
        ? {
            format: "commonjs",
            source: `module.exports = globalThis[Symbol.for(${JSON.stringify(specifier)})];`,
            shortCircuit: true,
          }
        : next(asked, context),
  });
}
