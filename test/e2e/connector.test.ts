// Every action of the connector, as the Power Platform would call it, against the packed app.

import { describe, expect } from "vitest";
import {
  ACTION_IDS,
  connectorRequest,
  type MakersInputs,
  misfits,
} from "../support/connector-engine.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { answerOf, call } from "./gateway-client.ts";

const stand = useStand("connector");
const QUESTION = "top 5 movies by worldwide gross";
const used = new Set<string>();

/** Runs one action as a maker's flow does, and holds its answer against the action's schema. */
async function run(id: string, inputs: MakersInputs = {}) {
  used.add(id);
  const reply = await call(stand(), { ...connectorRequest(id, inputs), as: "analyst" });
  expect(misfits(id, reply.status, reply.text)).toEqual([]);
  return reply;
}

/** One answered question with its ids. */
async function askGenie(id: string) {
  const { conversation_id, message_id, operation_id, results } = answerOf(
    await run(id, { body: { query: QUESTION, space: "default" }, "Idempotency-Key": `run-${id}` }),
  );
  return { conversation_id, message_id, operation_id, attachment_id: results[0]?.attachment_id };
}

describe("the connector", () => {
  verifies("documents.connector-works", "every action answers by its own schema", async () => {
    const { operation_id, attachment_id, ...message } = await askGenie("AskGenie");
    const space = { space: "default" };
    await askGenie("AskGenieAndAnswerSoon");
    await run("GetAnswerSoon", { operation_id });
    await run("GetOperation", { operation_id });
    await run("CancelOperation", { operation_id });
    await run("GetAnswer", { ...message, ...space });
    const card = await run("GetAnswerAsCard", { ...message, ...space });
    expect(JSON.parse(card.text)).toMatchObject({ type: "AdaptiveCard" });
    const rows = await run("GetRows", { ...message, attachment_id, ...space, page_size: 2 });
    expect(JSON.parse(rows.text).rows).toHaveLength(2);
    await run("RerunResult", { ...message, attachment_id, ...space });
    await run("SendFeedback", { ...message, ...space, body: { rating: "positive" } });
    await run("ListSpaces");
    await run("ListConversations", { ...space, page_size: 5 });
    const { conversation_id } = message;
    await run("ListMessages", { conversation_id, ...space });
    await run("GetMe");
    expect((await run("DeleteConversation", { conversation_id, ...space })).status).toBe(204);
    expect([...used].toSorted()).toEqual(ACTION_IDS.toSorted());
  });

  verifies("documents.connector-works", "for Copilot Studio a failure is a 200, too", async () => {
    const nobodys = { operation_id: "A".repeat(22) };
    const reply = await run("GetAnswerSoon", nobodys);
    expect(answerOf(reply)).toMatchObject({
      status: "failed",
      error: { code: "operation_not_found" },
    });
  });

  verifies("documents.connector-works", "an answer that does not fit is seen", () => {
    expect(misfits("GetMe", 200, '{"user_id":1}')).not.toEqual([]);
    expect(misfits("GetMe", 202, "{}")).toEqual(["GetMe has no 202"]);
    expect(() => connectorRequest("GetMe", { nothing: 1 })).toThrow("GetMe has no nothing");
  });
});
