// Every shape of an error reply, as one envelope.

import fc from "fast-check";
import { expect, test } from "vitest";
import { readErrorEnvelope } from "../../../shared/databricks/error-envelope.ts";
import { verifies } from "../../support/verifies.ts";

const NOW = Date.UTC(2026, 10, 23, 12, 0, 0);

const read = (text: string, headers: Record<string, string> = {}, status = 400) =>
  readErrorEnvelope({ status, headers: new Headers(headers), text }, NOW);

verifies("databricks.error-envelopes", "the standard envelope with details", () => {
  const body = {
    error_code: "PERMISSION_DENIED",
    message: "no",
    details: [
      "rubbish",
      { "@type": "type.googleapis.com/google.rpc.RequestInfo", request_id: "b1c2-x" },
      { "@type": "type.googleapis.com/google.rpc.RetryInfo", retry_delay: "1.5s" },
    ],
  };
  expect(read(JSON.stringify(body), {}, 403)).toEqual({
    status: 403,
    errorCode: "PERMISSION_DENIED",
    message: "no",
    requestId: "b1c2-x",
    retryAfterMs: 1_500,
  });
});

verifies("databricks.error-envelopes", "an integer error code", () => {
  const text = '{"error_code":403,"message":"Invalid access token. [ReqId: 8f-1]"}';
  expect(read(text)).toMatchObject({ errorCode: "403", requestId: "8f-1" });
});

verifies("databricks.error-envelopes", "API 1.2, SCIM, plain text, HTML and an empty body", () => {
  expect(read('{"error":"old style"}').message).toBe("old style");
  const scim = { schemas: ["urn:…:Error"], detail: "no such user", status: "404" };
  expect(read(JSON.stringify(scim)).message).toBe("no such user");
  expect(read("INVALID_STATE: too early")).toMatchObject({
    errorCode: "INVALID_STATE",
    message: "too early",
  });
  const page = "<html><title>Error 400</title><body><PRE> wrong aud </PRE></body></html>";
  expect(read(page)).toMatchObject({ errorCode: undefined, message: "Error 400 wrong aud" });
  expect(read("<html><title>Only a title").message).toContain("Only a title");
  expect(read("")).toMatchObject({ errorCode: undefined, message: "", requestId: undefined });
});

verifies("databricks.error-envelopes", "Retry-After of the header wins over the details", () => {
  const body = '{"details":[{"retry_delay":"9s"}]}';
  expect(read(body, { "retry-after": "2" }).retryAfterMs).toBe(2_000);
  const date = new Date(NOW + 4_000).toUTCString();
  expect(read(body, { "retry-after": date }).retryAfterMs).toBe(4_000);
  expect(read(body).retryAfterMs).toBe(9_000);
});

test("the reason phrase stands in for a missing message", () => {
  const reason = { "x-databricks-reason-phrase": "Invalid access token." };
  expect(read("", reason).message).toBe("Invalid access token.");
});

test("what is no code or id is not passed on as one", () => {
  const body = { error_code: "select * from secrets", message: "x" };
  const envelope = read(JSON.stringify(body), { "x-request-id": "a b <script>" });
  expect(envelope).toMatchObject({ errorCode: undefined, requestId: undefined });
});

test("any body and header gives a bounded envelope, never an exception", () => {
  const anyBody = fc.oneof(fc.string(), fc.json(), fc.constant("<pre>".repeat(20_000)));
  fc.assert(
    fc.property(anyBody, fc.integer({ min: 300, max: 599 }), (text, status) => {
      const envelope = read(text, {}, status);
      return envelope.status === status && envelope.message.length <= 4_000;
    }),
  );
});

test("wrong types in every member are survived", () => {
  const any = fc.anything();
  const body = fc.record({ error_code: any, message: any, detail: any, error: any, details: any });
  fc.assert(
    fc.property(body, (value) => {
      const envelope = read(JSON.stringify(value) ?? "");
      expect(typeof envelope.message).toBe("string");
    }),
  );
});
