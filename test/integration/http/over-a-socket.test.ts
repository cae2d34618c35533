// The HTTP layer under the development host with HTTP streaming on, driven byte by byte over TCP: framing that lies,
// chunks, and clients that send on. Every connection must get an answer.

import { connect } from "node:net";
import { describe, expect } from "vitest";
import { useApp } from "../../support/functions-host/use-host.ts";
import { verifies } from "../../support/verifies.ts";

const host = useApp({ appFolder: `${import.meta.dirname}/socket-app` });

const HEAD = [
  "POST /genie/query-obo HTTP/1.1",
  "Host: 127.0.0.1",
  "Authorization: Bearer user",
  "Content-Type: application/json",
  "Connection: close",
].join("\r\n");

/** Sends raw bytes and keeps the connection open until the answer has ended. */
function exchange(...parts: (string | Uint8Array)[]): Promise<string> {
  const { hostname, port } = new URL(host().url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let answer = "";
    const done = () => {
      socket.destroy();
      resolve(answer);
    };
    socket.setEncoding("utf8");
    socket.on("data", (text) => {
      answer += text;
      if (/\r\n0\r\n\r\n$/.test(answer) || isComplete(answer)) done();
    });
    // The other side may close while bytes are still on their way: what counts is what it answered.
    socket.on("error", done);
    socket.on("end", done);
    for (const part of parts) socket.write(part);
  });
}

function isComplete(answer: string): boolean {
  const [head = "", body = ""] = answer.split("\r\n\r\n");
  const length = /content-length: (\d+)/i.exec(head)?.[1];
  return length !== undefined && Buffer.byteLength(body) >= Number(length);
}

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;

verifies("http.question", "a body in small chunks arrives whole", async () => {
  const chunks = [...'{"query":"in pieces"}'].map(chunk);
  const answer = await exchange(
    `${HEAD}\r\nTransfer-Encoding: chunked\r\n\r\n`,
    ...chunks,
    "0\r\n\r\n",
  );
  expect(statusOf(answer)).toBe(200);
  expect(answer).toContain('{"query":"in pieces"}');
});

verifies("http.body-size", "chunks without a length, and without an end, are 413", async () => {
  const chunks = Array.from({ length: 20 }, () => chunk("x".repeat(16 * 1_024)));
  const answer = await exchange(`${HEAD}\r\nTransfer-Encoding: chunked\r\n\r\n`, ...chunks);
  expect(statusOf(answer)).toBe(413);
  expect(answer).toContain("payload_too_large");
});

verifies("http.body-size", "5 MB from a client that reads only at the end are 413", async () => {
  const response = await fetch(`${host().url}/genie/query-obo`, {
    method: "POST",
    headers: { Authorization: "Bearer user", "Content-Type": "application/json" },
    body: "x".repeat(5 * 1_024 * 1_024),
  });
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({ code: "payload_too_large" });
});

verifies(
  "http.hostile-bodies",
  "a Content-Length that is too small cuts the body: 400",
  async () => {
    const answer = await exchange(`${HEAD}\r\nContent-Length: 5\r\n\r\n{"query":"a"}`);
    expect(statusOf(answer)).toBe(400);
  },
);

// A body of declared length is read by the host before it calls us, so these two send chunks.
verifies("http.body-time", "chunks that stop coming are refused in time: 400", async () => {
  const answer = await exchange(
    `${HEAD}\r\nTransfer-Encoding: chunked\r\n\r\n`,
    chunk('{"query":"a"'),
  );
  expect(statusOf(answer)).toBe(400);
  expect(answer).toContain("did not arrive");
});

verifies("http.order-of-checks", "no token: 401 before the body is there", async () => {
  const head = HEAD.replace(/Authorization.*\r\n/, "");
  const answer = await exchange(`${head}\r\nTransfer-Encoding: chunked\r\n\r\n`, chunk("{"));
  expect(statusOf(answer)).toBe(401);
  expect(answer.toLowerCase()).toContain("www-authenticate: bearer realm=");
});

verifies(
  "http.always-answers",
  "a use case that throws answers 500 and does not hang",
  async () => {
    const response = await fetch(`${host().url}/health`);
    expect(response.status).toBe(500);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(await response.json()).toMatchObject({ code: "internal_error" });
  },
);

describe("an event stream", () => {
  const get = (path: string) =>
    fetch(`${host().url}${path}`, { headers: { Authorization: "Bearer user" } });
  const open = (scenario: number) =>
    get(`/genie/operations/${"o".repeat(22)}/events?max_rows=${scenario}`);
  const lastEvent = (text: string) => /event: (\w+)\ndata: (.*)\n\n$/.exec(text)?.slice(1);

  verifies("http.events", "its events arrive while they are made", async () => {
    const response = await get(`/genie/operations/${"o".repeat(22)}`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    expect(response.headers.get("cache-control")).toBe("no-store");
    let text = "";
    for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const sawFirst = text.includes("event: stage");
      text += piece;
      // The next event is made after this alone.
      if (!sawFirst && text.includes("event: stage")) await get("/api/v1/me");
    }
    const [event, data = ""] = lastEvent(text) ?? [];
    expect([event, JSON.parse(data)]).toEqual(["answer", { answer: "Größe\n".repeat(20_000) }]);
  });
  verifies("http.events-bounded", "an error in the middle is a problem, no hang", async () => {
    const [event, data] = lastEvent(await (await open(1)).text()) ?? [];
    expect([event, JSON.parse(data ?? "")]).toMatchObject([
      "problem",
      { status: 500, code: "internal_error", instance: expect.stringContaining("/events") },
    ]);
  });
  verifies("http.events-bounded", "one that hangs ends with its stage, in time", async () => {
    const text = await (await open(2)).text();
    expect(lastEvent(text)).toEqual(["stage", '{"status":"running","stage":"ASKING_AI"}']);
    expect(text.split(": still here\n\n")).toHaveLength(3);
  });
  verifies("http.events", "a bad parameter is a 400, before anything is streamed", async () => {
    const response = await open(-1);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ parameter: "max_rows" }] });
  });
});
