// The scripted workflow engine itself: what it reads, what it refuses, and what it sends. Guides are only as good as
// the rules that they are run by.

import { describe, expect, test } from "vitest";
import { evaluateTemplate } from "../../support/workflow-engine/evaluate-template.ts";
import { followLocation } from "../../support/workflow-engine/follow-location.ts";
import { sendRequest, type Wire } from "../../support/workflow-engine/send-request.ts";
import {
  secondsOf,
  workflowDefinition,
} from "../../support/workflow-engine/workflow-definition.ts";

const functions = {
  workflow: () => ({ run: { name: "0858" } }),
  body: (action: unknown) => (action === "Ask" ? { answer: "42", rows: [] } : null),
  parameters: (name: unknown) => `<${String(name)}>`,
};

describe("an expression", () => {
  test("keeps its type, is filled into text, and leaves other texts alone", () => {
    const template = {
      whole: "@body('Ask')",
      key: "@{workflow()?['run']?['name']}-Ask",
      deep: ["@body('Ask')['answer']", "@@at", "me@example.com", 7, null],
      missing: "@body('Gone')?['answer']",
      text: "[@{body('Gone')?['answer']}]",
      quote: "@parameters('it''s')",
    };
    expect(evaluateTemplate(template, functions)).toEqual({
      whole: { answer: "42", rows: [] },
      key: "0858-Ask",
      deep: ["42", "@at", "me@example.com", 7, null],
      missing: null,
      text: '[""]',
      quote: "<it's>",
    });
  });

  test("that the engine cannot read is an error, never a text", () => {
    const unreadable = [
      "@listCallbackUrl()",
      "@body('Gone')['answer']",
      "@body('Ask'",
      "@body('Ask') 1",
      "@",
      "@{1 + 1}",
      "@'open",
      "@body('Ask')?[name]",
    ];
    const read = unreadable.filter((text) => {
      try {
        evaluateTemplate(text, functions);
        return true;
      } catch {
        return false;
      }
    });
    expect(read).toEqual([]);
  });
});

test("a definition with a setting that the engine does not act on is refused", () => {
  const action = { type: "Compose", inputs: 1, runAfter: {} };
  const definition = {
    $schema:
      "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
    contentVersion: "1.0.0.0",
    parameters: {},
    triggers: { manual: { type: "Request", kind: "Http", inputs: { schema: {} } } },
    actions: { action },
    outputs: {},
  };
  const accepts = (more: object) =>
    workflowDefinition.safeParse({ ...definition, actions: { action: { ...action, ...more } } })
      .success;
  expect(accepts({})).toBe(true);
  expect(accepts({ runtimeConfiguration: {} })).toBe(false);
  expect(accepts({ limit: { timeout: "15 minutes" } })).toBe(false);
  expect(["PT10S", "PT45M", "PT1H"].map(secondsOf)).toEqual([10, 2_700, 3_600]);
});

/** A wire with these replies in order; `lost` is a connection that breaks. */
function wireWith(...replies: readonly (Response | "lost")[]) {
  const left = [...replies];
  const sent: { readonly uri: string; readonly method: string; readonly headers: Headers }[] = [];
  const wire: Wire = {
    msPerSecond: 0,
    send: (uri, { method = "", headers }) => {
      sent.push({ uri, method, headers: new Headers(headers) });
      const reply = left.shift() ?? "lost";
      return reply === "lost" ? Promise.reject(new TypeError("lost")) : Promise.resolve(reply);
    },
  };
  return { wire, sent };
}
const request = { method: "POST", uri: "https://a.example/ask", headers: { authorization: "a" } };
const status = (code: number, headers: Record<string, string> = {}) =>
  new Response(null, { status: code, headers });

describe("a request", () => {
  test("is repeated for 408, 429, 5xx and lost connections, and for nothing else", async () => {
    const { wire, sent } = wireWith(status(408), "lost", status(429), status(503), status(422));
    expect((await sendRequest(request, wire)).status).toBe(422);
    expect(sent).toHaveLength(5);
  });

  test("is repeated as often as its policy says, and then the last answer counts", async () => {
    const retryPolicy = { type: "fixed", interval: "PT1S", count: 1 } as const;
    const twice = wireWith(status(500), status(502), status(200));
    expect((await sendRequest({ ...request, retryPolicy }, twice.wire)).status).toBe(502);
    const once = wireWith("lost", status(200));
    const none = { ...request, retryPolicy: { type: "none" } as const };
    await expect(sendRequest(none, once.wire)).rejects.toThrow("lost");
  });

  test("loses the headers that the engine strips, and keeps the others", async () => {
    const headers = {
      "accept-language": "de",
      cookie: "a=b",
      "content-range": "1",
      origin: "https://a.example",
      "content-type": "application/json",
      "idempotency-key": "k",
      accept: "text/csv",
    };
    const { wire, sent } = wireWith(status(200));
    await sendRequest({ ...request, headers }, wire);
    expect([...(sent[0]?.headers.keys() ?? [])]).toEqual([
      "accept",
      "content-type",
      "idempotency-key",
    ]);
  });
});

describe("a 202", () => {
  const accepted = (location: string) => status(202, { location, "retry-after": "1" });

  test("is followed with the authentication alone until it is no 202", async () => {
    const { wire, sent } = wireWith(accepted("https://a.example/r2"), status(200));
    const first = { status: 202, headers: accepted("https://a.example/r").headers, text: "" };
    const more = { ...request, headers: { ...request.headers, "idempotency-key": "k" } };
    expect((await followLocation(first, more, wire)).status).toBe(200);
    expect(sent.map(({ method, uri }) => `${method} ${uri}`)).toEqual([
      "GET https://a.example/r",
      "GET https://a.example/r2",
    ]);
    expect(sent.map(({ headers }) => [...headers.keys()])).toEqual([
      ["authorization"],
      ["authorization"],
    ]);
  });

  test("without Location is the outcome, and a relative one is an error", async () => {
    const { wire } = wireWith();
    const bare = { status: 202, headers: new Headers(), text: "" };
    expect(await followLocation(bare, request, wire)).toBe(bare);
    const relative = { ...bare, headers: new Headers({ location: "/r" }) };
    await expect(followLocation(relative, request, wire)).rejects.toThrow("absolute");
  });
});
