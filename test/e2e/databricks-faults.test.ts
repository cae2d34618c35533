// What Databricks may do to an ask, a poll or a read, and what the caller sees: asked at most once, answered if it can be.

import { describe, expect } from "vitest";
import type { FaultAction } from "../../local/databricks/control/faults.ts";
import {
  emptyInternalError,
  invalidAccessToken,
  requestLimitExceeded,
  temporarilyUnavailable,
} from "../../local/databricks/refusals.ts";
import { ANALYST, GATEWAY_API } from "../../local/users.ts";
import { SECRET_MARKERS } from "../support/secret-markers.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { acceptedOf, answerOf, call, operationOf, problemOf } from "./gateway-client.ts";
import { NEVER_DONE, scriptedQuestions, TWO_ROWS } from "./scripted-questions.ts";

const stand = useStand("databricks-faults");
const questions = scriptedQuestions(stand);
const AT_ONCE = { ...TWO_ROWS, stages: [] };
const HTML = { kind: "reply", status: 502, body: `<html>${SECRET_MARKERS.answer}</html>` } as const;

const timesAsked = (question: string) =>
  stand()
    .databricks.asks()
    .filter((asked) => asked.question === question).length;
const refuse = (refusal: Extract<FaultAction, { kind: "refuse" }>["refusal"]): FaultAction => ({
  kind: "refuse",
  refusal,
});
const read = (path: string) => call(stand(), { path, as: "analyst" });

// One after the other: a fault meets the next request to its route, whoever sends it.
describe("an ask", () => {
  for (const kind of ["drop", "cut_body"] as const) {
    verifies(
      "gateway.databricks-faults",
      `its reply is lost (${kind}): 422, asked once`,
      async () => {
        stand().databricks.fault({ route: "startConversation", action: { kind }, when: "after" });
        const { reply, question } = await questions.askTelling(AT_ONCE);
        const { remedy } = problemOf(reply, 422, "ask_outcome_unknown");
        expect(remedy).toContain("/genie/conversations");
        expect(timesAsked(question)).toBe(1);
      },
    );
  }

  verifies(
    "gateway.databricks-faults",
    "the reply is a page of a proxy: 422, never asked again",
    async () => {
      stand().databricks.fault({ route: "startConversation", action: HTML, when: "after" });
      const { reply, question } = await questions.askTelling(AT_ONCE);
      problemOf(reply, 422, "ask_outcome_unknown");
      expect(reply.text).not.toContain(SECRET_MARKERS.answer);
      expect(timesAsked(question)).toBe(1);
    },
  );

  verifies(
    "gateway.databricks-faults",
    "a lost reply is told by the operation as well",
    async () => {
      const action = { kind: "drop" } as const;
      stand().databricks.fault({ route: "startConversation", action, when: "after" });
      const headers = { "Idempotency-Key": "lost-reply" };
      const reply = await questions.ask(AT_ONCE, { query: "?async=always", headers });
      problemOf(reply, 422, "ask_outcome_unknown"); // it has ended, so it is no 202
      const path = "/genie/operations"; // leaves what has ended as it is, and tells it
      const byKey = await call(stand(), { method: "DELETE", path, as: "analyst", headers });
      const { links } = operationOf(byKey);
      const operation = operationOf(await read(links.self));
      expect(operation).toMatchObject({ status: "failed", error: { code: "ask_outcome_unknown" } });
      problemOf(await read(links.result), 422, "ask_outcome_unknown");
    },
  );

  verifies(
    "gateway.databricks-faults",
    "503 with nothing accepted: asked once when it is back",
    async () => {
      const action = refuse(temporarilyUnavailable(1));
      stand().databricks.fault({ route: "startConversation", action });
      const { reply, question } = await questions.askTelling(AT_ONCE);
      expect(answerOf(reply).results[0]?.rows).toHaveLength(2);
      expect(timesAsked(question)).toBe(1);
    },
  );

  verifies("gateway.databricks-faults", "429 with Retry-After: waits, then asks once", async () => {
    const action = refuse(requestLimitExceeded(2));
    stand().databricks.fault({ route: "startConversation", action });
    const started = performance.now();
    const { reply, question } = await questions.askTelling(AT_ONCE);
    const answer = answerOf(reply);
    expect(performance.now() - started).toBeGreaterThanOrEqual(2_000);
    expect(answer.timings?.queued_ms).toBeGreaterThanOrEqual(2_000);
    expect(timesAsked(question)).toBe(1);
  });

  verifies(
    "asking.rate-limited",
    "429 while nobody waits: 202 that waits for its slot",
    async () => {
      const action = refuse(requestLimitExceeded(7));
      stand().databricks.fault({ route: "startConversation", action });
      const { reply, question } = await questions.askTelling(AT_ONCE, { query: "?async=always" });
      expect(acceptedOf(reply)).toMatchObject({ status: "queued", stage: "waiting_for_slot" });
      const seconds = Number(reply.headers.get("retry-after"));
      expect(seconds).toBeGreaterThanOrEqual(6);
      expect(seconds).toBeLessThanOrEqual(7);
      expect(timesAsked(question)).toBe(0);
    },
  );

  for (const as of ["analyst", "app"] as const) {
    verifies(
      "databricks.token-renewed",
      `a refused token is exchanged again, as ${as}`,
      async () => {
        const grant = as === "app" ? "client_credentials" : "on_behalf_of";
        await questions.ask(AT_ONCE, { as });
        const caller = as === "app" ? GATEWAY_API.clientId : ANALYST.objectId;
        const action = refuse(invalidAccessToken);
        stand().databricks.fault({ route: "startConversation", action, caller });
        const before = stand().entra.countGrants();
        const { reply, question } = await questions.askTelling(AT_ONCE, { as });
        expect(answerOf(reply).status).toBe("completed");
        expect(timesAsked(question)).toBe(1);
        // The user's first exchange of this token, and the second after the refusal; the app's token was kept.
        const exchanges = stand().entra.countGrants() - before;
        expect(`${grant} ${exchanges}`).toBe(`${grant} ${as === "app" ? 1 : 2}`);
      },
    );
  }
});

describe("polls and reads", () => {
  verifies("gateway.databricks-faults", "500 on a poll: still answered", async () => {
    const action = refuse(emptyInternalError);
    stand().databricks.fault({ route: "getMessage", action });
    expect(answerOf(await questions.ask(TWO_ROWS)).results[0]?.rows).toHaveLength(2);
  });

  verifies(
    "gateway.databricks-faults",
    "a poll that breaks off, and a proxy's page: still answered",
    async () => {
      stand().databricks.fault({ route: "getMessage", action: { kind: "drop" } });
      stand().databricks.fault({ route: "getMessage", action: HTML });
      expect(answerOf(await questions.ask(TWO_ROWS)).status).toBe("completed");
    },
  );

  verifies(
    "gateway.databricks-faults",
    "a refused token on a poll is exchanged again",
    async () => {
      stand().databricks.fault({ route: "getMessage", action: refuse(invalidAccessToken) });
      expect(answerOf(await questions.ask(TWO_ROWS)).status).toBe("completed");
    },
  );

  verifies("gateway.databricks-faults", "rows that fail once are read again", async () => {
    const action = refuse(temporarilyUnavailable(1));
    stand().databricks.fault({ route: "getMessageAttachmentQueryResult", action });
    expect(answerOf(await questions.ask(AT_ONCE)).results[0]?.rows).toHaveLength(2);
  });

  verifies(
    "asking.wait-bounded",
    "an ask that hangs: the answer leaves within 5 s of the wait",
    async () => {
      const action = { kind: "hang" } as const;
      stand().databricks.fault({ route: "startConversation", action, when: "after" });
      const started = performance.now();
      const { reply, question } = await questions.askTelling(NEVER_DONE, { query: "?wait=1" });
      const ms = performance.now() - started;
      acceptedOf(reply);
      expect(ms).toBeLessThan(9_500); // far from the 10 s of the try that hangs
      expect(timesAsked(question)).toBe(1);
    },
  );

  verifies(
    "databricks.lying-replies",
    "replies that make no sense are 503, with nothing of them",
    async () => {
      const bodies = [
        `[${SECRET_MARKERS.answer}`,
        { messages: SECRET_MARKERS.answer },
        "null",
        "[]",
      ];
      const answer = answerOf(await questions.ask(AT_ONCE));
      for (const body of bodies) {
        const action = { kind: "reply", status: 200, body } as const;
        stand().databricks.fault({ route: "listConversationMessages", action });
        const reply = await read(`/genie/conversation/${answer.conversation_id}/messages`);
        expect(reply.text).not.toContain(SECRET_MARKERS.answer);
        problemOf(reply, 503, "databricks_unavailable");
      }
    },
  );
});
