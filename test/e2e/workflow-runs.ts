// Workflow runs of a test: each with a question of its own, which the workspace answers by a script, and a record of
// what went to the gateway. It knows the engine and the stand, no guide.

import type { ScriptedAnswer } from "../../local/databricks/genie/scripts.ts";
import { startManagedIdentitySimulator } from "../../local/managed-identity/managed-identity-simulator.ts";
import type { Stand } from "../../local/stand/start-stand.ts";
import { GATEWAY_API, WORKFLOW_IDENTITY } from "../../local/users.ts";
import type { CallbackReceiver, Delivery } from "../support/callback-receiver.ts";
import { SECRET_MARKERS } from "../support/secret-markers.ts";
import { startWorkflow, type WorkflowRun } from "../support/workflow-engine/run-workflow.ts";
import type { Wire } from "../support/workflow-engine/send-request.ts";

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly status: number | "lost";
  readonly headers: Headers;
  readonly text: string;
}

export interface Started extends WorkflowRun {
  readonly question: string;
  /** What went to the gateway, in order. */
  readonly sent: readonly Sent[];
}

export interface StartOptions {
  /** Default 50: an engine's second passes in 50 ms. */
  readonly msPerSecond?: number;
  /** Drops the reply to the first request, after the gateway has answered it. */
  readonly loseFirstReply?: boolean;
  readonly parameters?: Readonly<Record<string, string>>;
}

export interface WorkflowRuns {
  start(definition: unknown, script: ScriptedAnswer, options?: StartOptions): Started;
  /** How often Genie was asked the run's question. */
  asksOf(run: Started): number;
  deliveriesTo(run: Started): readonly Delivery[];
  /** How often the gateway has looked at the message that the run's first request asked. */
  looksAtMessageOf(run: Started): number;
  close(): Promise<void>;
}

/** Runs have a managed identity with the role of the gateway. */
export async function createWorkflowRuns(
  stand: Stand,
  callbacks: CallbackReceiver,
): Promise<WorkflowRuns> {
  const identity = await startManagedIdentitySimulator({
    identities: [WORKFLOW_IDENTITY],
    issueToken: stand.entra.issueManagedIdentityToken,
  });
  let questions = 0;
  return {
    start: (definition, script, options = {}) => {
      questions += 1;
      const question = `${SECRET_MARKERS.question}, guide ${questions}.`;
      stand.databricks.script(question, script);
      const sent: Sent[] = [];
      const send = recording(sent, options.loseFirstReply === true);
      const run = startWorkflow(definition, {
        parameters: {
          gateway: stand.url,
          audience: `api://${GATEWAY_API.clientId}`,
          ...options.parameters,
        },
        triggerBody: { question },
        identity: identity.environment,
        callbacks,
        wire: { send, msPerSecond: options.msPerSecond ?? 50 },
      });
      return { ...run, question, sent };
    },
    asksOf: ({ question }) =>
      stand.databricks.asks().filter((ask) => ask.question === question).length,
    deliveriesTo: ({ name }) => callbacks.deliveries.filter(({ path }) => path.endsWith(name)),
    looksAtMessageOf: ({ sent: [first] }) => {
      const { message_id: id } = first === undefined ? {} : JSON.parse(first.text);
      if (typeof id !== "string") return 0;
      return stand.databricks.calls().filter(({ path }) => path.includes(id)).length;
    },
    close: () => identity.close(),
  };
}

/** Sends for real and writes down what came of it. */
function recording(sent: Sent[], losesFirst: boolean): Wire["send"] {
  return async (uri, init) => {
    const reply = await fetch(uri, init);
    const { pathname, search } = new URL(uri);
    const isLost = losesFirst && sent.length === 0;
    sent.push({
      method: init.method ?? "",
      path: pathname + search,
      status: isLost ? "lost" : reply.status,
      headers: new Headers(init.headers),
      text: await reply.clone().text(),
    });
    if (isLost) throw new TypeError("the reply got lost");
    return reply;
  };
}
