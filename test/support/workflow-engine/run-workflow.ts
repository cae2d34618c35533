// Runs a workflow definition action by action, as `runAfter` says. It decides nothing about HTTP; a run can be
// cancelled at any time, as in the portal.

import { randomBytes } from "node:crypto";
import type { CallbackReceiver } from "../callback-receiver.ts";
import { type ActionContext, InvalidTemplate } from "./action-context.ts";
import type { ActionEnd } from "./action-end.ts";
import type { ManagedIdentity } from "./action-token.ts";
import { evaluateTemplate, type Functions } from "./evaluate-template.ts";
import { runHttp } from "./http-action.ts";
import type { Wire } from "./send-request.ts";
import { runWebhook } from "./webhook-action.ts";
import {
  type ActionDefinition,
  secondsOf,
  type WorkflowDefinition,
  workflowDefinition,
} from "./workflow-definition.ts";

export interface WorkflowOptions {
  /** In place of the default values of the definition. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly triggerBody: unknown;
  readonly identity: ManagedIdentity;
  readonly callbacks: CallbackReceiver;
  readonly wire: Wire;
}

export interface WorkflowRun {
  /** `workflow()['run']['name']`. */
  readonly name: string;
  cancel(): void;
  /** Action → its end, once all have ended. */
  readonly finished: Promise<Readonly<Record<string, ActionEnd>>>;
}

/** @throws ZodError for a definition with anything that this engine does not act on */
export function startWorkflow(source: unknown, options: WorkflowOptions): WorkflowRun {
  const definition = workflowDefinition.parse(source);
  const name = randomBytes(16).toString("hex");
  const cancelling = new AbortController();
  const run: Run = { definition, options, name, cancelled: cancelling.signal, ends: new Map() };
  return { name, cancel: () => cancelling.abort(), finished: runAll(run) };
}

interface Run {
  readonly definition: WorkflowDefinition;
  readonly options: WorkflowOptions;
  readonly name: string;
  readonly cancelled: AbortSignal;
  readonly ends: Map<string, ActionEnd>;
}

async function runAll(run: Run): Promise<Readonly<Record<string, ActionEnd>>> {
  const { definition, ends } = run;
  const waiting = new Map(Object.entries(definition.actions));
  while (waiting.size > 0) {
    const [ready] = [...waiting].filter(([, { runAfter }]) =>
      Object.keys(runAfter).every((before) => ends.has(before)),
    );
    if (ready === undefined) throw new Error("Actions that wait for each other");
    const [name, action] = ready;
    waiting.delete(name);
    ends.set(name, await runAction(name, action, run));
  }
  return Object.fromEntries(ends);
}

async function runAction(name: string, action: ActionDefinition, run: Run): Promise<ActionEnd> {
  const { cancelled, ends, options } = run;
  const starts = Object.entries(action.runAfter).every(([before, wanted]) =>
    wanted.some((end) => end === endName(ends.get(before))),
  );
  if (cancelled.aborted || !starts) return { status: "Skipped" };
  const limitMs = secondsOf(action.limit?.timeout ?? "PT24H") * options.wire.msPerSecond;
  const limit = AbortSignal.timeout(Math.round(limitMs));
  const context: ActionContext = {
    name,
    functions: functionsOf(run),
    identity: options.identity,
    wire: { ...options.wire, signal: AbortSignal.any([cancelled, limit]) },
  };
  try {
    return await perform(action, context, run);
  } catch (error) {
    if (cancelled.aborted) return { status: "Cancelled" };
    if (limit.aborted) return { status: "Cancelled", code: "ActionTimedOut" };
    const code = error instanceof InvalidTemplate ? "InvalidTemplate" : "RequestFailed";
    return { status: "Failed", code, message: String(error) };
  }
}

function perform(action: ActionDefinition, context: ActionContext, run: Run): Promise<ActionEnd> {
  switch (action.type) {
    case "Http":
      return runHttp(action, context);
    case "HttpWebhook": {
      const { callbacks } = run.options;
      const path = `/runs/${context.name}/${run.name}`;
      return runWebhook(action, context, {
        url: callbacks.url(path),
        arrival: (signal) => callbacks.arrival(path, signal),
      });
    }
    case "Compose": {
      const body = evaluateTemplate(action.inputs, context.functions);
      return Promise.resolve({ status: "Succeeded", outputs: { body } });
    }
  }
}

function functionsOf({ name, definition, options, ends }: Run): Functions {
  const outputsOf = (action: unknown) => ends.get(String(action))?.outputs ?? null;
  return {
    workflow: () => ({ run: { name } }),
    parameters: (parameter) =>
      options.parameters[String(parameter)] ??
      definition.parameters[String(parameter)]?.defaultValue,
    triggerBody: () => options.triggerBody,
    body: (action) => outputsOf(action)?.body ?? null,
    outputs: outputsOf,
  };
}

/** The documentation marks an action past its limit as cancelled, and lets others run after it by `TimedOut`. */
const endName = (end: ActionEnd | undefined): string =>
  end?.code === "ActionTimedOut" ? "TimedOut" : (end?.status ?? "");
