// The base of the simulators: bounds, replies, faults and the request log.

import { afterEach, expect, test, vi } from "vitest";
import {
  type LoopbackOptions,
  type LoopbackServer,
  startLoopbackServer,
} from "../../../local/loopback-server.ts";

const open: LoopbackServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function aServer(options: Partial<LoopbackOptions> = {}): Promise<LoopbackServer> {
  const server = await startLoopbackServer({
    handle: () => ({ status: 200, body: { ok: true } }),
    ...options,
  });
  open.push(server);
  return server;
}

test("listens on the loopback address alone and serves JSON", async () => {
  const server = await aServer();
  const reply = await fetch(server.url);
  expect(new URL(server.url).hostname).toBe("127.0.0.1");
  expect(reply.headers.get("content-type")).toBe("application/json; charset=utf-8");
  expect(await reply.json()).toEqual({ ok: true });
});

test("a body beyond the bound is 413 and never reaches the handler", async () => {
  const handle = vi.fn(() => ({ status: 200 }));
  const server = await aServer({ handle, maxBodyBytes: 10 });
  const post = (body: string) => fetch(server.url, { method: "POST", body });
  expect((await post("x".repeat(11))).status).toBe(413);
  expect(handle).not.toHaveBeenCalled();
  expect((await post("x".repeat(10))).status).toBe(200);
});

test("the log shows method, path and status, but no query and no header value", async () => {
  const server = await aServer();
  await fetch(`${server.url}/a?code=hidden`, { headers: { authorization: "Bearer hidden" } });
  expect(server.requests).toEqual([
    { method: "GET", path: "/a", status: 200, authorization: true },
  ]);
});

test("a failing handler is 500 and its message stays out of the output", async () => {
  const output = vi.spyOn(console, "error").mockReturnValue();
  const handle = () => {
    throw new Error("hidden");
  };
  const server = await aServer({ handle });
  expect((await fetch(server.url)).status).toBe(500);
  expect(output).toHaveBeenCalledOnce();
  expect(JSON.stringify(output.mock.calls)).not.toContain("hidden");
});

test("a request line that is no URL ends the connection, not the server", async () => {
  const server = await aServer();
  await expect(fetch(`${server.url}//`)).rejects.toThrow();
  expect((await fetch(server.url)).status).toBe(200);
});

test("a held request is answered when the test says so", async () => {
  const server = await aServer();
  const gate = Promise.withResolvers<void>();
  server.injectFault({ until: gate.promise, times: 1 });
  const held = fetch(server.url);
  expect((await fetch(server.url)).status).toBe(200);
  expect(server.requests.map(({ status }) => status)).toEqual([0, 200]);
  gate.resolve();
  expect((await held).status).toBe(200);
});

test("faults are met in the order they were ordered, each as often as ordered", async () => {
  const server = await aServer();
  server.injectFault({ path: "/a", status: 503, times: 1 });
  server.injectFault({ status: 502, body: "<html>", headers: { "content-type": "text/html" } });
  const statuses: number[] = [];
  for (const path of ["/b", "/a", "/a"]) statuses.push((await fetch(server.url + path)).status);
  server.clearFaults();
  statuses.push((await fetch(server.url)).status);
  expect(statuses).toEqual([502, 503, 502, 200]);
});

test("closing ends hanging requests, and a taken port is an error", async () => {
  const server = await aServer();
  const port = Number(new URL(server.url).port);
  await expect(aServer({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  server.injectFault({ hang: true });
  const hanging = fetch(server.url);
  await expect.poll(() => server.requests.length).toBe(1);
  await server.close();
  await expect(hanging).rejects.toThrow();
});
