// The headers a caller may send: request id, trace, idempotency key, content type.

import { describe, expect } from "vitest";
import { expectJson } from "../../../shared/http/content-type.ts";
import { readIdempotencyKey } from "../../../shared/http/idempotency-key.ts";
import { requestIdOf } from "../../../shared/http/request-id.ts";
import { continueTrace } from "../../../shared/http/trace-context.ts";
import { verifies } from "../../support/verifies.ts";

describe("X-Request-Id", () => {
  const idFor = (value: string) => requestIdOf(new Headers({ "X-Request-Id": value }));

  for (const id of ["a", "0123.abc_DEF-9", "x".repeat(64)]) {
    verifies("http.headers", `keeps ${id}`, () => expect(idFor(id)).toBe(id));
  }
  for (const id of ["", "x".repeat(65), "a b", "a/b", "ä", 'a"b', "a, b"]) {
    verifies("http.headers", `replaces ${JSON.stringify(id)}`, () => {
      expect(idFor(id)).toMatch(/^[0-9a-f-]{36}$/);
    });
  }
  verifies("http.headers", "makes one where none was sent, never twice the same", () => {
    expect(requestIdOf(new Headers())).not.toBe(requestIdOf(new Headers()));
  });
});

describe("traceparent", () => {
  const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  const SPAN = "00f067aa0ba902b7";
  const traceFor = (traceparent: string) => continueTrace(new Headers({ traceparent }));

  verifies("http.trace", "the trace goes on under a span of our own, flags kept", () => {
    const trace = traceFor(`00-${TRACE}-${SPAN}-01`);
    expect(trace?.traceId).toBe(TRACE);
    expect(trace?.traceparent).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`));
    expect(trace?.traceparent).not.toContain(SPAN);
  });
  verifies("http.trace", "a later version is read as far as we know it", () => {
    expect(traceFor(`01-${TRACE}-${SPAN}-00-more`)?.traceparent).toMatch(/^00-.*-00$/);
  });
  for (const [what, value] of [
    ["an id of zeros", `00-${"0".repeat(32)}-${SPAN}-01`],
    ["a parent of zeros", `00-${TRACE}-${"0".repeat(16)}-01`],
    ["version ff", `ff-${TRACE}-${SPAN}-01`],
    ["version 00 with more", `00-${TRACE}-${SPAN}-01-x`],
    ["capital letters", `00-${TRACE.toUpperCase()}-${SPAN}-01`],
    ["rubbish", "hello"],
    ["two of them", `00-${TRACE}-${SPAN}-01, 00-${TRACE}-${SPAN}-01`],
    ["nothing", ""],
  ] as const) {
    verifies("http.trace", `${what} is ignored`, () => expect(traceFor(value)).toBeNull());
  }
});

describe("Idempotency-Key", () => {
  const keyOf = (value: string) =>
    readIdempotencyKey(new Headers({ "Idempotency-Key": value }), "optional");

  for (const key of ["a", '"quoted"', "~!#", "k".repeat(255)]) {
    verifies("http.idempotency-key", `takes ${key} literally`, () => {
      expect(keyOf(key)).toEqual({ value: key });
    });
  }
  for (const key of ["", "a b", "ä", "k".repeat(256), "one, two"]) {
    verifies("http.idempotency-key", `refuses ${JSON.stringify(key)}`, () => {
      expect(keyOf(key)).toEqual({
        faults: [
          { parameter: "Idempotency-Key", detail: "must be 1 to 255 visible ASCII characters" },
        ],
      });
    });
  }
  verifies("http.idempotency-key", "is null where none was sent, and a fault where it must", () => {
    expect(readIdempotencyKey(new Headers(), "optional")).toEqual({ value: null });
    expect(readIdempotencyKey(new Headers(), "required")).toEqual({
      faults: [{ parameter: "Idempotency-Key", detail: "is required" }],
    });
    const headers = new Headers({ "Idempotency-Key": "k" });
    expect(readIdempotencyKey(headers, "required")).toEqual({ value: "k" });
  });
});

describe("Content-Type", () => {
  for (const type of [
    "application/json",
    "Application/JSON; charset=utf-8",
    "application/json;odata=verbose",
    "application/problem+json",
    "application/vnd.a.b-c+json; v=1",
  ]) {
    verifies("http.content-type", `takes ${type}`, () => {
      expect(() => expectJson(new Headers({ "Content-Type": type }))).not.toThrow();
    });
  }
  for (const type of [
    "",
    "text/plain",
    "text/json",
    "application/jsonp",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=application/json",
    "text/plain; application/json",
    "application/json, text/plain",
    "application/+json",
  ]) {
    verifies("http.content-type", `refuses ${JSON.stringify(type)}`, () => {
      expect(() => expectJson(new Headers({ "Content-Type": type }))).toThrow(
        /^unsupported_media_type/,
      );
    });
  }
  verifies("http.content-type", "refuses a compressed body", () => {
    const headers = { "Content-Type": "application/json", "Content-Encoding": "gzip" };
    expect(() => expectJson(new Headers(headers))).toThrow(/Content-Encoding/);
  });
});
