import { expect, test } from "vitest";
import { at, aWorkspace, textAt } from "./a-workspace.ts";

const ONE_STAGE = [{ status: "ASKING_AI", forMs: 10 }];

test("stages may be unknown, skipped and repeated", async () => {
  const { ask, get, clock, simulator } = await aWorkspace();
  const statuses = ["IN_PROGRESS", "EXECUTING_QUERY", "ASKING_AI", "EXECUTING_QUERY"];
  simulator.script("", {
    stages: statuses.map((status) => ({ status, forMs: 10 })),
    replyStatus: "IN_PROGRESS",
  });
  const { message, reply } = await ask("anything");
  expect(at(reply.body, "message", "status")).toBe("IN_PROGRESS");
  const seen = [];
  for (let poll = 0; poll < 5; poll += 1) {
    seen.push(at((await get(message)).body, "status"));
    clock.now += 10;
  }
  expect(seen).toEqual([...statuses, "COMPLETED"]);
});

test.each([
  [{ kind: "cancelled" }, { status: "CANCELLED" }],
  [{ kind: "expired" }, { status: "QUERY_RESULT_EXPIRED" }],
  [{ kind: "never" }, { status: "ASKING_AI" }],
  [
    { kind: "failed", type: "CONTENT_FILTER_EXCEPTION", error: "filtered" },
    { status: "FAILED", error: { error: "filtered", type: "CONTENT_FILTER_EXCEPTION" } },
  ],
] as const)("outcome %o", async (outcome, expected) => {
  const { ask, get, clock, simulator } = await aWorkspace();
  simulator.script("", { stages: ONE_STAGE, outcome });
  const { message } = await ask("anything");
  clock.now += 3_600_000;
  expect((await get(message)).body).toMatchObject(expected);
});

test("a script is for the questions that match, as often as it says", async () => {
  const { ask, get, clock, simulator } = await aWorkspace();
  simulator.script(/^rare/, { times: 2, stages: [], outcome: { kind: "cancelled" } });
  simulator.script(({ caller }) => caller.userName.startsWith("other"), {
    stages: [],
    outcome: { kind: "never" },
  });
  const status = async (question: string, token: string) => {
    const { message } = await ask(question, token);
    clock.now += 20_000;
    return at((await get(message, token)).body, "status");
  };
  expect(await status("common", "analyst")).toBe("COMPLETED");
  expect(await status("rare 1", "analyst")).toBe("CANCELLED");
  expect(await status("rare 2", "analyst")).toBe("CANCELLED");
  expect(await status("rare 3", "analyst")).toBe("COMPLETED");
  expect(await status("common", "other")).toBe("SUBMITTED");
  simulator.script("", { outcome: { kind: "never" } });
  simulator.clearScripts();
  expect(await status("common", "analyst")).toBe("COMPLETED");
});

test("two queries with a superseded text come one after the other", async () => {
  const { ask, get, clock, simulator } = await aWorkspace();
  const query = (title: string) => ({ kind: "query", title, sql: `SELECT '${title}'` }) as const;
  simulator.script("", {
    stages: ["ASKING_AI", "EXECUTING_QUERY", "ASKING_AI", "EXECUTING_QUERY"].map((status) => ({
      status,
      forMs: 10,
    })),
    attachments: [
      { kind: "text", content: "thinking", phase: "RESPONSE_PHASE_THINKING" },
      query("first"),
      { kind: "text", content: "superseded", appears: { stage: 2 }, withId: true },
      query("second"),
      { kind: "suggestions", questions: ["more?"] },
      { kind: "text", content: "answer", purpose: "TEXT_ATTACHMENT_PURPOSE_ANSWER" },
      { kind: "raw", wire: { attachment_id: "x", hologram: {} } },
    ],
    result: { columns: [{ name: "n", type: "LONG" }], rows: [["1"]] },
  });
  const { message } = await ask("anything");
  const counts = [];
  for (let poll = 0; poll < 5; poll += 1) {
    const { body } = await get(message);
    counts.push(Object(at(body, "attachments")).length);
    clock.now += 10;
  }
  expect(counts).toEqual([1, 2, 3, 4, 7]);
  const { body } = await get(message);
  expect(at(body, "attachments", 0)).toEqual({
    text: { content: "thinking", phase: "RESPONSE_PHASE_THINKING" },
  });
  expect(at(body, "attachments", 2, "attachment_id")).toMatch(/^[0-9a-f]{32}$/);
  expect(at(body, "attachments", 6)).toEqual({ attachment_id: "x", hologram: {} });
  expect(textAt(body, "attachments", 1, "query", "statement_id")).not.toBe(
    textAt(body, "attachments", 3, "query", "statement_id"),
  );
});

test("an attachment may come without its id, and without rows", async () => {
  const { ask, get, simulator } = await aWorkspace();
  simulator.script("", {
    stages: [],
    attachments: [{ kind: "query", sql: "SELECT 1", withId: false, result: null }],
  });
  const { message } = await ask("anything");
  expect(at((await get(message)).body, "attachments")).toEqual([{ query: { query: "SELECT 1" } }]);
});

test("a person can end a running message; what was not shown never shows", async () => {
  const { ask, get, clock, simulator } = await aWorkspace();
  const { message, messageId } = await ask("delays");
  clock.now += 100;
  simulator.endMessage(messageId);
  clock.now += 100_000;
  const { body } = await get(message);
  expect(body).toMatchObject({ status: "CANCELLED" });
  expect(body).not.toHaveProperty("attachments");
  expect(() => simulator.endMessage(messageId)).toThrow("already final");
  const early = await ask("delays");
  simulator.endMessage(early.messageId, { kind: "completed" });
  expect(at((await get(early.message)).body, "attachments", 2, "text", "content")).toBe(
    "2 carriers.",
  );
});

test("a visualisation comes only when it was asked for", async () => {
  const { ask, get, clock, simulator } = await aWorkspace();
  const without = await ask("delays");
  const withPicture = await ask("delays", "analyst", { enable_visualization: true });
  clock.now += 20_000;
  expect(JSON.stringify((await get(without.message)).body)).not.toContain("viz");
  const { body } = await get(withPicture.message);
  expect(at(body, "attachments", 1, "viz")).toEqual({
    query_attachment_id: at(body, "attachments", 0, "attachment_id"),
    title: "Delays",
  });
  const path = `${withPicture.message}/attachments/${textAt(body, "attachments", 1, "attachment_id")}`;
  const png = await fetch(`${simulator.url}${path}/download-visualization`, {
    headers: { Authorization: "Bearer analyst" },
  });
  expect(png.headers.get("content-type")).toBe("image/png");
  expect(
    Buffer.from(await png.arrayBuffer())
      .subarray(1, 4)
      .toString(),
  ).toBe("PNG");
  const queryId = textAt(body, "attachments", 0, "attachment_id");
  expect(
    (await get(`${withPicture.message}/attachments/${queryId}/download-visualization`)).status,
  ).toBe(404);
});
