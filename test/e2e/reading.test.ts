// Spaces, conversations, messages and the signed-in user; and that nobody sees what is another's (design §3.5, §3.1).

import { describe, expect } from "vitest";
import { CALLER_WITH_ROLE } from "../../local/users.ts";
import {
  conversationListSchema,
  conversationWithMessagesSchema,
  meSchema,
  messageListSchema,
  spaceSchema,
} from "../../shared/contracts/reading.ts";
import { SECRET_MARKERS } from "../support/secret-markers.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import {
  acceptedOf,
  answerOf,
  ask,
  bodyOf,
  call,
  type GatewayRequest,
  problemOf,
} from "./gateway-client.ts";
import { NEVER_DONE, scriptedQuestions } from "./scripted-questions.ts";

const stand = useStand("reading");
const questions = scriptedQuestions(stand);
const AT_ONCE = { stages: [] };

const get = (path: string, as: GatewayRequest["as"] = "analyst") =>
  call(stand(), { path, as: as ?? "analyst" });
const listConversations = async (query: string, as: GatewayRequest["as"] = "analyst") =>
  bodyOf(await get(`/genie/conversations?${query}`, as), 200, conversationListSchema);
const listMessages = async (conversation: string | null, query = "") =>
  bodyOf(
    await get(`/genie/conversation/${conversation}/messages?${query}`),
    200,
    messageListSchema,
  );

/** Another application with the role: both act as the same service principal at Databricks. */
const otherApp = async () => ({
  token: await stand().entra.issueAppToken({
    clientId: "c0000000-0000-4000-8000-0000000000aa",
    roles: ["Genie.Ask"],
  }),
});

/** A conversation with this many answered questions, oldest first. */
async function conversationOf(count: number, space = "default") {
  const answers = [answerOf(await questions.ask(AT_ONCE, { body: { space } }))];
  for (let i = 1; i < count; i += 1) {
    const body = { space, conversation_id: answers[0]?.conversation_id };
    answers.push(answerOf(await questions.ask(AT_ONCE, { body })));
  }
  const [first] = answers;
  return { id: first?.conversation_id ?? "", answers };
}

describe.concurrent("reading", () => {
  verifies("reading.me", "the signed-in user as the workspace knows it", async () => {
    const me = bodyOf(await get("/api/v1/me"), 200, meSchema);
    expect(me).toEqual({
      user_id: "4757395811000001",
      user_name: "analyst@example.com",
      display_name: "Analyst",
      active: true,
      workspace_url: stand().databricks.url,
    });
  });

  verifies("gateway.reading", "one space by its alias, unknown ones are 404", async () => {
    const space = bodyOf(await get("/genie/spaces/showcase"), 200, spaceSchema);
    expect(space).toMatchObject({ space: "showcase", title: "The same data in a second space" });
    problemOf(await get("/genie/spaces/unknown"), 404, "space_not_found");
    problemOf(await get("/genie/conversations?space=unknown"), 404, "space_not_found");
  });

  verifies(
    "gateway.reading",
    "conversations: newest first, paged, one space at a time",
    async () => {
      const ids: string[] = [];
      for (let i = 0; i < 5; i += 1) ids.push((await conversationOf(1, "showcase")).id);
      const seen: string[] = [];
      let token: string | undefined = "";
      for (let page = 0; token !== undefined && page < 5; page += 1) {
        const more: string = token === "" ? "" : `&page_token=${encodeURIComponent(token)}`;
        const list = await listConversations(`space=showcase&page_size=2${more}`);
        for (const { conversation_id, space, created_at } of list.conversations) {
          seen.push(conversation_id);
          expect(space).toBe("showcase");
          expect(created_at).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
        }
        token = list.next_page_token;
      }
      expect(seen).toEqual(ids.toReversed());
      const others = await listConversations("space=default&page_size=100");
      expect(others.conversations.map((entry) => entry.conversation_id)).not.toContain(ids[0]);
    },
  );

  verifies("reading.messages", "pages of messages go back in time, each oldest first", async () => {
    const { id, answers } = await conversationOf(5);
    const ids = answers.map(({ message_id }) => message_id);
    const newest = await listMessages(id, "page_size=2");
    expect(newest.messages.map(({ message_id }) => message_id)).toEqual(ids.slice(3));
    const token = encodeURIComponent(newest.next_page_token ?? "");
    const older = await listMessages(id, `page_size=2&page_token=${token}`);
    expect(older.messages.map(({ message_id }) => message_id)).toEqual(ids.slice(1, 3));
    const last = encodeURIComponent(older.next_page_token ?? "");
    const oldest = await listMessages(id, `page_size=2&page_token=${last}`);
    expect(oldest.messages.map(({ message_id }) => message_id)).toEqual(ids.slice(0, 1));
    expect(oldest.next_page_token).toBeUndefined();
    const all = await listMessages(id);
    expect(all.messages).toHaveLength(5);
    expect(all.messages[0]).toMatchObject({ status: "completed", question: answers[0]?.question });
  });

  verifies(
    "gateway.reading",
    "one conversation: its entry and its messages, rows left out",
    async () => {
      const rows = { columns: [{ name: "n", type: "INT" }], rows: [["1"]] };
      const answer = answerOf(await questions.ask({ stages: [], result: rows }));
      const path = `/genie/conversation/${answer.conversation_id}`;
      const conversation = bodyOf(await get(path), 200, conversationWithMessagesSchema);
      expect(conversation).toMatchObject({ space: "default", title: answer.question });
      expect(conversation.messages).toMatchObject([
        { message_id: answer.message_id, results: [{ sql: "SELECT 1", rows: [] }] },
      ]);
    },
  );

  verifies("gateway.reading", "a message by its id is the Answer of its ask", async () => {
    const rows = { columns: [{ name: "n", type: "INT" }], rows: [["1"], ["2"], ["3"]] };
    const answer = answerOf(await questions.ask({ stages: [], result: rows }));
    const path = `/genie/conversation/${answer.conversation_id}/messages/${answer.message_id}`;
    expect(answerOf(await get(path))).toEqual(answer);
    const [result] = answerOf(await get(`${path}?max_rows=2`)).results;
    expect(result).toMatchObject({ rows: [{ n: 1 }, { n: 2 }], row_count: 3 });
  });

  verifies(
    "gateway.reading",
    "failed and cancelled messages stand in lists with their problem",
    async () => {
      const { id } = await conversationOf(1);
      const body = { conversation_id: id };
      const error = { kind: "failed", type: "UNKNOWN_AI_MODEL", error: "text" } as const;
      await questions.ask({ stages: [], outcome: error }, { body });
      await questions.ask({ stages: [], outcome: { kind: "cancelled" } }, { body });
      const { messages } = await listMessages(id);
      expect(messages.map(({ status, error: problem }) => [status, problem?.code])).toEqual([
        ["completed", undefined],
        ["failed", "genie_misconfigured"],
        ["failed", "operation_cancelled"],
      ]);
    },
  );

  verifies(
    "gateway.reading",
    "a deleted conversation is 404, and so are its messages",
    async () => {
      const { id, answers } = await conversationOf(1);
      const path = `/genie/conversation/${id}`;
      const remove = () => call(stand(), { method: "DELETE", path, as: "analyst" });
      expect(await remove()).toMatchObject({ status: 204, text: "" });
      problemOf(await get(path), 404, "conversation_not_found");
      problemOf(await get(`${path}/messages`), 404, "conversation_not_found");
      const message = await get(`${path}/messages/${answers[0]?.message_id}`);
      expect(message.status).toBe(404);
      problemOf(await remove(), 404, "conversation_not_found");
      const followUp = await ask(stand(), "analyst", { query: "more", conversation_id: id });
      problemOf(followUp, 404, "conversation_not_found");
    },
  );

  verifies("reading.delete", "an app's deleted conversation leaves its list", async () => {
    const as = "app";
    const { conversation_id: id } = answerOf(await questions.ask(AT_ONCE, { as }));
    const path = `/genie/conversation/${id}`;
    expect((await call(stand(), { method: "DELETE", path, as })).status).toBe(204);
    const { conversations } = await listConversations("page_size=100", as);
    expect(conversations.map((entry) => entry.conversation_id)).not.toContain(id);
    problemOf(await call(stand(), { path, as }), 404, "conversation_not_found");
  });

  verifies("gateway.reading", "bad page tokens are a 400 that names the parameter", async () => {
    const { id } = await conversationOf(1);
    for (const path of ["/genie/conversations", `/genie/conversation/${id}/messages`]) {
      for (const as of ["analyst", "app"] as const) {
        if (as === "app" && path.includes(id)) continue;
        const reply = await get(`${path}?page_token=not-a-token`, as);
        const problem = problemOf(reply, 400, "invalid_request");
        expect(problem.errors).toMatchObject([{ parameter: "page_token" }]);
      }
    }
  });
});

describe.concurrent("owners", () => {
  /** Everything that hangs below a conversation and a message. */
  const pathsOf = ({
    conversation_id: c,
    message_id: m,
    attachment_id: a,
  }: Record<string, unknown>) =>
    [
      ["GET", `/genie/conversation/${c}`],
      ["GET", `/genie/conversation/${c}/messages`],
      ["GET", `/genie/conversation/${c}/messages/${m}`],
      ["GET", `/genie/conversation/${c}/messages/${m}/results/${a}`],
      ["DELETE", `/genie/conversation/${c}`],
    ] as const;
  const asked = async (as: "analyst" | "app") => {
    const rows = { columns: [{ name: "n", type: "INT" }], rows: [[SECRET_MARKERS.answer]] };
    const answer = answerOf(await questions.ask({ stages: [], result: rows }, { as }));
    return { ...answer, attachment_id: answer.results[0]?.attachment_id };
  };
  const expectClosed = async (what: Record<string, unknown>, as: GatewayRequest["as"]) => {
    for (const [method, path] of pathsOf(what)) {
      const reply = await call(stand(), { method, path, as: as ?? "analyst" });
      expect(`${method} ${path} ${reply.status}`).toBe(`${method} ${path} 404`);
      expect(JSON.parse(reply.text).code).toMatch(/^(conversation|message|attachment)_not_found$/);
    }
  };

  verifies(
    "gateway.owners",
    "a user's conversation is 404 to other users and to the app",
    async () => {
      const answer = await asked("analyst");
      await expectClosed(answer, "no-warehouse");
      await expectClosed(answer, "app");
      const body = { query: "more", conversation_id: answer.conversation_id };
      const followUp = await ask(stand(), "app", body);
      problemOf(followUp, 404, "conversation_not_found");
      expect(answerOf(await get(pathsOf(answer)[2][1])).message_id).toBe(answer.message_id);
    },
  );

  verifies(
    "gateway.owners",
    "an app's conversation is 404 to users and to other apps",
    async () => {
      const answer = await asked("app");
      await expectClosed(answer, "analyst");
      const other = await otherApp();
      await expectClosed(answer, other);
      const body = { query: "more", conversation_id: answer.conversation_id };
      const reply = await call(stand(), { path: "/genie/query-app", as: other, body });
      problemOf(reply, 404, "conversation_not_found");
      expect(answerOf(await get(pathsOf(answer)[2][1], "app")).message_id).toBe(answer.message_id);
    },
  );

  verifies("gateway.owners", "an app lists only what it started itself", async () => {
    const own = await asked("app");
    const users = await asked("analyst");
    const idsOf = async (as: GatewayRequest["as"]) =>
      (await listConversations("page_size=100", as)).conversations.map((c) => c.conversation_id);
    const app = await idsOf("app");
    expect(app).toContain(own.conversation_id);
    expect(app).not.toContain(users.conversation_id);
    expect(await idsOf(await otherApp())).toEqual([]);
    expect(await idsOf("analyst")).not.toContain(own.conversation_id);
    expect(CALLER_WITH_ROLE.clientId).not.toBe("c0000000-0000-4000-8000-0000000000aa");
  });

  verifies("gateway.owners", "operations are their owner's alone", async () => {
    for (const [owner, others] of [
      ["analyst", ["no-space", "app"]],
      ["app", ["analyst", await otherApp()]],
    ] as const) {
      const { links } = acceptedOf(
        await questions.ask(NEVER_DONE, { as: owner, query: "?async=always" }),
      );
      for (const as of others) {
        problemOf(await get(links.self, as), 404, "operation_not_found");
        problemOf(await get(links.result, as), 404, "operation_not_found");
        const cancel = await call(stand(), { method: "DELETE", path: links.self, as });
        problemOf(cancel, 404, "operation_not_found");
      }
      expect(JSON.parse((await get(links.self, owner)).text).status).toBe("running");
    }
  });
});
