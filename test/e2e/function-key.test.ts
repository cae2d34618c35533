// Function-key mode: the host checks the key on `query-app`, and the key opens nothing else (design §3.1).

import { describe, expect } from "vitest";
import { SECRET_MARKERS } from "../support/secret-markers.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { ALL_ROUTES, requestTo } from "./every-route.ts";
import { followed } from "./follow-reply.ts";
import {
  acceptedOf,
  answerOf,
  ask,
  call,
  callHost,
  operationOf,
  problemOf,
} from "./gateway-client.ts";

const stand = useStand("function-key", { settings: { APP_ENDPOINT_AUTH: "function-key" } });
const path = "/genie/query-app";
const QUESTION = { query: `average delay by carrier ${SECRET_MARKERS.question}` };

const key = () => stand().host.keys.host[0] ?? "";
const withKey = () => ({ "x-functions-key": key() });
const askWithKey = (body: unknown, query = "") =>
  call(stand(), { path: `${path}${query}`, headers: withKey(), body });

describe.concurrent("function-key mode", () => {
  verifies("docs.openapi-document", "the document says what the key opens", async () => {
    const { text } = await callHost(stand(), { path: "/openapi.json" });
    const { components, paths: documented } = JSON.parse(text);
    expect(components.securitySchemes).toHaveProperty("functionKey");
    expect(documented[path].post.security).toEqual([{ functionKey: [] }]);
    expect(documented["/genie/operations/{operation_id}"].get.security).toContainEqual({});
  });

  verifies(
    "gateway.function-key",
    "the key asks, in header or query; no links to rows or pictures",
    async () => {
      stand().databricks.script("two results", {
        attachments: [{ kind: "query", sql: "SELECT 1" }, { kind: "viz" }],
        result: { columns: [{ name: "n", type: "INT" }], rows: [["1"]] },
      });
      const replies = await Promise.all([
        askWithKey({ query: "two results" }),
        call(stand(), { path: `${path}?code=${encodeURIComponent(key())}`, body: QUESTION }),
      ]);
      const [answer, other] = replies.map(answerOf);
      expect(answer?.results).toMatchObject([{ rows: [{ n: 1 }], row_count: 1 }]);
      expect(answer?.results[0]).not.toHaveProperty("links");
      expect(answer?.visualizations).toEqual([{ attachment_id: expect.any(String), title: null }]);
      expect(other?.status).toBe("completed");
      expect(replies.map(({ text }) => text).join()).not.toMatch(/\/(results|visualizations)\//);
    },
  );

  verifies(
    "gateway.function-key",
    "without the key, or with a wrong one: 401 by the host",
    async () => {
      const token = await stand().token("app");
      for (const headers of [
        {},
        { "x-functions-key": "wrong" },
        { Authorization: `Bearer ${token}` },
      ] as Record<string, string>[]) {
        const reply = await callHost(stand(), { path, headers, body: QUESTION });
        expect(reply).toMatchObject({ status: 401, text: "" });
      }
    },
  );

  verifies("gateway.function-key", "the key opens no other endpoint", async () => {
    const closed = ALL_ROUTES.filter(({ auth }) => auth === "user" || auth === "user-or-app");
    expect(closed.length).toBeGreaterThan(10);
    for (const route of closed) {
      const request = await requestTo(route);
      const reply = await call(stand(), { ...request, headers: withKey() });
      problemOf(reply, 401, "invalid_token");
    }
  });

  verifies("gateway.function-key", "its operation is opened by the id alone", async () => {
    const accepted = acceptedOf(await askWithKey(QUESTION, "?async=always"));
    expect(accepted.operation_id).toMatch(/^[A-Za-z0-9_-]{22,64}$/);
    const seen = operationOf(await call(stand(), { path: accepted.links.self }));
    expect(seen.operation_id).toBe(accepted.operation_id);
    const read = (path: string) => call(stand(), { path });
    const answer = answerOf(await followed(await read(accepted.links.result), read));
    expect(answer.operation_id).toBe(accepted.operation_id);
    // Whatever token a connector sends along means nothing here (docs/adr/0011).
    for (const as of ["app", "analyst"] as const) {
      const { operation_id: id } = operationOf(
        await call(stand(), { path: accepted.links.self, as }),
      );
      expect(id).toBe(accepted.operation_id);
      expect(answerOf(await call(stand(), { path: accepted.links.result, as })).operation_id).toBe(
        id,
      );
    }
    const cancelled = await call(stand(), { method: "DELETE", path: accepted.links.self });
    expect(operationOf(cancelled).status).toBe("succeeded");
  });

  verifies("gateway.function-key", "other people's operations stay closed", async () => {
    const { links } = acceptedOf(
      await ask(stand(), "analyst", QUESTION, { query: "?async=always" }),
    );
    problemOf(await call(stand(), { path: links.self }), 404, "operation_not_found");
    problemOf(await call(stand(), { path: links.result }), 404, "operation_not_found");
    const cancel = await call(stand(), { method: "DELETE", path: links.self, headers: withKey() });
    problemOf(cancel, 404, "operation_not_found");
    expect(operationOf(await call(stand(), { path: links.self, as: "analyst" })).status).toBe(
      "running",
    );
    for (const id of ["short", "A".repeat(22), `${"A".repeat(21)}!`]) {
      const reply = await call(stand(), { path: `/genie/operations/${id}` });
      problemOf(reply, 404, "operation_not_found");
    }
  });

  verifies("gateway.function-key", "follow-ups in its own conversations only", async () => {
    const [own, users] = await Promise.all([
      askWithKey({ query: "average delay by origin" }).then(answerOf),
      ask(stand(), "analyst", QUESTION).then(answerOf),
    ]);
    const conversation_id = own.conversation_id;
    const followUp = answerOf(await askWithKey({ query: "top 3", conversation_id }));
    expect(followUp.conversation_id).toBe(conversation_id);
    expect(followUp.message_id).not.toBe(own.message_id);
    const foreign = await askWithKey({ query: "top 3", conversation_id: users.conversation_id });
    problemOf(foreign, 404, "conversation_not_found");
  });

  verifies("gateway.function-key", "users ask as ever", async () => {
    const answer = answerOf(await ask(stand(), "analyst", { query: "average delay by origin" }));
    expect(answer.status).toBe("completed");
    expect(answer.results[0]?.links?.json).toContain("/results/");
  });

  verifies("gateway.function-key", "the key never shows in the log", async () => {
    await askWithKey(QUESTION, `?code=${encodeURIComponent(key())}&async=always`);
    expect(stand().host.output()).not.toContain(key());
  });
});
