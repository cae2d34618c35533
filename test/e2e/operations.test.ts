// The operation behind an ask: status, result, cancellation, repetition (design §3.2, §3.4).

import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect } from "vitest";
import { SECRET_MARKERS } from "../support/secret-markers.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { acceptedOf, answerOf, ask, call, operationOf, problemOf } from "./gateway-client.ts";
import { NEVER_DONE, scriptedQuestions, TWO_ROWS } from "./scripted-questions.ts";

const stand = useStand("operations");
const questions = scriptedQuestions(stand);
const read = (path: string, headers = {}) => call(stand(), { path, as: "analyst", headers });

describe.concurrent("the operation", () => {
  verifies(
    "gateway.waiting",
    "its links are absolute and its status readable at once",
    async () => {
      const accepted = acceptedOf(
        await questions.ask(NEVER_DONE, { query: "?async=always&max_rows=1" }),
      );
      const { operation_id: id, links } = accepted;
      expect(links.self).toMatch(`${stand().url}/genie/operations/${id}`);
      expect(links.result).toBe(`${stand().url}/genie/operations/${id}/result?max_rows=1`);
      const operation = operationOf(await read(links.self));
      expect(operation).toMatchObject({ operation_id: id, status: "running" });
      expect(operation.retry_after_s).toBeGreaterThanOrEqual(1);
      expect(operation.retry_after_s).toBeLessThanOrEqual(10);
      const deadline = Date.parse(operation.expires_at) - Date.parse(operation.created_at);
      expect(deadline).toBeGreaterThanOrEqual(600_000);
      expect(deadline).toBeLessThan(605_000);
      acceptedOf(await read(links.result));
    },
  );

  verifies(
    "gateway.equal-results",
    "/result is what the synchronous ask gives, every time",
    async () => {
      const [sync, accepted] = await Promise.all([
        questions.ask(TWO_ROWS).then(answerOf),
        questions.ask(TWO_ROWS, { query: "?async=always" }).then(acceptedOf),
      ]);
      const first = await read(accepted.links.result, { Prefer: "wait=6" });
      expect(first.headers.get("preference-applied")).toBe("wait=6");
      const answer = answerOf(first);
      const known = ({ question, ...rest }: typeof answer) => ({
        ...rest,
        operation_id: "",
        conversation_id: "",
        message_id: "",
        timings: rest.timings === null ? null : Object.keys(rest.timings),
        results: rest.results.map(({ columns, rows, row_count, truncated, sql }) => ({
          columns,
          rows,
          row_count,
          truncated,
          sql,
        })),
      });
      expect(known(answer)).toEqual(known(sync));
      const again = await Promise.all([1, 2, 3].map(() => read(accepted.links.result)));
      for (const reply of again) expect(answerOf(reply)).toEqual(answer);
      expect(operationOf(await read(accepted.links.self))).toMatchObject({
        status: "succeeded",
        conversation_id: answer.conversation_id,
        message_id: answer.message_id,
      });
    },
  );

  verifies("asking.cancel", "cancelled: 200 with the operation, then 409 on /result", async () => {
    const { links } = acceptedOf(await questions.ask(NEVER_DONE, { query: "?async=always" }));
    const cancel = () => call(stand(), { method: "DELETE", path: links.self, as: "analyst" });
    expect(operationOf(await cancel()).status).toBe("cancelled");
    expect(operationOf(await cancel()).status).toBe("cancelled");
    problemOf(await read(links.result), 409, "operation_cancelled");
    expect(operationOf(await read(links.self)).status).toBe("cancelled");
  });

  verifies(
    "asking.busy",
    "a second ask in its conversation is 409 until it has ended",
    async () => {
      const accepted = acceptedOf(await questions.ask(NEVER_DONE, { query: "?async=always" }));
      const { conversation_id, links } = accepted;
      const followUp = () => ask(stand(), "analyst", { query: "average delay", conversation_id });
      problemOf(await followUp(), 409, "conversation_busy");
      stand().databricks.endMessage(accepted.message_id ?? "", { kind: "completed" });
      // Genie is looked at now and then only; the next look that is due finds out.
      let reply = await followUp();
      for (let tries = 0; reply.status === 409 && tries < 40; tries += 1) {
        await sleep(100);
        reply = await followUp();
      }
      const answer = answerOf(reply);
      expect(answer.conversation_id).toBe(conversation_id);
      expect(operationOf(await read(links.self)).status).toBe("succeeded");
    },
  );

  verifies("asking.idempotency", "the same key and body is the same operation", async () => {
    const headers = { "Idempotency-Key": '"order 66"'.replace(" ", "-") };
    const query = `same key ${SECRET_MARKERS.question}`;
    stand().databricks.script(query, { ...TWO_ROWS, times: 9 });
    const repeat = (body: object, query = "") => ask(stand(), "analyst", body, { headers, query });
    const replies = await Promise.all([
      repeat({ query }, "?async=always"),
      repeat({ conversation_id: null, query }),
      repeat({ query, space: null }, "?wait=5"),
    ]);
    const ids = replies.map(({ text }) => JSON.parse(text).operation_id);
    expect(new Set(ids).size).toBe(1);
    problemOf(await repeat({ query: "another" }), 422, "idempotency_key_reused");
    const asks = stand()
      .databricks.asks()
      .filter(({ question }) => question === query);
    expect(asks).toHaveLength(1);
  });
});
