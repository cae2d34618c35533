import { expect, test } from "vitest";
import { at, aWorkspace, GENIE, textAt } from "./a-workspace.ts";

test("conversations are listed newest first, in pages", async () => {
  const { ask, get, send, clock } = await aWorkspace();
  const asked: string[] = [];
  for (const title of ["one", "two", "three", "four", "five"]) {
    asked.unshift((await ask(title)).conversationId);
    clock.now += 1;
  }
  const seen: unknown[] = [];
  let token = "";
  do {
    const { body } = await get(`${GENIE}/conversations?page_size=2&page_token=${token}`);
    const items = Object(at(body, "conversations"));
    expect(items.length).toBeLessThanOrEqual(2);
    for (const item of items) seen.push(at(item, "conversation_id"));
    token = String(at(body, "next_page_token") ?? "");
    // Something deleted between two pages must not shift the rest.
    if (seen.length === 2) await send("DELETE", `${GENIE}/conversations/${asked[1]}`, "analyst");
  } while (token !== "");
  expect(seen).toEqual(asked);
});

test("messages are listed newest first", async () => {
  const { ask, get, post, clock } = await aWorkspace();
  const { conversation, messageId } = await ask("one");
  clock.now += 20_000;
  const second = textAt(
    (await post(`${conversation}/messages`, { content: "two" })).body,
    "message_id",
  );
  const first = await get(`${conversation}/messages?page_size=1`);
  expect(at(first.body, "messages", 0, "message_id")).toBe(second);
  const rest = await get(
    `${conversation}/messages?page_size=1&page_token=${textAt(first.body, "next_page_token")}`,
  );
  expect(at(rest.body, "messages", 0, "message_id")).toBe(messageId);
  expect(rest.body).not.toHaveProperty("next_page_token");
});

test.each(["page_size=x", "page_size=-1", "page_token=%00", "page_token=abc"])(
  "%s is 400",
  async (query) => {
    const { get } = await aWorkspace();
    expect(await get(`${GENIE}/conversations?${query}`)).toMatchObject({
      status: 400,
      body: { error_code: "INVALID_PARAMETER_VALUE" },
    });
  },
);

test("what is deleted answers {} once and is 404 from then on", async () => {
  const { ask, get, send, post, clock } = await aWorkspace();
  const { conversation, message } = await ask("one");
  clock.now += 20_000;
  expect(await send("DELETE", message, "analyst")).toMatchObject({ status: 200, body: {} });
  expect((await get(message)).status).toBe(404);
  expect((await get(`${conversation}/messages`)).body).toEqual({});
  expect(await send("DELETE", conversation, "analyst")).toMatchObject({ status: 200, body: {} });
  expect((await send("DELETE", conversation, "analyst")).status).toBe(404);
  expect((await get(`${conversation}/messages`)).status).toBe(404);
  expect((await post(`${conversation}/messages`, { content: "two" })).status).toBe(404);
});

test("feedback shows on the message; NONE clears it and takes no comment", async () => {
  const { ask, get, post } = await aWorkspace();
  const { message } = await ask("one");
  const feedback = `${message}/feedback`;
  expect(await post(feedback, { rating: "NEGATIVE", comment: "wrong region" })).toMatchObject({
    status: 200,
    body: {},
  });
  expect(at((await get(message)).body, "feedback")).toEqual({
    rating: "NEGATIVE",
    comment: "wrong region",
  });
  expect(await post(feedback, { rating: "NONE", comment: "x" })).toMatchObject({
    status: 400,
    body: {
      message:
        "Feedback text cannot be provided when rating is NONE. Text feedback is only allowed with POSITIVE or NEGATIVE ratings.",
    },
  });
  expect((await post(feedback, { rating: "GOOD" })).status).toBe(400);
  await post(feedback, { rating: "NONE" });
  expect((await get(message)).body).not.toHaveProperty("feedback");
});

test("comments are kept by message and listed by conversation", async () => {
  const { ask, get, post } = await aWorkspace();
  const { message, conversation } = await ask("one");
  const made = await post(`${message}/comments`, { content: "please check" });
  expect(made.body).toMatchObject({
    content: "please check",
    message_comment_id: expect.any(String),
  });
  expect((await get(`${message}/comments`)).body).toEqual({ comments: [made.body] });
  expect((await get(`${conversation}/list-comments`)).body).toEqual({ comments: [made.body] });
});
