import { expect, test } from "vitest";
import {
  emptyInternalError,
  temporarilyUnavailable,
} from "../../../../local/databricks/refusals.ts";
import { aWorkspace, GENIE } from "./a-workspace.ts";

test("a planned reply is given as often as it says, to the route and caller it names", async () => {
  const { get, simulator } = await aWorkspace();
  const body = "<html><title>Bad gateway</title></html>";
  simulator.fault({
    route: "getSpace",
    caller: "oid-analyst",
    times: 2,
    action: { kind: "reply", status: 502, headers: { "Content-Type": "text/html" }, body },
  });
  expect((await get(GENIE, "manager")).status).toBe(200);
  expect((await get("/api/2.0/genie/spaces")).status).toBe(200);
  expect(await get(GENIE)).toMatchObject({ status: 502, text: body });
  expect((await get(GENIE)).status).toBe(502);
  expect((await get(GENIE)).status).toBe(200);
});

test("refusals of the catalogue can be planned, also an empty 500", async () => {
  const { get, simulator } = await aWorkspace();
  simulator.fault({ route: "*", action: { kind: "refuse", refusal: temporarilyUnavailable(7) } });
  simulator.fault({ route: "*", action: { kind: "refuse", refusal: emptyInternalError } });
  const unavailable = await get(GENIE);
  expect(unavailable).toMatchObject({
    status: 503,
    body: { error_code: "TEMPORARILY_UNAVAILABLE" },
  });
  expect(unavailable.headers.get("retry-after")).toBe("7");
  expect(await get(GENIE)).toMatchObject({ status: 500, text: "" });
});

test("a connection may break before or after the question was taken", async () => {
  const { post, simulator } = await aWorkspace();
  const ask = () => post(`${GENIE}/start-conversation`, { content: "one" });
  simulator.fault({ route: "startConversation", action: { kind: "drop" } });
  await expect(ask()).rejects.toThrow("fetch failed");
  expect(simulator.asks()).toHaveLength(0);
  simulator.fault({ route: "startConversation", action: { kind: "drop" }, when: "after" });
  await expect(ask()).rejects.toThrow("fetch failed");
  expect(simulator.asks()).toHaveLength(1);
  simulator.fault({ route: "startConversation", action: { kind: "cut_body" } });
  await expect(ask()).rejects.toThrow("terminated");
  expect(simulator.asks()).toHaveLength(2);
  simulator.fault({
    route: "startConversation",
    action: { kind: "reply", status: 503, body: "" },
    when: "after",
  });
  expect((await ask()).status).toBe(503);
  expect(simulator.asks()).toHaveLength(3);
});

test("a hanging request is let go when the client leaves or the simulator closes", async () => {
  const { simulator } = await aWorkspace();
  const headers = { Authorization: "Bearer analyst" };
  simulator.fault({ route: "getSpace", action: { kind: "hang" }, times: 2 });
  const arrived = async (calls: number) => {
    while (simulator.calls({ route: "getSpace" }).length < calls) await new Promise(setImmediate);
  };
  const leaving = new AbortController();
  const given = fetch(simulator.url + GENIE, { headers, signal: leaving.signal });
  await arrived(1);
  leaving.abort();
  await expect(given).rejects.toThrow();
  const left = fetch(simulator.url + GENIE, { headers }).catch(() => "closed");
  await arrived(2);
  await simulator.close();
  expect(await left).toBe("closed");
});

test("an answer may come late, when the test says so", async () => {
  const { get, simulator } = await aWorkspace();
  const gate = Promise.withResolvers<void>();
  simulator.fault({ route: "getSpace", action: { kind: "delay", ms: 1, until: gate.promise } });
  const order: string[] = [];
  const late = get(GENIE).then(() => order.push("late"));
  await get("/api/2.0/genie/spaces").then(() => order.push("other"));
  gate.resolve();
  await late;
  expect(order).toEqual(["other", "late"]);
});

test("faults can be cleared; calls are counted by route and caller, without a token", async () => {
  const { get, simulator } = await aWorkspace();
  simulator.fault({ route: "*", action: { kind: "drop" }, times: Number.POSITIVE_INFINITY });
  simulator.clearFaults();
  await get(`${GENIE}?x=1`);
  await get(GENIE, "other");
  await get(GENIE, "expired");
  await get("/nothing");
  expect(simulator.calls()).toHaveLength(4);
  expect(simulator.calls({ route: "getSpace", caller: "oid-other" })).toHaveLength(1);
  expect(simulator.calls({ route: "unknown" })).toMatchObject([
    { method: "GET", path: "/nothing" },
  ]);
  expect(simulator.calls({ route: "getSpace" })[0]).toMatchObject({ path: `${GENIE}?x=1` });
  expect(JSON.stringify(simulator.calls())).not.toContain("expired");
  simulator.clearCalls();
  expect(simulator.calls()).toEqual([]);
});
