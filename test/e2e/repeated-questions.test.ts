// One question under one Idempotency-Key, however it is repeated: while its ask is on the way, after it was
// cancelled, and in every spelling of the path (design §3.2).

import { expect } from "vitest";
import { ANALYST } from "../../local/users.ts";
import { operationSchema } from "../../shared/contracts/operation.ts";
import { SECRET_MARKERS } from "../support/secret-markers.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { acceptedOf, ask, call, operationOf, problemOf } from "./gateway-client.ts";
import { sendRaw } from "./raw-request.ts";
import { NEVER_DONE, scriptedQuestions } from "./scripted-questions.ts";

const stand = useStand("repeated-questions");
const questions = scriptedQuestions(stand);
const timesAsked = (question: string) =>
  stand()
    .databricks.asks()
    .filter((asked) => asked.question === question).length;

/** A gate that the test opens. */
function createGate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

verifies(
  "asking.idempotency",
  "cancelled while the ask was on its way, then repeated: the same operation, asked once",
  async () => {
    const gate = createGate();
    const { databricks } = stand();
    const query = `cancelled on its way ${SECRET_MARKERS.question}`;
    databricks.script(query, { ...NEVER_DONE, times: 3 });
    databricks.fault({
      route: "startConversation",
      caller: ANALYST.objectId,
      when: "after",
      action: { kind: "delay", until: gate.opened },
    });
    const headers = { "Idempotency-Key": "cancelled-on-its-way" };
    const repeat = (how: string) => ask(stand(), "analyst", { query }, { query: how, headers });
    const first = repeat("?async=always");
    await expect.poll(() => timesAsked(query)).toBe(1);
    const cancelled = operationOf(
      await call(stand(), { method: "DELETE", path: "/genie/operations", as: "analyst", headers }),
    );
    expect(cancelled.status).toBe("cancelled");
    gate.open();
    const { operation_id: id } = cancelled;
    expect(JSON.parse((await first).text).operation_id ?? id).toBe(id);
    for (const how of ["?wait=1", "?async=always"]) {
      problemOf(await repeat(how), 409, "operation_cancelled"); // what has ended is never a 202
    }
    const self = await call(stand(), { path: `/genie/operations/${id}`, as: "analyst" });
    expect(operationOf(self).status).toBe("cancelled");
    expect(timesAsked(query)).toBe(1);
  },
);

verifies(
  "asking.idempotency",
  "one key in every spelling of the path is one question",
  async () => {
    const query = `spelt in many ways ${SECRET_MARKERS.question}`;
    stand().databricks.script(query, { ...NEVER_DONE, times: 9 });
    const headers = { "Idempotency-Key": "spelt", "Content-Type": "application/json" };
    const spellings = [
      "/genie/query-obo",
      "/Genie/Query-Obo",
      "/genie/query-obo/",
      "/genie/%71uery-obo",
    ];
    const replies = await Promise.all(
      spellings.map((path) =>
        sendRaw(stand(), {
          path: `${path}?async=always`,
          headers,
          body: JSON.stringify({ query }),
        }),
      ),
    );
    const ids = replies.map(({ text }) => operationSchema.parse(JSON.parse(text)).operation_id);
    expect(new Set(ids).size).toBe(1);
    expect(timesAsked(query)).toBe(1);
  },
);

verifies(
  "asking.busy",
  "the conversation's id in upper case is the same conversation",
  async () => {
    const { conversation_id: id = "", links } = acceptedOf(
      await questions.ask(NEVER_DONE, { query: "?async=always" }),
    );
    expect(id.toUpperCase()).not.toBe(id);
    for (const conversation_id of [id, id.toUpperCase()]) {
      const reply = await ask(stand(), "analyst", { query: "average delay", conversation_id });
      problemOf(reply, 409, "conversation_busy");
    }
    await call(stand(), { method: "DELETE", path: links.self, as: "analyst" });
  },
);
