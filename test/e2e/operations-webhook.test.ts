// A webhook action: it subscribes with a callback_url, sleeps until it is called back, reads the result with its own
// token, and unsubscribes by its Idempotency-Key (connectors.md §1.3, design §3.7).

import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, vi } from "vitest";
import type { ScriptedAnswer } from "../../local/databricks/genie/scripts.ts";
import type { StandCaller } from "../../local/stand/start-stand.ts";
import { ANALYST } from "../../local/users.ts";
import { operationSchema } from "../../shared/contracts/operation.ts";
import { type Delivery, startCallbackReceiver } from "../support/callback-receiver.ts";
import { SECRET_MARKERS } from "../support/secret-markers.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { acceptedOf, answerOf, call, operationOf, problemOf } from "./gateway-client.ts";
import { NEVER_DONE, scriptedQuestions, TWO_ROWS } from "./scripted-questions.ts";

const signingSecret = randomBytes(32).toString("base64");
const receiver = await startCallbackReceiver();
const stand = useStand("operations-webhook", {
  withStorage: true,
  settings: { CALLBACK_ALLOWED_HOSTS: receiver.host, GENIE__QUESTIONS_PER_MINUTE: "0" },
});
const questions = scriptedQuestions(stand);
beforeAll(() => {
  receiver.serveWith(stand().certificates);
  stand().keyVault.put("genie-webhook-signing", signingSecret);
});
afterAll(() => receiver.close());

const deliveriesAt = (path: string) => receiver.deliveries.filter((each) => each.path === path);
const arrived = (path: string): Promise<Delivery> =>
  vi.waitFor(
    () => {
      const [first] = deliveriesAt(path);
      if (first === undefined) throw new Error(`nothing was delivered at ${path}`);
      return first;
    },
    { timeout: 15_000, interval: 50 },
  );

interface Subscription {
  /** Idempotency-Key, and the path of the callback. */
  readonly name: string;
  readonly as?: StandCaller;
  readonly query?: string;
}

const subscribe = (script: ScriptedAnswer, { name, as = "analyst", query }: Subscription) =>
  questions.ask(script, {
    as,
    query: query ?? "?async=always",
    headers: { "Idempotency-Key": name },
    body: { callback_url: receiver.url(`/${name}`) },
  });
const unsubscribe = (name: string, as: StandCaller = "analyst") =>
  call(stand(), {
    method: "DELETE",
    path: "/genie/operations",
    as,
    headers: { "Idempotency-Key": name },
  });

describe.concurrent("a webhook action", () => {
  for (const as of ["app", "analyst"] as const) {
    verifies("chaos.webhook-client", `is called back and reads its result, as ${as}`, async () => {
      const name = `whole-${as}`;
      const { operation_id: id } = acceptedOf(await subscribe(TWO_ROWS, { name, as }));
      const { headers, text } = await arrived(`/${name}`);
      const told = new Webhook(signingSecret).verify(text, headers);
      expect(told).toMatchObject({ type: "genie.operation.succeeded", data: { operation_id: id } });
      expect(headers["webhook-id"]).toBe(id);
      expect(text).not.toMatch(new RegExp(Object.values(SECRET_MARKERS).join("|")));
      const { links } = operationSchema.parse(JSON.parse(text).data);
      const answer = answerOf(await call(stand(), { path: links.result, as }));
      expect(answer.results[0]?.rows).toHaveLength(2);
      expect(operationOf(await unsubscribe(name, as))).toMatchObject({ status: "succeeded" });
      expect(deliveriesAt(`/${name}`)).toHaveLength(1);
    });
  }

  verifies("chaos.webhook-client", "is called back for a synchronous answer too", async () => {
    const answer = answerOf(await subscribe(TWO_ROWS, { name: "sync", query: "?wait=10" }));
    expect((await arrived("/sync")).id).toBe(answer.operation_id);
  });

  verifies("chaos.webhook-client", "that unsubscribes early ends its operation", async () => {
    const { operation_id: id, links } = acceptedOf(await subscribe(NEVER_DONE, { name: "early" }));
    problemOf(await unsubscribe("early", "no-space"), 404, "operation_not_found");
    problemOf(await unsubscribe("never-used"), 404, "operation_not_found");
    expect(operationOf(await unsubscribe("early"))).toMatchObject({
      operation_id: id,
      status: "cancelled",
    });
    const result = await call(stand(), { path: links.result, as: "analyst" });
    problemOf(result, 409, "operation_cancelled");
    const { text } = await arrived("/early");
    expect(JSON.parse(text)).toMatchObject({ type: "genie.operation.cancelled" });
  });

  verifies("chaos.webhook-client", "that names a host nobody allowed asks nothing", async () => {
    const before = stand().databricks.asks().length;
    const { reply, question } = await questions.askTelling(TWO_ROWS, {
      body: { callback_url: "https://elsewhere.example/hook" },
    });
    problemOf(reply, 400, "invalid_request");
    const asked = stand().databricks.asks().slice(before);
    expect(asked.filter((ask) => ask.question === question)).toEqual([]);
  });
});

describe("a user whose token in custody expires", () => {
  const SHORT_S = 4;
  const self = (links: { readonly self: string }, token: string) =>
    call(stand(), { path: links.self, as: { token } });

  verifies(
    "chaos.user-returns",
    "is waited for, and the operation goes on",
    async () => {
      const { entra, databricks } = stand();
      entra.setLifetimes({ accessTokenS: SHORT_S });
      const running: ScriptedAnswer = {
        ...TWO_ROWS,
        stages: [{ status: "ASKING_AI", forMs: 60_000 }],
      };
      const { links, message_id: messageId = "" } = acceptedOf(
        await subscribe(running, { name: "returns" }),
      );
      await sleep(SHORT_S * 1_000);
      entra.setLifetimes({ accessTokenS: 3_600 });
      const stranger = await entra.issueUserToken({ user: ANALYST, lifetimeS: -600 });
      problemOf(await self(links, stranger), 401, "invalid_token");

      // Nothing happens until the user is there: no look at Genie any more.
      await vi.waitFor(() => expect(looks(messageId).quietForMs).toBeGreaterThan(4_000), {
        timeout: 20_000,
        interval: 200,
      });
      databricks.endMessage(messageId, { kind: "completed" });
      entra.setCondition(ANALYST.objectId, "needs-mfa"); // the monitor then tells the last known state
      const refused = await entra.issueUserToken({ user: ANALYST });
      expect(operationOf(await self(links, refused))).toMatchObject({
        status: "running",
        stage: "waiting_for_user",
      });
      entra.setCondition(ANALYST.objectId, undefined);
      const before = looks(messageId).count;
      await sleep(1_000);
      expect(looks(messageId).count).toBe(before);
      expect(deliveriesAt("/returns")).toEqual([]);

      const again = await entra.issueUserToken({ user: ANALYST, lifetimeS: 7_200 });
      const state = await vi.waitFor(
        async () => {
          const operation = operationOf(await self(links, again));
          expect(operation.status).not.toBe("running");
          return operation;
        },
        { timeout: 10_000, interval: 500 },
      );
      expect(state.status).toBe("succeeded");
      expect(JSON.parse((await arrived("/returns")).text).type).toBe("genie.operation.succeeded");
    },
    45_000,
  );

  /** How often Genie was asked about this message, and how long ago the last time was. */
  function looks(messageId: string) {
    const calls = stand()
      .databricks.calls()
      .filter(({ path }) => path.includes(messageId));
    return { count: calls.length, quietForMs: Date.now() - (calls.at(-1)?.at ?? 0) };
  }
});
