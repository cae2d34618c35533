// The development host with an app that does not stream: buffered exchange, routes, keys, functions in error.

import { expect, test } from "vitest";
import { sendRaw } from "../../support/functions-host/send-raw.ts";
import { startFixture, useHost } from "../../support/functions-host/use-host.ts";
import { verifies } from "../../support/verifies.ts";

const host = useHost("buffered-app", {
  keys: { master: "key-master", host: ["key-host"], functions: { locked: ["key-own"] } },
  env: { "AzureWebJobs.Off.Disabled": "true" },
});

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${host().url}${path}`, { headers });

verifies("local.host-buffering", "the answer arrives as the handler gave it", async () => {
  const answer = await fetch(`${host().url}/api/echo/7?q=a&q=b&x=1`, {
    method: "POST",
    body: "text",
  });
  expect(answer.status).toBe(201);
  expect(answer.headers.get("x-answer")).toBe("yes");
  expect(answer.headers.get("set-cookie")).toBe("crumb=one; Path=/; HttpOnly");
  expect(await answer.json()).toEqual({ params: { id: "7" }, q: "a,b", body: "text" });
});

verifies("local.host-buffering", "a chunked upload arrives empty", async () => {
  const body = ReadableStream.from([Buffer.from("one "), Buffer.from("two")]);
  const request = { method: "POST", body, duplex: "half" } as RequestInit;
  const answer = await fetch(`${host().url}/api/echo/7`, request);
  expect(await answer.json()).toMatchObject({ body: "" });
});

verifies("local.host-buffering", "a throw is an empty 500, nothing is 204", async () => {
  const thrown = await get("/api/throws");
  expect(thrown.status).toBe(500);
  expect(await thrown.text()).toBe("");
  expect((await get("/api/nothing")).status).toBe(204);
});

verifies("local.host-routing", "the first function by name takes the route", async () => {
  expect(await (await get("/api/items/stats")).text()).toBe("bItem");
  const posted = await fetch(`${host().url}/api/items/stats`, { method: "POST" });
  expect(await posted.text()).toBe("aList");
});

verifies("local.host-routing", "matching ignores case and closing slashes", async () => {
  expect((await get("/API/Open/")).status).toBe(200);
});

verifies("local.host-routing", "what is not served is an empty 404", async () => {
  const unknown = ["/api/unknown", "/open", "/api/echo/word", "/api/open/more", "/"];
  for (const path of unknown) {
    const answer = await get(path);
    expect([path, answer.status, await answer.text()]).toEqual([path, 404, ""]);
  }
  const wrongMethod = await fetch(`${host().url}/api/open`, { method: "DELETE" });
  expect(wrongMethod.status).toBe(404);
});

verifies("local.host-keys", "an anonymous function needs no key", async () => {
  expect((await get("/api/open")).status).toBe(200);
});

const keyCases = [
  { path: "/api/locked", opens: ["key-own", "key-host", "key-master"], not: ["", "wrong"] },
  { path: "/api/master", opens: ["key-master"], not: ["", "key-own", "key-host"] },
];

for (const { path, opens, not } of keyCases) {
  verifies("local.host-keys", `${path} opens to its keys alone`, async () => {
    for (const key of opens) {
      expect((await get(path, { "x-functions-key": key })).status).toBe(200);
      expect((await get(`${path}?code=${key}`)).status).toBe(200);
    }
    for (const key of not) {
      const answer = await get(path, { "x-functions-key": key });
      expect([key, answer.status, await answer.text()]).toEqual([key, 401, ""]);
    }
  });
}

verifies("local.host-keys", "the header wins over the query parameter", async () => {
  const answer = await get("/api/locked?code=key-own", { "x-functions-key": "wrong" });
  expect(answer.status).toBe(401);
});

verifies("local.host-loading", "a function that cannot be served is in error, alone", () => {
  const errors = host().functions.flatMap(({ name, error }) =>
    error ? [`${name}: ${error}`] : [],
  );
  expect(errors).toEqual([
    expect.stringContaining("reserved: The specified route conflicts"),
    expect.stringContaining("strange: The binding type 'carrierPigeonTrigger' is not served"),
    expect.stringContaining("twinB: The route specified conflicts"),
  ]);
  expect(host().output()).toContain("The 'strange' function is in error");
});

verifies(
  "local.host-loading",
  "functions are listed in matching order with what they declare",
  () => {
    const served = host().functions.filter(({ error }) => error === undefined);
    expect(served.map(({ name }) => name)).toEqual([
      "aList",
      "bItem",
      "cStats",
      "echo",
      "locked",
      "master",
      "nothing",
      "open",
      "throws",
      "twinA",
    ]);
    expect(served[4]).toEqual({
      name: "locked",
      route: "api/locked",
      methods: ["GET", "POST"],
      authLevel: "function",
    });
  },
);

verifies("local.host-routing", "settings change the prefix and disable functions", async () => {
  const own = await startFixture("buffered-app", {
    env: {
      AzureFunctionsJobHost__extensions__http__routePrefix: "",
      "AzureWebJobs.bItem.Disabled": "true",
      AzureWebJobs__open__Disabled: "1",
    },
  });
  expect((await fetch(`${own.url}/twin`)).status).toBe(200);
  expect((await fetch(`${own.url}/open`)).status).toBe(404);
  expect((await fetch(`${own.url}/items/stats`)).status).toBe(404);
  await own.stop();
});

verifies("local.host-keys", "without given keys a locked function has a made-up one", async () => {
  const own = await startFixture("buffered-app");
  expect((await fetch(`${own.url}/api/locked`)).status).toBe(401);
  const [key = ""] = own.keys.host;
  expect(key.length).toBeGreaterThan(30);
  const answer = await fetch(`${own.url}/api/locked`, { headers: { "x-functions-key": key } });
  expect(answer.status).toBe(200);
  await own.stop();
});

verifies(
  "local.host-loading",
  "an app that cannot be loaded has no function and says why",
  async () => {
    const own = await startFixture("faulty-app");
    expect(own.functions).toEqual([]);
    expect((await fetch(`${own.url}/api/anything`)).status).toBe(404);
    expect(own.output()).toContain("unable to load entry point");
    expect(own.output()).toContain("cannot be loaded");
    expect(own.output()).toContain("0 functions found");
    await own.stop();
  },
);

test("a port that is taken is an error that says so", async () => {
  const { port } = new URL(host().url);
  await expect(startFixture("buffered-app", { port: Number(port) })).rejects.toThrow(/EADDRINUSE/);
});

test("a faulty host.json value is an error that names it", async () => {
  const env = { AzureFunctionsJobHost__functionTimeout: "soon" };
  await expect(startFixture("buffered-app", { env })).rejects.toThrow(/functionTimeout/);
});

test("a body beyond 100 MiB is 413", async () => {
  const answer = await sendRaw(
    host().url,
    "POST /api/echo/1 HTTP/1.1\r\nhost: x\r\ncontent-length: 104857601\r\n\r\n",
  );
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
});
