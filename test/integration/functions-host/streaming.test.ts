// The development host with an app that streams HTTP: what reaches a handler, what leaves it, and the traits of
// the real host that the product has to live with (functions-host.md 4.2, 4.4).

import { createServer } from "node:https";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { createCertificates } from "../../../local/certificates.ts";
import { sendRaw } from "../../support/functions-host/send-raw.ts";
import { startFixture, useHost } from "../../support/functions-host/use-host.ts";
import { verifies } from "../../support/verifies.ts";

const host = useHost("streamed-app", { activityTimeoutMs: 700, env: { GIVEN: "yes" } });

verifies("local.host-streaming", "chunks arrive one by one", async () => {
  const answer = await fetch(`${host().url}/api/ticks`);
  const arrivals: number[] = [];
  for await (const _chunk of answer.body ?? []) {
    arrivals.push(performance.now());
  }
  expect(answer.headers.get("content-type")).toBe("text/event-stream");
  expect(arrivals).toHaveLength(3);
  const [first = 0, second = 0, third = 0] = arrivals;
  expect(Math.min(second - first, third - second)).toBeGreaterThan(75);
});

verifies("local.host-streaming", "params hold body and query too; route values win", async () => {
  const answer = await fetch(`${host().url}/api/echo/42?id=7&x=1&q=a&q=b&code=key&Headers=no`, {
    method: "POST",
    headers: { "x-test": "seen" },
    body: JSON.stringify({ id: "body", field: "text", number: 1 }),
  });
  expect(await answer.json()).toEqual({
    url: `${host().url}/api/echo/42?id=7&x=1&q=a&q=b&code=key&Headers=no`,
    params: { id: "42", x: "1", q: "b", field: "text" },
    q: ["a", "b"],
    header: "seen",
    body: '{"id":"body","field":"text","number":1}',
    hook: "by hook",
  });
});

verifies("local.host-streaming", "a chunked upload arrives", async () => {
  const body = ReadableStream.from([Buffer.from("one "), Buffer.from("two")]);
  const answer = await fetch(`${host().url}/api/echo/1`, {
    method: "POST",
    body,
    duplex: "half",
  } as RequestInit);
  expect(await answer.json()).toMatchObject({ body: "one two" });
});

for (const outcome of ["throws", "nothing"]) {
  verifies(
    "local.host-streaming",
    `a handler that ${outcome} leaves the client waiting until the proxy gives up`,
    async () => {
      const started = performance.now();
      const answer = await fetch(`${host().url}/api/${outcome}`);
      expect(answer.status).toBe(500);
      expect(await answer.text()).toBe("");
      expect(performance.now() - started).toBeGreaterThan(650);
    },
  );
}

verifies(
  "local.host-streaming",
  "a body beyond 100 MiB is refused without being read",
  async () => {
    const answer = await sendRaw(
      host().url,
      "POST /api/echo/1 HTTP/1.1\r\nhost: x\r\ncontent-length: 104857601\r\n\r\n",
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  },
);

for (const name of [
  "a b",
  "x@y",
  "[::1",
  "x:99999",
  "x:",
  "a/b",
  "a?b",
  '"><script>',
  "[::1]x",
  "\u00e9",
]) {
  verifies("local.host-headers", `Host: ${name} is refused at once, as Kestrel does`, async () => {
    const request = `GET /api/echo/1 HTTP/1.1\r\nhost: ${name}\r\n\r\n`;
    expect(await sendRaw(host().url, request)).toMatch(/^HTTP\/1\.1 400 .*content-length: 0\r\n/is);
  });
}

for (const name of ["gateway.example", "127.0.0.1:7071", "[::1]:7071", "a_b-c~d", ""]) {
  verifies("local.host-headers", `Host: "${name}" is served`, async () => {
    const request = `GET /api/echo/1 HTTP/1.1\r\nhost: ${name}\r\nconnection: close\r\n\r\n`;
    expect(await sendRaw(host().url, request)).toMatch(/^HTTP\/1\.1 200 /);
  });
}

verifies("local.host-headers", "what concerns the worker's connection stays there", async () => {
  const ask = (version: string, connection: string) =>
    sendRaw(
      host().url,
      `GET /api/echo/1 HTTP/${version}\r\nhost: x\r\nconnection: ${connection}\r\n\r\n`,
    );
  // The socket ends only because the client asked for it.
  const [closed, old] = await Promise.all([ask("1.1", "close"), ask("1.0", "close")]);
  expect(closed).toMatch(/\r\nconnection: close\r\n/i);
  expect(closed).not.toMatch(/\r\n(?:keep-alive|connection: keep-alive)/i);
  expect(old).not.toMatch(/\r\ntransfer-encoding:/i);
});

verifies("local.host-streaming", "a client that goes away disturbs nobody", async () => {
  const leaving = new AbortController();
  const answer = await fetch(`${host().url}/api/ticks`, { signal: leaving.signal });
  await answer.body?.getReader().read();
  leaving.abort();
  expect((await fetch(`${host().url}/api/echo/1`)).status).toBe(200);
});

test("strange request targets do not end the host", async () => {
  for (const target of ["//", "/%", "/%zz?%", "*", "http://example.invalid/api/echo/1"]) {
    const request = `GET ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`;
    expect(await sendRaw(host().url, request)).toMatch(/^HTTP\/1\.1 404 /);
  }
});

test("the app sees its settings, the host's name, its folder, and nothing of this process", async () => {
  vi.stubEnv("STRAY", "a variable of the developer's shell");
  const own = await startFixture("streamed-app", { env: { GIVEN: "yes" } });
  const { port } = new URL(own.url);
  expect(await (await fetch(`${own.url}/api/settings`)).json()).toEqual({
    host: `localhost:${port}`,
    given: "yes",
    stray: null,
    folder: join(import.meta.dirname, "../../support/functions-host/streamed-app"),
  });
  await own.stop();
});

verifies(
  "local.host-life",
  "hooks run at both ends and stop takes less than a second",
  async () => {
    const own = await startFixture("streamed-app");
    await fetch(`${own.url}/api/echo/1`);
    const open = await fetch(`${own.url}/api/ticks`);
    const started = performance.now();
    await own.stop();
    expect(performance.now() - started).toBeLessThan(1000);
    await expect(open.text()).rejects.toThrow();
    expect(own.output()).toContain("app started");
    expect(own.output()).toContain("log text replaced by hook");
    expect(own.output()).toContain("app terminated");
    await expect(own.exited).resolves.toBe(0);
    await own.stop();
  },
);

verifies("local.host-life", "a killed host is gone at once, without its hooks", async () => {
  const own = await startFixture("streamed-app");
  await own.kill();
  await expect(fetch(`${own.url}/api/echo/1`)).rejects.toThrow();
  expect(own.output()).not.toContain("app terminated");
  await own.stop();
});

test("the app trusts the certificate authority that is handed in, and not without it", async () => {
  const tls = await createCertificates();
  const server = createServer(tls, (_request, response) => response.end("over https"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const trusting = await startFixture("streamed-app", { trustedCa: tls.caPem });
  const outgoing = `/api/outgoing?to=https://localhost:${port}/`;
  expect(await (await fetch(trusting.url + outgoing)).text()).toBe("over https");
  expect((await fetch(host().url + outgoing)).status).toBe(500);
  await trusting.stop();
  server.close();
});
