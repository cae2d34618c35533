// Reading through the Genie client over real HTTP: messages, conversations, space, user, and replies that lie.

import { beforeEach, describe, expect, test } from "vitest";
import type { Genie } from "../../../shared/operations/genie.ts";
import { reply, reset, resetMidway, silence } from "../../support/scripted-server.ts";
import { verifies } from "../../support/verifies.ts";
import {
  CONVERSATION,
  failureOf,
  type GenieBench,
  REF,
  SPACE,
  startGenieBench,
} from "./genie-bench.ts";

let bench: GenieBench;
beforeEach(async () => {
  const started = await startGenieBench();
  bench = started;
  return () => started[Symbol.asyncDispose]();
});

const IN_CONVERSATION = { spaceId: SPACE, conversationId: CONVERSATION };
const PAGE = { pageSize: 20 };
const BASE = `/api/2.0/genie/spaces/${SPACE}`;
const paths = () => bench.server.seen.map((seen) => `${seen.method} ${seen.path}`);

describe("messages", () => {
  verifies(
    "databricks.messages-oldest-first",
    "a page is turned round and keeps its token",
    async () => {
      const messages = [
        { message_id: "m3" },
        { id: "m2" },
        { content: "without id" },
        { message_id: "m1" },
      ];
      bench.server.script(reply(200, { messages, next_page_token: "older" }), reply(200, {}));
      const page = await bench.genie.listMessages(IN_CONVERSATION, PAGE);
      expect(page.items.map((message) => message.messageId)).toEqual(["m1", "m2", "m3"]);
      expect(page.nextPageToken).toBe("older");
      const last = await bench.genie.listMessages(IN_CONVERSATION, {
        pageSize: 5,
        pageToken: "a&b=c",
      });
      expect(last).toEqual({ items: [] });
      expect(paths()).toEqual([
        `GET ${BASE}/conversations/${CONVERSATION}/messages?page_size=20`,
        `GET ${BASE}/conversations/${CONVERSATION}/messages?page_size=5&page_token=a%26b%3Dc`,
      ]);
    },
  );

  test("one message is read by its ids", async () => {
    bench.server.script(reply(200, { status: "ASKING_AI", content: "q" }));
    expect(await bench.genie.getMessage(REF)).toMatchObject({
      ...REF,
      state: { kind: "working", stage: "ASKING_AI" },
    });
    expect(paths()).toEqual([
      `GET ${BASE}/conversations/${CONVERSATION}/messages/${REF.messageId}`,
    ]);
  });

  verifies(
    "databricks.not-found",
    "a page token that Databricks refuses is the caller's mistake",
    async () => {
      bench.server.script(
        reply(400, { error_code: "INVALID_PARAMETER_VALUE", message: "bad token" }),
      );
      const withToken = { pageSize: 5, pageToken: "x" };
      for (const list of [
        bench.genie.listMessages(IN_CONVERSATION, withToken),
        bench.genie.listConversations(SPACE, withToken),
      ]) {
        expect(await failureOf(list)).toMatchObject({
          code: "invalid_request",
          errors: [{ parameter: "page_token" }],
        });
      }
      expect((await failureOf(bench.genie.listMessages(IN_CONVERSATION, PAGE))).code).toBe(
        "genie_failed",
      );
    },
  );
});

describe("conversations, space and user", () => {
  test("conversations with legacy ids, without titles, without ids", async () => {
    const conversations = [
      { conversation_id: "c1", title: "One", created_timestamp: 1791414074900 },
      { id: "c2", title: "" },
      { title: "nobody" },
    ];
    bench.server.script(reply(200, { conversations, next_page_token: "" }));
    expect(await bench.genie.listConversations(SPACE, PAGE)).toEqual({
      items: [
        { conversationId: "c1", title: "One", createdAt: 1791414074900 },
        { conversationId: "c2", title: null, createdAt: null },
      ],
    });
  });

  test("deleting takes an empty body or {}, and anything unknown is not found", async () => {
    for (const body of ["", {}]) {
      bench.server.script(reply(200, body));
      await bench.genie.deleteConversation(IN_CONVERSATION);
    }
    bench.server.script(reply(404, { error_code: "RESOURCE_DOES_NOT_EXIST" }));
    const failure = await failureOf(bench.genie.deleteConversation(IN_CONVERSATION));
    expect(failure.code).toBe("conversation_not_found");
    expect(paths()[0]).toBe(`DELETE ${BASE}/conversations/${CONVERSATION}`);
  });

  test("a space gives its title and description and nothing else", async () => {
    bench.server.script(reply(200, { space_id: SPACE, title: "Sales", warehouse_id: "w" }));
    expect(await bench.genie.getSpace(SPACE)).toEqual({ title: "Sales", description: null });
  });

  verifies("databricks.grants", "the user of the workspace, or that there is none", async () => {
    const user = { id: 4757395811234567, userName: "analyst@example.com", emails: [] };
    bench.server.script(reply(200, user));
    expect(await bench.genie.currentUser()).toEqual({
      userId: "4757395811234567",
      userName: "analyst@example.com",
      displayName: null,
      active: true,
    });
    expect(paths()).toEqual(["GET /api/2.0/preview/scim/v2/Me"]);
    bench.server.script(reply(403, { error_code: 403, message: "Unauthorized access to Org: 1" }));
    expect((await failureOf(bench.genie.currentUser())).code).toBe("workspace_access_missing");
    bench.server.script(reply(200, {}));
    expect((await failureOf(bench.genie.currentUser())).code).toBe("databricks_unavailable");
  });
});

verifies(
  "databricks.token-renewed",
  "refused twice it is invalid_token; the same token is not tried twice",
  async () => {
    const refusal = reply(403, { error_code: 403, message: "Invalid access token." });
    bench.server.script(refusal);
    expect((await failureOf(bench.genie.getSpace(SPACE))).code).toBe("invalid_token");
    expect(bench.rejected).toEqual(["token-1"]);
    expect(bench.server.seen).toHaveLength(2);
    await using stubborn = await startGenieBench(["only-token"]);
    stubborn.server.script(refusal);
    expect((await failureOf(stubborn.genie.getSpace(SPACE))).code).toBe("invalid_token");
    expect(stubborn.server.seen).toHaveLength(1);
  },
);

const LIES = {
  "truncated JSON": reply(200, '{"messages":[{"message_id":"x'),
  "an HTML page": reply(200, "<html>signed out SECRET-ANSWER</html>"),
  "an array": reply(200, []),
  "a number": reply(200, "42"),
  null: reply(200, "null"),
  "wrong types": reply(200, {
    messages: "SECRET-ANSWER",
    conversations: 7,
    title: ["SECRET-ANSWER"],
    status: 5,
    attachments: { a: 1 },
    id: {},
  }),
} as const;

verifies(
  "databricks.lying-replies",
  "are databricks_unavailable for every read, without their text",
  async () => {
    const reads: Record<string, (genie: Genie) => Promise<unknown>> = {
      getMessage: (genie) => genie.getMessage(REF),
      listMessages: (genie) => genie.listMessages(IN_CONVERSATION, PAGE),
      listConversations: (genie) => genie.listConversations(SPACE, PAGE),
      getSpace: (genie) => genie.getSpace(SPACE),
      currentUser: (genie) => genie.currentUser(),
    };
    for (const [lie, step] of Object.entries(LIES)) {
      bench.server.script(step);
      for (const [name, read] of Object.entries(reads)) {
        const thrown = await read(bench.genie).catch((error: unknown) => error);
        expect(thrown, `${name}: ${lie}`).toMatchObject({
          failure: { code: "databricks_unavailable" },
        });
        const cause = thrown instanceof Error ? String(thrown.cause) : "";
        expect(JSON.stringify(thrown) + cause).not.toContain("SECRET-ANSWER");
      }
    }
    expect(bench.logged.join()).not.toContain("SECRET");
  },
);

verifies(
  "databricks.lying-replies",
  "silence, resets and overload are an outage, with Databricks' own time to try again if it named one",
  async () => {
    for (const [step, seconds] of [
      [reset, undefined],
      [resetMidway, undefined],
      [reply(503, {}, { "retry-after": "60" }), 60],
      [reply(500, ""), undefined],
    ] as const) {
      await using fresh = await startGenieBench();
      fresh.server.script(step);
      const failure = await failureOf(fresh.clock.run(fresh.genie.getSpace(SPACE)));
      expect(failure.code).toBe("databricks_unavailable");
      expect(failure.retryAfterSeconds).toBe(seconds);
    }
    bench.server.script(silence, reply(200, { title: "Sales" }));
    const space = await bench.clock.run(bench.genie.getSpace(SPACE));
    expect(space.title).toBe("Sales");
  },
);

test("an id can never leave its place in a path", async () => {
  bench.server.script(reply(200, {}));
  for (const id of ["../../sql", "..", ".", "", "%2e%2e", "a/b?c#d", "\ud800", "é"]) {
    await bench.genie.getSpace(id);
  }
  for (const { path } of bench.server.seen)
    expect(path).toMatch(/^\/api\/2\.0\/genie\/spaces\/[^/?#]+$/);
});
