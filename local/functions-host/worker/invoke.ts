// Runs one function the way the real worker does (`InvocationHandler.ts`): arguments, preInvocation hooks,
// handler, postInvocation hooks, response. It knows no trigger; what goes in and comes out is RPC data.

import { randomUUID } from "node:crypto";
import type { HostLog } from "../host-log.ts";
import type {
  CoreInvocationContext,
  InvocationRequest,
  InvocationResponse,
  ProgrammingModel,
} from "./core-contract.ts";
import type { RegisteredFunction } from "./core-module.ts";
import type { Hooks } from "./hooks.ts";

/** @returns what the function's output bindings are to be given. Rejects with what the handler threw. */
export type Invoke = (
  registered: RegisteredFunction,
  request: InvocationRequest,
  options?: { invocationId?: string; reason?: string },
) => Promise<InvocationResponse>;

export interface InvokerParts {
  readonly model: ProgrammingModel;
  readonly hooks: Hooks;
  readonly log: HostLog;
  /** host.json `functionTimeout` in milliseconds. The handler itself cannot be stopped, only given up. */
  readonly timeoutMs: number;
}

export function createInvoke({ model, hooks, log, timeoutMs }: InvokerParts): Invoke {
  return async (registered, request, options = {}) => {
    const { invocationId = randomUUID(), reason = "HTTP request" } = options;
    const name = `Functions.${registered.metadata.name}`;
    const context = coreContext({ registered, request, invocationId, hooks, log });
    log("information", `Executing '${name}' (Reason='${reason}', Id=${invocationId})`);
    const started = performance.now();
    const outcome = (word: string) =>
      `Executed '${name}' (${word}, Id=${invocationId}, Duration=${Math.round(performance.now() - started)}ms)`;
    try {
      const response = await bounded(runHandler(model, hooks, context, registered), timeoutMs);
      log("information", outcome("Succeeded"));
      return response;
    } catch (error) {
      log("error", `${outcome("Failed")}\n${describe(error)}`);
      throw error;
    }
  };
}

async function runHandler(
  model: ProgrammingModel,
  hooks: Hooks,
  core: CoreInvocationContext,
  registered: RegisteredFunction,
): Promise<InvocationResponse> {
  const invocation = model.getInvocationModel(core);
  const { context, inputs } = await invocation.getArguments();
  const hookData = {};
  const before = {
    hookData,
    invocationContext: context,
    functionCallback: registered.callback,
    inputs,
  };
  core.state = "preInvocationHooks";
  await hooks.run("preInvocation", before);

  const after: { result: unknown; error: unknown } & Record<string, unknown> = {
    hookData,
    invocationContext: context,
    inputs: before.inputs,
    result: null,
    error: null,
  };
  core.state = "invocation";
  try {
    after.result = await invocation.invokeFunction(context, before.inputs, before.functionCallback);
  } catch (error) {
    after.error = error;
  }
  core.state = "postInvocationHooks";
  await hooks.run("postInvocation", after);
  core.state = undefined;
  if (after.error !== null && after.error !== undefined) {
    throw after.error;
  }
  return await invocation.getResponse(context, after.result);
}

interface ContextParts {
  registered: RegisteredFunction;
  request: InvocationRequest;
  invocationId: string;
  hooks: Hooks;
  log: HostLog;
}

function coreContext(parts: ContextParts): CoreInvocationContext {
  const { registered, request, invocationId, hooks, log } = parts;
  return {
    invocationId,
    request: { ...request, invocationId },
    metadata: registered.metadata,
    state: undefined,
    log(level, category, message) {
      const entry = { hookData: {}, level, message, category, invocationContext: undefined };
      hooks.runNow("log", entry);
      log(entry.level, entry.message);
    },
  };
}

async function bounded<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`Timeout value of ${timeoutMs} ms was exceeded by the function`));
    }, timeoutMs);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
