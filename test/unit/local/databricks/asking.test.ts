import { expect, test } from "vitest";
import { at, aWorkspace, GENIE, SPACE, START, textAt } from "./a-workspace.ts";

const MEMBER_ORDER = ["conversation_id", "message_id", "conversation", "message"];

test("starting a conversation answers as the real capture", async () => {
  const { ask } = await aWorkspace();
  const { reply, conversationId, messageId } = await ask("delays by carrier");
  expect(reply.status).toBe(200);
  expect(Object.keys(Object(reply.body))).toEqual(MEMBER_ORDER);
  expect(conversationId).toMatch(/^01f1[0-9a-f]{28}$/);
  expect(messageId > conversationId).toBe(true);
  expect(at(reply.body, "message")).toEqual({
    id: messageId,
    message_id: messageId,
    space_id: SPACE,
    conversation_id: conversationId,
    user_id: 4_757_395_811_234_567,
    content: "delays by carrier",
    created_timestamp: START,
    last_updated_timestamp: START,
    status: "SUBMITTED",
  });
  expect(at(reply.body, "conversation")).toMatchObject({
    id: conversationId,
    title: "delays by carrier",
  });
});

test("a follow-up answers with the bare message and knows the SQL before it", async () => {
  const { ask, post, get, clock } = await aWorkspace();
  const { conversation } = await ask("delays");
  clock.now += 20_000;
  const reply = await post(`${conversation}/messages`, { content: "and by month" });
  expect(reply.body).toMatchObject({ content: "and by month", status: "SUBMITTED" });
  clock.now += 20_000;
  const message = await get(`${conversation}/messages/${textAt(reply.body, "message_id")}`);
  expect(at(message.body, "attachments", 0, "query", "description")).toContain("SELECT");
});

test("an answer takes 12 to 19 s and shows its SQL while the query runs", async () => {
  const { ask, get, clock } = await aWorkspace();
  const seen = new Map<unknown, unknown>();
  for (let question = 0; question < 5; question += 1) {
    const { message } = await ask("delays");
    const askedAt = clock.now;
    let status: unknown;
    for (; status !== "COMPLETED"; clock.now += 50) {
      const { body } = await get(message);
      status = at(body, "status");
      seen.set(status, at(body, "attachments", 0, "query", "query"));
    }
    expect(clock.now - askedAt).toBeGreaterThanOrEqual(12_000);
    expect(clock.now - askedAt).toBeLessThanOrEqual(19_100);
  }
  expect([...seen.keys()]).toEqual(
    expect.arrayContaining([
      "SUBMITTED",
      "FILTERING_CONTEXT",
      "ASKING_AI",
      "EXECUTING_QUERY",
      "COMPLETED",
    ]),
  );
  expect(seen.get("FILTERING_CONTEXT")).toBeUndefined();
  expect(seen.get("EXECUTING_QUERY")).toContain("SELECT");
}, 30_000);

test("a completed message has query, suggestions and a text without an id", async () => {
  const { ask, get, clock } = await aWorkspace();
  const { message } = await ask("delays");
  clock.now += 20_000;
  const { body } = await get(message);
  expect(body).toMatchObject({
    status: "COMPLETED",
    attachments: [
      {
        attachment_id: expect.stringMatching(/^[0-9a-f]{32}$/),
        query: {
          title: "Delays",
          statement_id: expect.stringMatching(
            /^[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-9[0-9a-f]{3}-[0-9a-f]{12}$/,
          ),
          query_result_metadata: { row_count: 2 },
        },
      },
      { suggested_questions: { questions: ["And by month?"] } },
      { text: { content: "2 carriers." } },
    ],
    query_result: { row_count: 2 },
  });
  expect(at(body, "attachments", 2)).not.toHaveProperty("attachment_id");
  expect(JSON.stringify(body)).not.toContain("is_truncated");
  expect(JSON.stringify(body)).not.toContain("null");
});

test("Genie asks back, answers in text alone, and fails on SQL that does not run", async () => {
  const { ask, get, clock } = await aWorkspace();
  const clarify = await ask("what about it");
  const hello = await ask("hello");
  const broken = await ask("broken");
  clock.now += 20_000;
  expect(at((await get(clarify.message)).body, "attachments")).toEqual([
    { text: { content: "Which year?", purpose: "FOLLOW_UP_QUESTION" } },
  ]);
  expect((await get(hello.message)).body).not.toHaveProperty("query_result");
  expect((await get(broken.message)).body).toMatchObject({
    status: "FAILED",
    error: {
      type: "SQL_EXECUTION_EXCEPTION",
      error: "[PARSE_SYNTAX_ERROR] Syntax error at or near 'SELEKT'.",
    },
  });
});

test("the scale shortens an answer and the same seed repeats it", async () => {
  const times = [];
  for (let run = 0; run < 2; run += 1) {
    const { ask, get, clock } = await aWorkspace({ timings: { scale: 0.001, seed: 7 } });
    const { message, messageId } = await ask("delays");
    clock.now += 20;
    const { body } = await get(message);
    expect(at(body, "status")).toBe("COMPLETED");
    times.push([messageId, at(body, "last_updated_timestamp")]);
  }
  expect(times[0]).toEqual(times[1]);
});

test("one question at a time: 409, or a failed message", async () => {
  const { ask, post, get, simulator, clock } = await aWorkspace();
  const { conversation } = await ask("delays");
  const second = await post(`${conversation}/messages`, { content: "again" });
  expect(second).toMatchObject({ status: 409, body: { error_code: "RESOURCE_CONFLICT" } });
  expect(simulator.asks()).toHaveLength(1);
  simulator.behave({ busyConversation: "fail_message" });
  const third = await post(`${conversation}/messages`, { content: "again" });
  clock.now += 10;
  expect(
    (await get(`${conversation}/messages/${textAt(third.body, "message_id")}`)).body,
  ).toMatchObject({
    status: "FAILED",
    error: { type: "BLOCK_MULTIPLE_EXECUTIONS_EXCEPTION" },
  });
});

test.each([
  ["not JSON", "{", "MALFORMED_REQUEST"],
  ["an array", "[]", "MALFORMED_REQUEST"],
  ["no content", "{}", "INVALID_PARAMETER_VALUE"],
  ["a number as content", '{"content":5}', "INVALID_PARAMETER_VALUE"],
  ["a wrong flag", '{"content":"x","enable_visualization":"yes"}', "INVALID_PARAMETER_VALUE"],
])("a body with %s is 400 and asks nothing", async (_name, body, code) => {
  const { post, simulator } = await aWorkspace();
  const reply = await post(`${GENIE}/start-conversation`, body);
  expect(reply).toMatchObject({ status: 400, body: { error_code: code } });
  expect(simulator.asks()).toEqual([]);
});

test("who asked what, and when, is on record", async () => {
  const { ask, simulator } = await aWorkspace();
  const { conversationId, messageId } = await ask("delays", "app");
  expect(simulator.asks()).toEqual([
    {
      at: START,
      userId: 9,
      externalId: "app-client-id",
      spaceId: SPACE,
      conversationId,
      messageId,
      question: "delays",
    },
  ]);
});
