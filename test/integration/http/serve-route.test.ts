// Whole requests through the HTTP layer: headers of every answer, order of checks, and that there always is an answer.

import { describe, expect } from "vitest";
import {
  cancelOperationByKey,
  getMessage,
  getOperation,
  getOperationResult,
  health,
  queryApp,
  queryObo,
} from "../../../shared/contracts/routes.ts";
import { AppError } from "../../../shared/errors/app-error.ts";
import { verifies } from "../../support/verifies.ts";
import { anAsk, BASE, faultyPlaces, serve } from "./served-route.ts";

const USER = { Authorization: "Bearer user" };
const ID = "01f0a1b2c3d4e5f60718293a4b5c6d7e";
const TOO_LARGE = "x".repeat(300 * 1_024);

describe("every answer", () => {
  const standard = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

  verifies("http.headers", "a success and a failure carry the same standard headers", async () => {
    for (const headers of [USER, {}]) {
      const { send } = serve(getOperation);
      const params = { operation_id: "a".repeat(22) };
      const answer = await send({ headers: { ...headers, "X-Request-Id": "mine" }, params });
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        ...standard,
        "x-request-id": "mine",
      });
    }
  });
  verifies("http.headers", "a reply cannot take them away", async () => {
    const headers = { "Cache-Control": "public", "X-Request-Id": "other", "X-Own": "1" };
    const { send } = serve(health, { reply: async () => ({ status: 200, headers, body: {} }) });
    const answer = await send({ headers: { "X-Request-Id": "mine" } });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      ...standard,
      "x-request-id": "mine",
      "x-own": "1",
    });
  });
  verifies("http.trace", "goes on in the answer and in the log", async () => {
    const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    const { send, log } = serve(health);
    const answer = await send({ headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` } });
    expect(answer.headers.get("traceparent")).toMatch(`00-${traceId}-`);
    expect(log.at(-1)?.fields.trace_id).toBe(traceId);
    expect((await send()).headers.has("traceparent")).toBe(false);
  });
  verifies("http.problem", "a failure is a problem that names request and place", async () => {
    const { send } = serve(queryObo);
    const answer = await send({ ...anAsk({}), target: "/genie/query-obo?x=1" });
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.body).toMatchObject({
      type: `${BASE}/docs/errors#invalid_request`,
      status: 400,
      code: "invalid_request",
      instance: "/genie/query-obo",
      request_id: answer.headers.get("x-request-id"),
      errors: [{ pointer: "/query", detail: "is required" }],
    });
  });
  verifies("http.always-answers", "a 204 has no body and no content type", async () => {
    const { send } = serve(health, { reply: async () => ({ status: 204 }) });
    const answer = await send();
    expect([answer.status, answer.body]).toEqual([204, {}]);
    expect(answer.headers.has("content-type")).toBe(false);
  });
});

describe("the order of checks", () => {
  verifies(
    "http.order-of-checks",
    "without a token nothing of the request is looked at",
    async () => {
      const { send, inputs } = serve(queryObo);
      const answer = await send({
        target: "/genie/query-obo?max_rows=x",
        body: { string: TOO_LARGE },
        headers: { "Content-Type": "text/plain", "Idempotency-Key": "a b" },
      });
      expect(answer.status).toBe(401);
      expect(answer.headers.get("www-authenticate")).toBe('Bearer realm="genie-gateway"');
      expect(answer.body).not.toHaveProperty("errors");
      expect(inputs).toEqual([]);
    },
  );
  verifies("http.order-of-checks", "then the size, then the type, then the rest", async () => {
    const { send, inputs } = serve(queryObo);
    const target = "/genie/query-obo?max_rows=x";
    const text = { "Content-Type": "text/plain" };
    expect((await send({ ...anAsk(TOO_LARGE, text), target })).status).toBe(413);
    expect((await send({ ...anAsk("{}", text), target })).status).toBe(415);
    expect((await send({ ...anAsk("{}"), target })).status).toBe(400);
    expect(inputs).toEqual([]);
  });
  verifies("http.all-faults", "query, header and body faults come in one answer", async () => {
    const { send } = serve(queryObo);
    const answer = await send({
      ...anAsk({ query: 1, conversation_id: "x", more: 1 }, { "Idempotency-Key": "a b" }),
      target: "/genie/query-obo?max_rows=x&async=auto&async=auto&wait=soon",
    });
    expect(faultyPlaces(answer).toSorted()).toEqual([
      "/conversation_id",
      "/more",
      "/query",
      "Idempotency-Key",
      "async",
      "max_rows",
      "wait",
    ]);
  });
  verifies("http.path-ids", "a malformed id in the path is 404 and reaches nobody", async () => {
    const { send, inputs } = serve(getMessage);
    const params = { conversation_id: ID, message_id: "../../x" };
    const answer = await send({ headers: USER, params });
    expect([answer.status, answer.body.code]).toEqual([404, "message_not_found"]);
    expect(inputs).toEqual([]);
  });
  verifies(
    "http.path-ids",
    "query fields that the host puts into params do not count",
    async () => {
      const { send, inputs } = serve(getMessage);
      const params = { conversation_id: ID, message_id: ID, space: "evil", page_token: "x" };
      await send({ headers: USER, params, target: "/genie/conversation/a/messages/b?space=sales" });
      expect(inputs[0]?.params).toEqual({ conversation_id: ID, message_id: ID });
      expect(inputs[0]?.query.space).toBe("sales");
    },
  );
});

describe("what the use case gets", () => {
  verifies("http.question", "a parsed ask", async () => {
    const { send, inputs } = serve(queryObo, { services: { maxWaitSeconds: 50 } });
    const query = "  line one\nline two 🦆 ";
    const answer = await send({
      ...anAsk({ query, conversation_id: null }, { Prefer: "wait=60", "Idempotency-Key": '"k"' }),
      target: "/genie/query-obo?max_rows=5&sv=1.0",
    });
    expect(inputs).toMatchObject([
      {
        caller: { kind: "user" },
        params: {},
        query: { max_rows: 5, format: "json" },
        body: { query },
        wait: { mode: "auto", waitMs: 50_000, preferenceApplied: "wait=50" },
        idempotencyKey: '"k"',
        requestId: answer.headers.get("x-request-id"),
        baseUrl: BASE,
        path: "/genie/query-obo",
      },
    ]);
    expect(inputs[0]?.body).not.toHaveProperty("conversation_id");
    expect(answer.headers.get("preference-applied")).toBe("wait=50");
  });
  verifies("http.wait", "the result is told at once unless the caller waits", async () => {
    const { send, inputs } = serve(getOperationResult);
    const params = { operation_id: "a".repeat(22) };
    await send({ headers: USER, params });
    await send({ headers: { ...USER, Prefer: "wait=20" }, params });
    expect(inputs.map(({ wait }) => wait.waitMs)).toEqual([0, 20_000]);
  });
  verifies("http.idempotency-key", "counts on asks alone", async () => {
    const { send, inputs } = serve(getOperation);
    const headers = { ...USER, "Idempotency-Key": "a b" };
    const answer = await send({ headers, params: { operation_id: "a".repeat(22) } });
    expect(answer.status).toBe(200);
    expect(inputs[0]?.idempotencyKey).toBeNull();
  });
  verifies("http.base-url", "the configured base wins over the request's origin", async () => {
    const publicBaseUrl = "https://api.example/genie";
    const { send, inputs } = serve(health, { services: { publicBaseUrl } });
    await send({ headers: { Host: "evil.example", "X-Forwarded-Host": "evil.example" } });
    expect(inputs[0]?.baseUrl).toBe(publicBaseUrl);
  });
  verifies(
    "http.function-key-mode",
    "query-app runs as the key's caller with a user's token",
    async () => {
      const { send, inputs } = serve(queryApp, { services: { functionKeyMode: true } });
      expect((await send(anAsk())).status).toBe(200);
      expect(inputs[0]?.caller).toEqual({ kind: "function-key" });
    },
  );
  verifies("http.function-key-mode", "an empty Authorization header is no token", async () => {
    const { send, inputs } = serve(getOperation, { services: { functionKeyMode: true } });
    await send({ headers: { Authorization: " " }, params: { operation_id: "a".repeat(22) } });
    expect(inputs[0]?.caller).toEqual({ kind: "function-key" });
  });
});

describe("cancelling by key", () => {
  const withKey = { "Idempotency-Key": "run-1" };

  verifies(
    "http.cancel-by-key",
    "the key reaches the use case; without one it is a 400",
    async () => {
      const { send, inputs } = serve(cancelOperationByKey);
      expect((await send({ headers: { ...USER, ...withKey } })).status).toBe(200);
      expect(inputs[0]?.idempotencyKey).toBe("run-1");
      for (const headers of [USER, { ...USER, "Idempotency-Key": "a b" }]) {
        const answer = await send({ headers });
        expect([answer.status, faultyPlaces(answer)]).toEqual([400, ["Idempotency-Key"]]);
      }
      expect(inputs).toHaveLength(1);
    },
  );
  verifies(
    "http.cancel-by-key",
    "a key that may be guessed opens nothing without a token",
    async () => {
      for (const functionKeyMode of [true, false]) {
        const { send, inputs } = serve(cancelOperationByKey, { services: { functionKeyMode } });
        expect((await send({ headers: withKey })).status).toBe(401);
        expect(inputs).toEqual([]);
      }
    },
  );
});

describe("whatever happens", () => {
  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;

  for (const [what, reply] of [
    ["throws an error", async () => Promise.reject(new TypeError("secret text"))],
    ["throws a string", async () => Promise.reject("secret text")],
    ["throws nothing", async () => Promise.reject(undefined)],
    ["answers a body without JSON form", async () => ({ status: 200, body: cyclic })],
    ["answers a bigint", async () => ({ status: 200, body: 1n })],
    ["answers a header with a line break", async () => ({ status: 200, headers: { A: "b\r\nc" } })],
    ["answers status 0", async () => ({ status: 0 })],
  ] as const) {
    verifies("http.always-answers", `a use case that ${what} is a 500 problem`, async () => {
      const { send, log } = serve(health, { reply });
      const answer = await send();
      expect([answer.status, answer.body.code]).toEqual([500, "internal_error"]);
      expect(JSON.stringify([answer.body, log])).not.toContain("secret text");
      expect(log.map(({ event }) => event)).toEqual(["internal_error", "request"]);
    });
  }

  verifies("http.problem", "an expected failure logs names, not messages", async () => {
    const failure = {
      code: "databricks_unavailable",
      detail: "Later.",
      retryAfterSeconds: 3,
    } as const;
    const cause = new RangeError("secret text");
    const { send, log } = serve(health, {
      reply: async () => Promise.reject(new AppError(failure, { cause })),
    });
    const answer = await send();
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("3");
    expect(JSON.stringify([answer.body, log])).not.toContain("secret text");
    expect(log[0]).toMatchObject({
      level: "warn",
      fields: { error: "RangeError", code: "databricks_unavailable" },
    });
  });

  verifies(
    "http.configuration-error",
    "every endpoint says 503 when the app cannot be built",
    async () => {
      const error = new AppError({ code: "configuration_error", detail: "TENANT_ID is required." });
      const { send } = serve(queryObo, { load: async () => Promise.reject(error) });
      const answer = await send(anAsk());
      expect(answer.status).toBe(503);
      expect(answer.headers.get("retry-after")).toBe("10");
      expect(answer.body).toMatchObject({
        type: "/docs/errors#configuration_error",
        detail: "TENANT_ID is required.",
      });
    },
  );
});
