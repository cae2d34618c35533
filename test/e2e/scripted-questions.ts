// Questions whose answers a test lays down in the simulated workspace. Each gets a text of its own with the marker of
// the log check in it, so that tests can run side by side and a question that is logged is noticed.

import type { ScriptedAnswer } from "../../local/databricks/genie/scripts.ts";
import type { Stand, StandCaller } from "../../local/stand/start-stand.ts";
import { SECRET_MARKERS } from "../support/secret-markers.ts";
import { ask, type GatewayReply } from "./gateway-client.ts";

/** Two rows after about a second, as most answers are: thinking, then SQL. */
export const TWO_ROWS: ScriptedAnswer = {
  stages: [
    { status: "ASKING_AI", forMs: 600 },
    { status: "EXECUTING_QUERY", forMs: 600 },
  ],
  result: {
    columns: [{ name: "marker", type: "STRING" }],
    rows: [[SECRET_MARKERS.answer], [null]],
  },
};

/** Genie works for ever. */
export const NEVER_DONE: ScriptedAnswer = {
  stages: [{ status: "ASKING_AI", forMs: 1 }],
  outcome: { kind: "never" },
};

export interface AskOptions {
  readonly as?: StandCaller;
  readonly query?: string;
  readonly headers?: Record<string, string>;
  /** More fields of the body. */
  readonly body?: Readonly<Record<string, unknown>>;
}

export interface ScriptedQuestions {
  /** Asks a question that the workspace answers by this script. Default: as the analyst. */
  ask(script: ScriptedAnswer, options?: AskOptions): Promise<GatewayReply>;
  /** The same, and the text of the question. */
  askTelling(
    script: ScriptedAnswer,
    options?: AskOptions,
  ): Promise<{ readonly reply: GatewayReply; readonly question: string }>;
}

export function scriptedQuestions(stand: () => Stand): ScriptedQuestions {
  let asked = 0;
  const askTelling: ScriptedQuestions["askTelling"] = async (script, options = {}) => {
    asked += 1;
    const question = `${SECRET_MARKERS.question} ${asked}.`;
    const { as = "analyst", body = {}, ...rest } = options;
    stand().databricks.script(question, script);
    return { reply: await ask(stand(), as, { query: question, ...body }, rest), question };
  };
  return {
    askTelling,
    ask: async (script, options) => (await askTelling(script, options)).reply,
  };
}
