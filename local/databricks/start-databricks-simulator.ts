// Starts a simulated Databricks workspace on 127.0.0.1: Genie, statements, warehouses, SCIM and access lists over
// plain HTTP, with a control surface for tests. It knows nothing of the product; README of local/ says what is simulated.

import { mostInAnyMinute } from "./control/asks-per-minute.ts";
import { type CallFilter, createCallLog, type RecordedCall } from "./control/call-log.ts";
import { createFaults, type Fault } from "./control/faults.ts";
import { endMessage, expireResults, releaseRows } from "./control/message-control.ts";
import type { Outcome } from "./genie/message-timeline.ts";
import type { QuestionMatch, ScriptedAnswer } from "./genie/scripts.ts";
import { listen, stop } from "./http/http-server.ts";
import type { Behaviour, DatabricksSimulatorOptions } from "./options.ts";
import type { Principal } from "./principals.ts";
import { createServe } from "./serve-workspace.ts";
import { createWorkspace, type RecordedAsk, type Workspace } from "./workspace.ts";

export interface DatabricksSimulator {
  /** `http://127.0.0.1:<port>`, without a trailing slash. */
  readonly url: string;
  /** Lays down the answer for the next question(s) that match. */
  script(match: QuestionMatch, answer: ScriptedAnswer): void;
  clearScripts(): void;
  /** Plans a fault for the next request(s) to a route. */
  fault(fault: Fault): void;
  clearFaults(): void;
  /** Requests that came, oldest first. */
  calls(filter?: CallFilter): readonly RecordedCall[];
  clearCalls(): void;
  /** Questions that were accepted, oldest first; refused ones are not in it. */
  asks(): readonly RecordedAsk[];
  /** The most accepted questions in any 60 s. */
  mostAsksInAnyMinute(): number;
  /** Counts questions as if somebody else had asked them. */
  spendBudget(questions: number): void;
  setQuestionsPerMinute(limit: number): void;
  /** Changes how the workspace behaves where sources leave it open. */
  behave(change: Partial<Behaviour>): void;
  /** Changes a principal, named by object id or client id. */
  changePrincipal(
    externalId: string,
    change: Partial<Pick<Principal, "active" | "grants" | "inWorkspace">>,
  ): void;
  /** Ends a running message now; CANCELLED by default, as by "stop" in the Databricks UI. */
  endMessage(messageId: string, outcome?: Outcome): void;
  /** Lets the rows and downloads of a message be ready now that were to be ready later, or never (`Infinity`). */
  releaseRows(messageId: string): void;
  /** Lets the rows of a message expire now. */
  expireResults(messageId: string): void;
  close(): Promise<void>;
}

/** Rejects when the port is taken. */
export async function startDatabricksSimulator(
  options: DatabricksSimulatorOptions,
): Promise<DatabricksSimulator> {
  let url = "";
  const workspace = createWorkspace(options, () => url);
  const faults = createFaults();
  const calls = createCallLog();
  const serve = createServe({ workspace, verifyToken: options.verifyToken, faults, calls });
  const listening = await listen(options.port ?? 0, serve);
  url = listening.url;
  return {
    url,
    ...workspaceControl(workspace),
    fault: faults.add,
    clearFaults: faults.clear,
    calls: calls.list,
    clearCalls: calls.clear,
    close: () => stop(listening.server),
  };
}

function workspaceControl(workspace: Workspace) {
  return {
    script: workspace.scripts.add,
    clearScripts: workspace.scripts.clear,
    asks: () => [...workspace.asks],
    mostAsksInAnyMinute: () => mostInAnyMinute(workspace.asks.map(({ at }) => at)),
    spendBudget: (questions: number) => workspace.budget.spend(questions, workspace.now()),
    setQuestionsPerMinute: workspace.budget.setLimit,
    behave: (change: Partial<Behaviour>) => {
      workspace.behaviour = { ...workspace.behaviour, ...change };
    },
    changePrincipal: workspace.principals.change,
    endMessage: (messageId: string, outcome: Outcome = { kind: "cancelled" }) =>
      endMessage(workspace, messageId, outcome),
    releaseRows: (messageId: string) => releaseRows(workspace, messageId),
    expireResults: (messageId: string) => expireResults(workspace, messageId),
  };
}
