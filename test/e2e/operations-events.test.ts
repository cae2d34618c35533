// A client of server-sent events: stages as they come, then the answer; it comes back after a break and goes on.

import { describe, expect } from "vitest";
import type { ScriptedAnswer } from "../../local/databricks/genie/scripts.ts";
import { answerSchema } from "../../shared/contracts/answer.ts";
import { operationStageSchema } from "../../shared/contracts/operation.ts";
import { problemSchema } from "../../shared/contracts/problem.ts";
import { readEvents, type SeenEvent } from "../support/event-client.ts";
import { SECRET_MARKERS } from "../support/secret-markers.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { acceptedOf, call, operationOf, problemOf } from "./gateway-client.ts";
import { NEVER_DONE, scriptedQuestions } from "./scripted-questions.ts";

const MAX_WAIT_S = 4;
const stand = useStand("operations-events", {
  withStorage: true,
  settings: { GENIE__MAX_WAIT_SECONDS: String(MAX_WAIT_S), GENIE__QUESTIONS_PER_MINUTE: "0" },
});
const questions = scriptedQuestions(stand);

/** Long enough that each stage is seen by somebody who looks every three seconds. */
const SLOW: ScriptedAnswer = {
  stages: [
    { status: "ASKING_AI", forMs: 4_000 },
    { status: "EXECUTING_QUERY", forMs: 4_000 },
  ],
  result: { columns: [{ name: "marker", type: "STRING" }], rows: [[SECRET_MARKERS.answer]] },
};

async function eventsUrl(script: ScriptedAnswer): Promise<string> {
  return acceptedOf(await questions.ask(script, { query: "?async=always" })).links.events;
}

/** One connection to its end, or until an event for which `until` holds. */
async function connect(url: string, until = (_event: SeenEvent) => false): Promise<SeenEvent[]> {
  const events: SeenEvent[] = [];
  const gone = new AbortController();
  const token = await stand().token("analyst");
  for await (const event of readEvents({ url, token, signal: gone.signal })) {
    events.push(event);
    if (until(event)) break;
  }
  gone.abort();
  return events;
}

/** As an EventSource: comes back as long as streams end with a stage. */
async function follow(url: string): Promise<SeenEvent[][]> {
  const connections: SeenEvent[][] = [];
  while (connections.length < 5) {
    const events = await connect(url);
    connections.push(events);
    if (events.at(-1)?.event !== "stage") break;
  }
  return connections;
}

const stagesOf = (events: readonly SeenEvent[]) =>
  events
    .filter(({ event }) => event === "stage")
    .map(({ data }) => operationStageSchema.parse(data).stage);

describe.concurrent("a client of events", () => {
  verifies(
    "chaos.event-client",
    "sees each stage, then the answer, over streams that end",
    async () => {
      const connections = await follow(await eventsUrl(SLOW));
      expect(connections.length).toBeGreaterThan(1);
      const stages = connections.flatMap(stagesOf);
      const changes = stages.filter((stage, index) => stage !== stages[index - 1]);
      expect(changes.filter((stage) => stage !== "SUBMITTED")).toEqual([
        "ASKING_AI",
        "EXECUTING_QUERY",
      ]);
      const last = connections.at(-1)?.at(-1);
      expect(last?.event).toBe("answer");
      expect(answerSchema.parse(last?.data).results[0]?.rows).toEqual([
        { marker: SECRET_MARKERS.answer },
      ]);
    },
  );

  verifies("chaos.event-client", "goes on from the present stage after a break", async () => {
    const url = await eventsUrl(SLOW);
    const isExecuting = ({ event, data }: SeenEvent) =>
      event === "stage" && operationStageSchema.parse(data).stage === "EXECUTING_QUERY";
    for (let turn = 0; turn < 5; turn += 1) {
      if ((await connect(url, isExecuting)).some(isExecuting)) break;
    }
    const again = await connect(url);
    expect(stagesOf(again).filter((stage) => stage !== "EXECUTING_QUERY")).toEqual([]);
    expect(again.at(-1)?.event).toBe("answer");
    const afterwards = await connect(url);
    expect(afterwards.map(({ event }) => event)).toEqual(["stage", "answer"]);
  });

  verifies("chaos.event-client", "is told of a failure by a problem", async () => {
    const url = await eventsUrl({
      stages: [{ status: "ASKING_AI", forMs: 500 }],
      outcome: { kind: "failed", type: "CONTENT_FILTER_EXCEPTION", error: "filtered" },
    });
    const last = (await connect(url)).at(-1);
    expect(last?.event).toBe("problem");
    expect(problemSchema.parse(last?.data).code).toBe("genie_rephrase");
  });

  verifies("chaos.event-client", "that goes away takes nothing with it", async () => {
    const { links } = acceptedOf(await questions.ask(NEVER_DONE, { query: "?async=always" }));
    await connect(links.events, () => true);
    const { status } = operationOf(await call(stand(), { path: links.self, as: "analyst" }));
    expect(status).toBe("running");
  });

  verifies("chaos.event-client", "of somebody else gets a plain 404", async () => {
    const url = await eventsUrl(NEVER_DONE);
    problemOf(await call(stand(), { path: url, as: "no-space" }), 404, "operation_not_found");
    problemOf(await call(stand(), { path: url }), 401, "invalid_token");
  });
});
