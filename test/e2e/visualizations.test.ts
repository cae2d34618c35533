// Pictures of visualisations over HTTP: real bytes from the simulated workspace, and what is no picture never leaves.

import { describe, expect } from "vitest";
import type { FaultAction } from "../../local/databricks/control/faults.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { answerOf, ask, call, faultyPlaces, problemOf } from "./gateway-client.ts";
import { scriptedQuestions } from "./scripted-questions.ts";

const stand = useStand("visualizations");
const questions = scriptedQuestions(stand);
const PNG_SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const ROUTE = "downloadMessageAttachmentVisualization";

const get = (path: string) => call(stand(), { path, as: "analyst" });

/** An answer with one picture, and the link to it. */
async function charted(space = "default") {
  const attachments = [
    { kind: "query", title: "Sales", sql: "SELECT 1" },
    { kind: "viz", title: "Sales by region" },
  ] as const;
  const result = { columns: [{ name: "n", type: "INT" }], rows: [["1"], ["2"]] };
  const script = { stages: [], attachments, result };
  const answer = answerOf(await questions.ask(script, { body: { space } }));
  return { answer, link: answer.visualizations[0]?.links?.png ?? "" };
}

/** The status and code of a picture that Databricks answers in this way. */
async function faulty(action: FaultAction, when: "before" | "after" = "before") {
  const { link } = await charted();
  stand().databricks.fault({ route: ROUTE, action, when, times: Number.POSITIVE_INFINITY });
  const reply = await get(link);
  stand().databricks.clearFaults();
  return reply;
}

describe("a picture", () => {
  verifies("reading.visualizations", "of a real question: PNG bytes and safe headers", async () => {
    const answer = answerOf(await ask(stand(), "analyst", { query: "average delay by carrier" }));
    const [chart] = answer.visualizations;
    const reply = await get(chart?.links?.png ?? "");
    expect(reply.status).toBe(200);
    expect(reply.bytes.subarray(0, 8)).toEqual(PNG_SIGNATURE);
    expect(reply.bytes.byteLength).toBeGreaterThan(500);
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      "content-type": "image/png",
      "content-disposition": `inline; filename="visualization-${chart?.attachment_id}.png"`,
      "content-security-policy": "default-src 'none'; sandbox",
    });
  });

  verifies("reading.visualizations", "arrives whole: the bytes that Databricks gave", async () => {
    const body = Buffer.concat([PNG_SIGNATURE, Buffer.alloc(3_000_000, 0xab)]);
    const reply = await faulty({ kind: "reply", status: 200, body });
    expect(reply.status).toBe(200);
    expect(Buffer.compare(reply.bytes, body)).toBe(0);
  });

  verifies("answers.links", "of another space: its link says so", async () => {
    const { link } = await charted("showcase");
    expect(new URL(link).searchParams.get("space")).toBe("showcase");
    expect((await get(link)).status).toBe(200);
    problemOf(await get(link.split("?")[0] ?? ""), 404, "attachment_not_found");
  });

  verifies("reading.visualizations", "as an app, in its own conversation", async () => {
    const answer = answerOf(await ask(stand(), "app", { query: "average delay by carrier" }));
    const path = answer.visualizations[0]?.links?.png ?? "";
    const reply = await call(stand(), { path, as: "app" });
    expect(reply.bytes.subarray(0, 8)).toEqual(PNG_SIGNATURE);
  });
});

describe("what is no picture", () => {
  const html = "<!doctype html><script>alert(1)</script>";
  const type = (name: string) => ({ "Content-Type": name });
  const lies: [name: string, action: FaultAction][] = [
    ["a page", { kind: "reply", status: 200, headers: type("text/html"), body: html }],
    [
      "a page that says it is a PNG",
      { kind: "reply", status: 200, headers: type("image/png"), body: html },
    ],
    ["nothing", { kind: "reply", status: 200, body: "" }],
    [
      "more than 8 MiB",
      { kind: "reply", status: 200, body: Buffer.concat([PNG_SIGNATURE, Buffer.alloc(2 ** 23)]) },
    ],
  ];
  for (const [name, action] of lies) {
    verifies("reading.visualizations", `${name} is 503 and not handed on`, async () => {
      const reply = await faulty(action);
      problemOf(reply, 503, "databricks_unavailable");
      expect(reply.text).not.toContain("alert");
    });
  }

  verifies("reading.visualizations", "cut off in the middle is 503", async () => {
    problemOf(await faulty({ kind: "cut_body" }), 503, "databricks_unavailable");
  });

  verifies(
    "reading.visualizations",
    "whatever type Databricks says, we say image/png",
    async () => {
      const body = Buffer.from(PNG_SIGNATURE);
      const reply = await faulty({ kind: "reply", status: 200, headers: type("text/html"), body });
      expect(reply.headers.get("content-type")).toBe("image/png");
    },
  );

  verifies("reading.visualizations", "ids that lead to no picture are 404", async () => {
    const { answer, link } = await charted();
    const id = answer.visualizations[0]?.attachment_id ?? "";
    const others = [answer.results[0]?.attachment_id ?? "", "f".repeat(32), "not-an-id", "%00"];
    for (const other of others) {
      problemOf(await get(link.replace(id, other)), 404, "attachment_not_found");
    }
    problemOf(await get(`${link}?space=unknown`), 404, "space_not_found");
    const twice = problemOf(
      await get(`${link}?space=default&space=showcase`),
      400,
      "invalid_request",
    );
    expect(faultyPlaces(twice)).toEqual(["space"]);
  });
});
