// A workflow engine as it really behaves: it asks, polls Location with its own authentication until the first answer
// that is no 202, and takes 400 and above for a failure (connectors.md §1.1).

import { describe, expect } from "vitest";
import type { ScriptedAnswer } from "../../local/databricks/genie/scripts.ts";
import type { StandCaller } from "../../local/stand/start-stand.ts";
import { answerSchema } from "../../shared/contracts/answer.ts";
import { problemSchema } from "../../shared/contracts/problem.ts";
import { runHttpAction } from "../support/logic-apps-action.ts";
import { SECRET_MARKERS } from "../support/secret-markers.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { acceptedOf, call } from "./gateway-client.ts";
import { NEVER_DONE, TWO_ROWS } from "./scripted-questions.ts";

const stand = useStand("operations-logic-apps", {
  withStorage: true,
  settings: { GENIE__QUESTIONS_PER_MINUTE: "0" },
});

const FAILS_LATE: ScriptedAnswer = {
  stages: [{ status: "ASKING_AI", forMs: 1_500 }],
  outcome: { kind: "failed", type: "CONTENT_FILTER_EXCEPTION", error: "filtered" },
};

let asked = 0;
/** Runs the action on a question that the workspace answers by this script. */
async function run(script: ScriptedAnswer, query: string, as: StandCaller = "app") {
  asked += 1;
  const question = `${SECRET_MARKERS.question} ${asked}.`;
  stand().databricks.script(question, script);
  const path = as === "app" ? "/genie/query-app" : "/genie/query-obo";
  const outcome = await runHttpAction({
    uri: `${stand().url}${path}${query}`,
    body: { query: question },
    authentication: await stand().token(as),
    headers: { "x-ms-workflow-run-id": "08584" },
  });
  const timesAsked = stand()
    .databricks.asks()
    .filter((ask) => ask.question === question).length;
  return { ...outcome, timesAsked };
}

describe.concurrent("a workflow engine", () => {
  for (const as of ["app", "analyst"] as const) {
    verifies("chaos.logic-apps", `gets the answer after 202s, as ${as}`, async () => {
      const outcome = await run(TWO_ROWS, "?async=always&max_rows=1", as);
      expect(outcome).toMatchObject({ succeeded: true, status: 200, timesAsked: 1 });
      expect(new Set(outcome.statuses.slice(0, -1))).toEqual(new Set([202]));
      const answer = answerSchema.parse(JSON.parse(outcome.text));
      expect(answer).toMatchObject({ status: "completed" });
      expect(answer.results[0]?.rows).toEqual([{ marker: SECRET_MARKERS.answer }]);
    });
  }

  verifies("chaos.logic-apps", "fails with the 4xx of a failed question, once", async () => {
    const outcome = await run(FAILS_LATE, "?async=always");
    expect(outcome).toMatchObject({ succeeded: false, status: 422, timesAsked: 1 });
    expect(outcome.statuses.at(-2)).toBe(202);
    expect(outcome.statuses.filter((status) => status === 422)).toHaveLength(1);
    expect(problemSchema.parse(JSON.parse(outcome.text)).code).toBe("genie_rephrase");
  });

  verifies("chaos.logic-apps", "fails when somebody cancels meanwhile", async () => {
    const question = `${SECRET_MARKERS.question} to cancel`;
    stand().databricks.script(question, NEVER_DONE);
    const authentication = await stand().token("app");
    const uri = `${stand().url}/genie/query-app?async=always`;
    const headers = { "Idempotency-Key": "to-cancel" };
    const again = {
      method: "POST",
      path: uri,
      as: "app",
      headers,
      body: { query: question },
    } as const;
    const { links } = acceptedOf(await call(stand(), again));
    const running = runHttpAction({ uri, body: { query: question }, authentication, headers });
    await call(stand(), { method: "DELETE", path: links.self, as: "app" });
    expect(await running).toMatchObject({ succeeded: false, status: 409 });
  });

  verifies("chaos.logic-apps", "with async=never sees nothing but a 200", async () => {
    const outcomes = await Promise.all([
      run(TWO_ROWS, "?async=never"),
      run(FAILS_LATE, "?async=never"),
      run(NEVER_DONE, "?async=never&wait=1"),
    ]);
    expect(outcomes.map(({ statuses }) => statuses)).toEqual([[200], [200], [200]]);
    const answers = outcomes.map(({ text }) => answerSchema.parse(JSON.parse(text)));
    expect(answers.map(({ status }) => status)).toEqual(["completed", "failed", "running"]);
  });
});
