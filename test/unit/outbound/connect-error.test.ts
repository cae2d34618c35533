// Which errors of fetch prove that no connection came about.

import { expect, test } from "vitest";
import { isConnectError } from "../../../shared/outbound/connect-error.ts";

const anError = (fields: object) => Object.assign(new Error("x"), fields);
const fetchFailed = (cause: unknown) => new TypeError("fetch failed", { cause });

test.each([
  { code: "ECONNREFUSED", syscall: "connect" },
  { code: "ENOTFOUND", syscall: "getaddrinfo" },
  { code: "EAI_AGAIN", syscall: "getaddrinfo" },
  { code: "EHOSTUNREACH", syscall: "connect" },
  { code: "ETIMEDOUT", syscall: "connect" },
  { code: "UND_ERR_CONNECT_TIMEOUT" },
  { code: "ERR_TLS_CERT_ALTNAME_INVALID" },
  { code: "DEPTH_ZERO_SELF_SIGNED_CERT" },
])("%j: nothing was sent", (fields) => {
  expect(isConnectError(fetchFailed(anError(fields)))).toBe(true);
});

test.each([
  { code: "ECONNRESET", syscall: "read" },
  { code: "EHOSTUNREACH", syscall: "read" },
  { code: "ETIMEDOUT", syscall: "read" },
  { code: "EPIPE", syscall: "write" },
  { code: "UND_ERR_SOCKET" },
  { code: "UND_ERR_HEADERS_TIMEOUT" },
  {},
])("%j: something may have been sent", (fields) => {
  expect(isConnectError(fetchFailed(anError(fields)))).toBe(false);
});

test("several addresses: only if none of them was connected", () => {
  const refused = anError({ code: "ECONNREFUSED", syscall: "connect" });
  const read = anError({ code: "ECONNRESET", syscall: "read" });
  expect(isConnectError(fetchFailed(new AggregateError([refused, refused])))).toBe(true);
  expect(isConnectError(fetchFailed(new AggregateError([refused, read])))).toBe(false);
  expect(isConnectError(fetchFailed(new AggregateError([])))).toBe(false);
});

test.each([undefined, null, "ECONNREFUSED", { code: "ECONNREFUSED", syscall: "connect" }])(
  "%j is no error and proves nothing",
  (thrown) => {
    expect(isConnectError(thrown)).toBe(false);
  },
);
