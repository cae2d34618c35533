// Clients that can do little: they show nothing but a 200, or follow Location and know no header of their own.

import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect } from "vitest";
import type { ScriptedAnswer } from "../../local/databricks/genie/scripts.ts";
import type { StandCaller } from "../../local/stand/start-stand.ts";
import { NO_WAREHOUSE } from "../../local/users.ts";
import { type Answer, answerSchema } from "../../shared/contracts/answer.ts";
import { snippetWith } from "../support/guide-snippets.ts";
import { SECRET_MARKERS } from "../support/secret-markers.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { acceptedOf, answerOf, ask, call, operationOf } from "./gateway-client.ts";
import { NEVER_DONE, scriptedQuestions, TWO_ROWS } from "./scripted-questions.ts";

const stand = useStand("simple-clients");
const questions = scriptedQuestions(stand);
const prefer = (value: string) => ({ headers: { Prefer: value } });
const read = (path: string, as: StandCaller = "analyst") => call(stand(), { path, as });

const FAILED: ScriptedAnswer = {
  stages: [],
  outcome: {
    kind: "failed",
    type: "CONTENT_FILTER_EXCEPTION",
    error: `filtered ${SECRET_MARKERS.answer}`,
  },
};

/** What is the same in each running answer; of an id its length. */
function formOf({ operation_id, conversation_id, message_id, question, ...same }: Answer) {
  const withoutId = (link: string) =>
    link.replace(/^https?:\/\/[^/]+/, "").replace(String(operation_id), "{operation_id}");
  return {
    ...same,
    ids: [operation_id, conversation_id, message_id].map((id) => id?.length),
    question: typeof question,
    timings: { ...same.timings, queued_ms: typeof same.timings?.queued_ms },
    links: Object.entries(same.links ?? {}).map(([name, link]) => [name, withoutId(link)]),
  };
}

describe.concurrent("clients that are simple", () => {
  verifies(
    "gateway.simple-clients",
    "async=never: running with links, then completed",
    async () => {
      const reply = await questions.ask(TWO_ROWS, { query: "?async=never&wait=0&max_rows=1" });
      const running = answerOf(reply);
      expect(running).toMatchObject({ status: "running", answer: null });
      expect(reply.headers.get("retry-after")).toMatch(/^\d+$/);
      const { result = "", self = "" } = running.links ?? {};
      expect(new URL(result).searchParams.get("async")).toBe("never");
      expect(operationOf(await read(self)).operation_id).toBe(running.operation_id);
      const completed = answerOf(await read(result));
      expect(completed).toMatchObject({ status: "completed", operation_id: running.operation_id });
      expect(completed.results[0]?.rows).toHaveLength(1);
      expect(completed.results[0]?.row_count).toBe(2);
    },
  );

  verifies("guides.true-answers", "a running answer is as the guide shows it", async () => {
    const reply = await questions.ask(TWO_ROWS, { query: "?async=never&wait=0" });
    const shown = snippetWith("docs/guides/copilot-studio.md", (each) => "operation_id" in each);
    expect(formOf(answerOf(reply))).toEqual(formOf(answerSchema.parse(shown)));
  });

  verifies(
    "gateway.simple-clients",
    "async=never: failures are 200 with the problem inside",
    async () => {
      const failed = answerOf(await questions.ask(FAILED, { query: "?async=never" }));
      expect(failed).toMatchObject({
        status: "failed",
        error: { code: "genie_rephrase", status: 422 },
      });
      const forbidden = await ask(
        stand(),
        "no-space",
        { query: "hello" },
        { query: "?async=never" },
      );
      expect(answerOf(forbidden)).toMatchObject({
        status: "failed",
        error: { code: "genie_space_forbidden" },
      });
      const { links } = acceptedOf(await questions.ask(NEVER_DONE, { query: "?async=always" }));
      await call(stand(), { method: "DELETE", path: links.self, as: "analyst" });
      const cancelled = answerOf(await read(`${links.result}?async=never`));
      expect(cancelled).toMatchObject({ status: "failed", error: { code: "operation_cancelled" } });
    },
  );

  verifies(
    "gateway.simple-clients",
    "async=never: failures before the ask are 200 too",
    async () => {
      const query = "?async=never";
      const body = { query: "hello" };
      const gone = { ...body, conversation_id: "0".repeat(32) };
      const token = await stand().entra.issueUserToken({
        user: {
          name: "stranger",
          objectId: "a1000000-0000-4000-8000-0000000000ab",
          userName: "stranger@example.com",
          displayName: "Stranger",
        },
      });
      const replies = await Promise.all([
        ask(stand(), "analyst", { ...body, space: "unknown" }, { query }),
        ask(stand(), "app", gone, { query }),
        ask(stand(), "analyst", gone, { query }),
        ask(stand(), { token }, body, { query }),
      ]);
      const codes = replies.map((reply) => `${reply.status} ${answerOf(reply).error?.code}`);
      expect(codes).toEqual([
        "200 space_not_found",
        "200 conversation_not_found",
        "200 conversation_not_found",
        "200 workspace_access_missing",
      ]);
    },
  );

  verifies(
    "gateway.simple-clients",
    "async=never: refusals around an operation are 200 too",
    async () => {
      const query = "?async=never";
      const busy = acceptedOf(await questions.ask(NEVER_DONE, { query: "?async=always" }));
      const headers = { "Idempotency-Key": "used-already" };
      acceptedOf(await questions.ask(NEVER_DONE, { query: "?async=always", headers }));
      const body = { query: "hello" };
      const unknown = `/genie/operations/${"A".repeat(43)}/result${query}`;
      const replies = await Promise.all([
        ask(stand(), "analyst", { ...body, conversation_id: busy.conversation_id }, { query }),
        ask(stand(), "analyst", body, { query, headers }),
        read(unknown),
      ]);
      const { entra } = stand();
      entra.setCondition(NO_WAREHOUSE.objectId, "needs-consent");
      replies.push(await ask(stand(), "no-warehouse", body, { query }));
      entra.setCondition(NO_WAREHOUSE.objectId, undefined);
      const told = replies.map(answerOf).map(({ status, error }) => `${status} ${error?.code}`);
      expect(told).toEqual([
        "failed conversation_busy",
        "failed idempotency_key_reused",
        "failed operation_not_found",
        "failed consent_required",
      ]);
      expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    },
  );

  verifies("answers.never", "async=never: the body stays under 450 KB", async () => {
    const text = "x".repeat(500);
    const rows = {
      count: 3_000,
      read: (from: number, to: number) =>
        Array.from({ length: to - from }, (_, i) => [`${from + i} ${text}`]),
    };
    const reply = await questions.ask(
      { stages: [], result: { columns: [{ name: "text", type: "STRING" }], rows } },
      { query: "?async=never&max_rows=3000" },
    );
    const [result] = answerOf(reply).results;
    expect(Buffer.byteLength(reply.text)).toBeLessThan(450_000);
    expect(result?.rows.length).toBeGreaterThan(500);
    expect(result?.row_count).toBe(3_000);
  });

  for (const as of ["app", "analyst"] as const) {
    verifies(
      "gateway.simple-clients",
      `a workflow engine that follows Location, as ${as}`,
      async () => {
        let reply = await questions.ask(TWO_ROWS, { ...prefer("respond-async"), as });
        let polls = 0;
        // Logic Apps: until the answer is no 202, wait Retry-After seconds, then GET Location with the same token.
        while (reply.status === 202 && polls < 10) {
          const location = reply.headers.get("location") ?? "";
          await sleep(Number(reply.headers.get("retry-after")) * 1_000);
          reply = await read(location, as);
          polls += 1;
        }
        expect(polls).toBeGreaterThan(0);
        expect(answerOf(reply).results[0]?.rows).toHaveLength(2);
      },
    );
  }
});
