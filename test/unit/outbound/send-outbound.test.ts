// Outbound HTTP against a loopback server: replies, retries, the circuit and the log. Pauses jump by the virtual
// clock; time limits of single tries are real and short.

import { beforeEach, describe, expect, test } from "vitest";
import { decodeText } from "../../../shared/outbound/decode-text.ts";
import {
  reply,
  reset,
  resetMidway,
  type ScriptedServer,
  type Step,
  silence,
  startScriptedServer,
} from "../../support/scripted-server.ts";
import { verifies } from "../../support/verifies.ts";
import { createOutboundBench, summary } from "./outbound-bench.ts";

let server: ScriptedServer;
beforeEach(async () => {
  const started = await startScriptedServer();
  server = started;
  return () => started[Symbol.asyncDispose]();
});
const anOutbound = () => createOutboundBench(`${server.url}/x`);

describe("a reply", () => {
  test("comes with status, headers and text, and the request as it was given", async () => {
    const { ask, logged } = anOutbound();
    server.script(reply(201, { a: "ü" }, { "x-request-id": "r1" }));
    const answer = await ask({
      method: "POST",
      headers: { authorization: "Bearer t" },
      body: "{}",
    });
    expect(summary(answer)).toBe('201 {"a":"ü"}');
    expect(answer.kind === "answered" && answer.headers.get("x-request-id")).toBe("r1");
    expect(server.seen).toMatchObject([
      { method: "POST", path: "/x", body: "{}", headers: { authorization: "Bearer t" } },
    ]);
    expect(logged).toEqual([]);
  });

  test("arrives byte by byte, also where it is no text", async () => {
    const { ask } = anOutbound();
    const bytes = Uint8Array.from({ length: 512 }, (_, index) => index % 256);
    server.script((response) => void response.end(bytes));
    const answer = await ask();
    expect(answer.kind === "answered" && new Uint8Array(answer.body)).toEqual(bytes);
  });

  test("as text: without its byte order mark, and broken UTF-8 is no error", () => {
    expect(decodeText(Buffer.from("\ufeff{}"))).toBe("{}");
    expect(decodeText(Uint8Array.of(0x61, 0xff))).toBe("a\ufffd");
    expect(decodeText(new Uint8Array())).toBe("");
  });

  test.each([400, 401, 403, 404, 409, 500, 501])(
    "with status %d is not retried",
    async (status) => {
      const { ask } = anOutbound();
      server.script(reply(status, ""));
      expect(summary(await ask())).toBe(`${status} `);
      expect(server.seen).toHaveLength(1);
    },
  );

  verifies("outbound.no-redirects", "a redirect is a reply, not a new request", async () => {
    await using other = await startScriptedServer();
    const { ask } = anOutbound();
    server.script(reply(302, "", { location: `${other.url}/elsewhere` }));
    const headers = { authorization: "Bearer t" };
    expect(summary(await ask({ headers }))).toBe("302 ");
    expect(other.seen).toEqual([]);
  });
});

describe("safe retries", () => {
  verifies(
    "outbound.safe-retries",
    "429, 502, 503, 504 and lost replies are tried again",
    async () => {
      for (const step of [
        reply(429),
        reply(502),
        reply(503),
        reply(504),
        reset,
        resetMidway,
        silence,
      ]) {
        const { ask } = anOutbound();
        server.script(step, reply(200, "ok"));
        expect(summary(await ask())).toBe("200 ok");
      }
      expect(server.seen).toHaveLength(14);
    },
  );

  verifies(
    "outbound.safe-retries",
    "Retry-After is waited for, in seconds or as a date",
    async () => {
      const { ask, clock } = anOutbound();
      const startedAt = clock.now();
      server.script(reply(429, {}, { "retry-after": "3" }), reply(200, "ok"));
      expect(summary(await ask())).toBe("200 ok");
      expect(clock.now() - startedAt).toBe(3_100);
      const date = new Date(Math.ceil(clock.now() / 1000) * 1000 + 5_000);
      server.script(reply(503, {}, { "retry-after": date.toUTCString() }), reply(200, "ok"));
      expect(summary(await ask())).toBe("200 ok");
      expect(clock.now()).toBe(date.getTime() + 100);
    },
  );

  verifies(
    "outbound.safe-retries",
    "a Retry-After past the budget ends with that reply at once",
    async () => {
      const { ask, clock } = anOutbound();
      const startedAt = clock.now();
      server.script(reply(503, "busy", { "retry-after": "20" }));
      expect(summary(await ask())).toBe("503 busy");
      expect(server.seen).toHaveLength(1);
      expect(clock.now()).toBe(startedAt);
    },
  );

  verifies(
    "outbound.bounded",
    "slow tries end with the budget, not with the number of tries",
    async () => {
      const { ask, clock } = anOutbound();
      const slowFailure: Step = (response, request) => {
        clock.advance(9_000);
        reply(502, "bad")(response, request);
      };
      server.script(slowFailure);
      expect(summary(await ask())).toBe("502 bad");
      expect(server.seen).toHaveLength(3);
      expect(summary(await ask({ budgetMs: 1_000 }))).toBe("502 bad");
      expect(server.seen).toHaveLength(4);
    },
  );

  verifies("outbound.bounded", "quick failures end after five tries", async () => {
    const { ask } = anOutbound();
    server.script(reply(429, "full"));
    expect(summary(await ask())).toBe("429 full");
    expect(server.seen).toHaveLength(5);
  });

  verifies("outbound.safe-retries", "retry never is one try, whatever happens", async () => {
    for (const step of [reply(429), reply(503), reply(504), reset, silence]) {
      const { ask } = anOutbound();
      server.script(step);
      await ask({ method: "POST", body: "{}", retry: "never" });
    }
    expect(server.seen).toHaveLength(5);
  });
});

describe("the circuit", () => {
  verifies(
    "outbound.circuit",
    "five failures in a row open it; nothing is sent until a probe answers",
    async () => {
      const { ask, clock, logged } = anOutbound();
      server.script(reset);
      for (let i = 0; i < 5; i++) await ask({ retry: "never" });
      expect(await ask()).toEqual({ kind: "circuit_open", retryAfterMs: 5_000 });
      expect(server.seen).toHaveLength(5);
      expect(logged.map((line) => line.event)).toContain("outbound.circuit_opened");
      clock.advance(5_000);
      server.script(reply(200, "ok"));
      expect(summary(await ask())).toBe("200 ok");
      expect(summary(await ask())).toBe("200 ok");
    },
  );

  verifies("outbound.circuit", "429 and other statuses than 503 never open it", async () => {
    const { ask } = anOutbound();
    for (const status of [429, 500, 502, 504, 401, 404]) {
      server.script(reply(status));
      for (let i = 0; i < 6; i++) expect((await ask({ retry: "never" })).kind).toBe("answered");
    }
  });
});

verifies(
  "outbound.discreet-logs",
  "a failed try is logged by outcome, status, attempt and time alone",
  async () => {
    const { ask, logged } = anOutbound();
    server.script(reply(503, "secret-body"), reset, reply(200));
    await ask({
      url: `${server.url}/secret-path?q=secret-query`,
      headers: { authorization: "Bearer secret-token" },
    });
    expect(logged).toEqual([
      {
        event: "outbound.try_failed",
        fields: { outcome: "answered", status: 503, attempt: 1, ms: 0 },
      },
      {
        event: "outbound.try_failed",
        fields: { outcome: "lost", status: undefined, attempt: 2, ms: 0 },
      },
    ]);
  },
);

test.each([
  { url: "not a url" },
  { headers: { authorization: "Bearer secret\nx: y" } },
  { method: "GET" as const, body: "{}" },
  { url: `http://${["user", "secret"].join(":")}@127.0.0.1/` },
])("a request that can never be sent is refused without quoting it: %j", async (overrides) => {
  const { ask } = anOutbound();
  const error = await ask(overrides).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ failure: { code: "internal_error" } });
  expect(JSON.stringify(error) + String(error)).not.toContain("secret");
  expect(server.seen).toEqual([]);
});
