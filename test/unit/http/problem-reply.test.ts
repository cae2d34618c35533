// Failures as HTTP answers: status, problem document, and the headers that belong to them.

import { expect } from "vitest";
import type { Failure } from "../../../shared/errors/app-error.ts";
import { ERROR_CATALOGUE } from "../../../shared/errors/error-catalogue.ts";
import { problemReply } from "../../../shared/http/problem-reply.ts";
import { verifies } from "../../support/verifies.ts";

function replyTo(failure: Partial<Failure>, tokenWasSent = true) {
  return problemReply(
    { code: "invalid_token", detail: "No.", ...failure },
    { baseUrl: "https://genie.example", instance: "/a", requestId: "r1", tokenWasSent },
  );
}

verifies("http.problem", "holds what design §3.9 lists and nothing else", () => {
  const reply = replyTo({
    code: "genie_space_forbidden",
    remedy: "Grant CAN RUN.",
    errors: [{ parameter: "space", detail: "is closed" }],
  });
  expect(reply.status).toBe(403);
  expect(reply.headers).toEqual({ "Content-Type": "application/problem+json" });
  expect(reply.body).toEqual({
    type: "https://genie.example/docs/errors#genie_space_forbidden",
    title: "No access to this Genie space",
    status: 403,
    detail: "No.",
    instance: "/a",
    code: "genie_space_forbidden",
    request_id: "r1",
    remedy: "Grant CAN RUN.",
    errors: [{ parameter: "space", detail: "is closed" }],
  });
});

verifies("http.challenge", "without a token there is no error parameter", () => {
  expect(replyTo({}, false).headers?.["WWW-Authenticate"]).toBe('Bearer realm="genie-gateway"');
});
verifies("http.challenge", "a refused token is an invalid_token", () => {
  expect(replyTo({}).headers?.["WWW-Authenticate"]).toBe(
    'Bearer realm="genie-gateway", error="invalid_token"',
  );
});
verifies("http.challenge", "Entra's claims travel base64-encoded, whatever they hold", () => {
  const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1\\"\\r\\nX: y"}}}';
  const challenge = replyTo({ code: "insufficient_claims", claims }).headers?.["WWW-Authenticate"];
  const [, encoded = ""] =
    /error="insufficient_claims", claims="([^"]+)"$/.exec(challenge ?? "") ?? [];
  expect(Buffer.from(encoded, "base64").toString()).toBe(claims);
  expect(challenge).not.toMatch(/[\r\n]/);
});
verifies("http.challenge", "only a 401 has one", () => {
  expect(replyTo({ code: "insufficient_scope" }).headers).not.toHaveProperty("WWW-Authenticate");
});

verifies("http.retry-after", "every 429 and 503 has whole seconds, others only when told", () => {
  const isCode = (key: string): key is Failure["code"] => key in ERROR_CATALOGUE;
  for (const code of Object.keys(ERROR_CATALOGUE).filter(isCode)) {
    const { status } = ERROR_CATALOGUE[code];
    const expected = status === 429 || status === 503 ? "10" : undefined;
    expect(replyTo({ code }).headers?.["Retry-After"], code).toBe(expected);
  }
  const seconds = (retryAfterSeconds: number) =>
    replyTo({ code: "rate_limited", retryAfterSeconds }).headers?.["Retry-After"];
  expect(seconds(1_801)).toBe("1801");
  expect(seconds(0.2)).toBe("1");
  expect(seconds(2.1)).toBe("3");
  expect(seconds(-5)).toBe("1");
});
