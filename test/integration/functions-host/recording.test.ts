// The answers that the development host writes down for the check of the API document: what stands there, and what
// does not.

import { globSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import type { RecordedExchange } from "../../../local/functions-host/http/record-exchange.ts";
import type { FunctionsHost } from "../../../local/functions-host/start-functions-host.ts";
import { eventually } from "../../support/eventually.ts";
import { type FixtureApp, startFixture } from "../../support/functions-host/use-host.ts";
import { verifies } from "../../support/verifies.ts";

type Use = (host: FunctionsHost) => Promise<void>;

/** Runs an app with recording and gives the lines, and the first of them where there is only one. */
async function recorded(app: FixtureApp, count: number, use: Use): Promise<RecordedExchange[]> {
  const recordFolder = await mkdtemp(join(tmpdir(), "recorded-"));
  const host = await startFixture(app, { recordFolder });
  try {
    await use(host);
    return await eventually(() => {
      const lines = globSync(join(recordFolder, "*.jsonl")).flatMap((file) =>
        readFileSync(file, "utf8").trimEnd().split("\n"),
      );
      expect(lines).toHaveLength(count);
      return lines.map((line) => JSON.parse(line) as RecordedExchange);
    });
  } finally {
    await host.stop();
    await rm(recordFolder, { recursive: true });
  }
}

for (const [app, route, status] of [
  ["streamed-app", "api/echo/{id}/{sub?}", 200],
  ["buffered-app", "api/echo/{id:int}", 201],
] as const) {
  verifies("local.host-recording", `${app}: one line per answer`, async () => {
    let text = "";
    const [exchange] = await recorded(app, 1, async ({ url }) => {
      const authorization = "Bearer not-for-the-file";
      const body = "of the request";
      const answer = await fetch(`${url}/api/echo/1?q=%C3%BC`, {
        method: "POST",
        headers: { authorization },
        body,
      });
      text = await answer.text();
    });
    expect(exchange).toMatchObject({
      method: "POST",
      path: "/api/echo/1?q=%C3%BC",
      route,
      status,
      headers: { "content-type": "application/json" },
      body: text,
      encoding: "utf8",
      size: Buffer.byteLength(text),
      isCutOff: false,
      isComplete: true,
    });
    expect(JSON.stringify(exchange)).not.toContain("not-for-the-file");
  });
}

verifies("local.host-recording", "chunks are put together, in order", async () => {
  const [exchange] = await recorded("streamed-app", 1, async ({ url }) => {
    await (await fetch(`${url}/api/ticks`)).text();
  });
  expect(exchange).toMatchObject({ body: "data: 1\n\ndata: 2\n\ndata: 3\n\n", isComplete: true });
});

verifies(
  "local.host-recording",
  "a client that goes away leaves an incomplete answer",
  async () => {
    const [exchange] = await recorded("streamed-app", 1, async ({ url }) => {
      const leaving = new AbortController();
      const answer = await fetch(`${url}/api/ticks`, { signal: leaving.signal });
      await answer.body?.getReader().read();
      leaving.abort();
    });
    expect(exchange).toMatchObject({ status: 200, isComplete: false });
  },
);

verifies("local.host-recording", "of a large answer the first MiB, text or not", async () => {
  const large = "ü".repeat(1_048_576); // two bytes each; with the quote in front the cut splits one
  const [exchange] = await recorded("streamed-app", 1, async ({ url }) => {
    const answer = await fetch(`${url}/api/echo/1`, { method: "POST", body: large });
    expect(await answer.json()).toMatchObject({ body: large });
  });
  expect(exchange).toMatchObject({ isCutOff: true, isComplete: true, encoding: "utf8" });
  expect(exchange?.size).toBeGreaterThan(2 * 1_048_576);
  const kept = Buffer.byteLength(exchange?.body ?? "");
  expect(kept).toBeGreaterThan(1_048_570);
  expect(kept).toBeLessThanOrEqual(1_048_576);
});

verifies("local.host-recording", "what the host answers by itself names no route", async () => {
  const [unknown, wrongMethod] = await recorded("streamed-app", 2, async ({ url }) => {
    await fetch(`${url}/api/nowhere`);
    await fetch(`${url}/api/echo/1`, { method: "DELETE" });
  });
  expect([unknown, wrongMethod]).toEqual([
    expect.objectContaining({ status: 404, body: "", path: "/api/nowhere" }),
    expect.objectContaining({ status: 404, body: "", path: "/api/echo/1" }),
  ]);
  expect([unknown, wrongMethod].filter((each) => each?.route !== undefined)).toEqual([]);
});
