// The workflows of docs/guides/logic-apps.md, run as they stand there by an engine that keeps the documented rules
// (connectors.md §1.1–1.3), against the packed gateway. Only the two parameters and the speed of time differ.

import { afterAll, beforeAll, describe, expect } from "vitest";
import * as z from "zod";
import { trustCertificate } from "../../local/certificates.ts";
import type { ScriptedAnswer } from "../../local/databricks/genie/scripts.ts";
import { CALLER_WITH_ROLE, GATEWAY_API, TENANT_ID } from "../../local/users.ts";
import { answerSchema } from "../../shared/contracts/answer.ts";
import { type Problem, problemSchema } from "../../shared/contracts/problem.ts";
import { startCallbackReceiver } from "../support/callback-receiver.ts";
import { eventually } from "../support/eventually.ts";
import { snippetWith } from "../support/guide-snippets.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import type { ActionEnd } from "../support/workflow-engine/action-end.ts";
import { NEVER_DONE, TWO_ROWS } from "./scripted-questions.ts";
import { createWorkflowRuns, type WorkflowRuns } from "./workflow-runs.ts";

const GUIDE = "docs/guides/logic-apps.md";
const POLLING = snippetWith(GUIDE, (value) => "Ask_Genie" in actionsOf(value));
const WEBHOOK = snippetWith(GUIDE, (value) => "Ask_Genie_and_wait" in actionsOf(value));
const WITH_SECRET = snippetWith(GUIDE, (value) => "secret" in value);

const FLOW_ACTION = actionOf("docs/guides/power-automate.md");
const CARD_ACTION = actionOf("docs/guides/teams.md");

/** The one action that a guide shows. */
function actionOf(file: string): { readonly inputs: object } {
  return z
    .object({ inputs: z.looseObject({}) })
    .parse(snippetWith(file, (value) => "inputs" in value));
}

/** The polling workflow with these inputs of its HTTP action, and what a reader fills in for the placeholders. */
function asking(inputs: object): unknown {
  const { Ask_Genie } = z
    .object({ Ask_Genie: z.looseObject({ inputs: z.looseObject({}) }) })
    .parse(actionsOf(POLLING));
  const action = { ...Ask_Genie, inputs: { ...Ask_Genie.inputs, ...inputs } };
  const text = JSON.stringify({
    ...POLLING,
    actions: { ...actionsOf(POLLING), Ask_Genie: action },
  });
  return JSON.parse(
    text
      .replaceAll("https://<function-app>.azurewebsites.net", stand().url)
      .replaceAll("https://login.microsoftonline.com", stand().entra.url)
      .replaceAll("<tenant-id>", TENANT_ID)
      .replaceAll("<client-id>", GATEWAY_API.clientId)
      .replaceAll("<client-id-of-the-caller>", CALLER_WITH_ROLE.clientId),
  );
}

function actionsOf(value: object): object {
  return "actions" in value && typeof value.actions === "object" ? (value.actions ?? {}) : {};
}

const FAILS: ScriptedAnswer = {
  stages: [{ status: "ASKING_AI", forMs: 600 }],
  outcome: { kind: "failed", type: "CONTENT_FILTER_EXCEPTION", error: "filtered" },
};

const receiver = await startCallbackReceiver();
const stand = useStand("logic-apps-guide", {
  withStorage: true,
  settings: { CALLBACK_ALLOWED_HOSTS: receiver.host },
});
let runs: WorkflowRuns;
beforeAll(async () => {
  receiver.serveWith(stand().certificates);
  trustCertificate(stand().certificates.caPem);
  runs = await createWorkflowRuns(stand(), receiver);
});
afterAll(async () => {
  receiver.close();
  await runs.close();
});

const answerFrom = (end: ActionEnd | undefined) => answerSchema.parse(end?.outputs?.body);

/** Problems come as the engine keeps a type that it does not know: base64 with its name. */
function problemFrom(end: ActionEnd | undefined): Problem {
  const kept = z.object({ "$content-type": z.string(), $content: z.string() });
  const { "$content-type": type, $content } = kept.parse(end?.outputs?.body);
  expect(type).toMatch(/^application\/problem\+json\b/);
  return problemSchema.parse(JSON.parse(Buffer.from($content, "base64").toString()));
}

describe.concurrent("the guide's HTTP action", () => {
  verifies(
    "guides.http-action",
    "gets the answer after 202s, with a managed identity",
    async () => {
      const run = runs.start(POLLING, TWO_ROWS);
      const { Ask_Genie, Answer, Reason } = await run.finished;
      expect(Ask_Genie).toMatchObject({ status: "Succeeded", outputs: { statusCode: 200 } });
      expect(answerFrom(Ask_Genie).results[0]?.rows).toHaveLength(2);
      expect(Answer).toMatchObject({
        status: "Succeeded",
        outputs: { body: { conversation_id: answerFrom(Ask_Genie).conversation_id } },
      });
      expect(Reason?.status).toBe("Skipped");
      expect(run.sent.map(({ status }) => status).slice(0, -1)).toContain(202);
      expect(runs.asksOf(run)).toBe(1);
    },
  );

  verifies("guides.http-action", "works with the guide's secret, and fails without", async () => {
    const definition = asking({ authentication: WITH_SECRET });
    const clientSecret = stand().entra.addSecret(CALLER_WITH_ROLE.clientId);
    const ended = await runs.start(definition, TWO_ROWS, { parameters: { clientSecret } }).finished;
    expect(ended.Ask_Genie).toMatchObject({ status: "Succeeded" });
    const refused = runs.start(definition, TWO_ROWS, { parameters: { clientSecret: "wrong" } });
    expect((await refused.finished).Ask_Genie).toMatchObject({ code: "RequestFailed" });
    expect(runs.asksOf(refused)).toBe(0);
  });

  verifies("guides.http-action", "of Power Automate gets the answer", async () => {
    const clientSecret = stand().entra.addSecret(CALLER_WITH_ROLE.clientId);
    const run = runs.start(asking(FLOW_ACTION.inputs), TWO_ROWS, { parameters: { clientSecret } });
    const { Ask_Genie } = await run.finished;
    expect(Ask_Genie).toMatchObject({ status: "Succeeded" });
    expect(answerFrom(Ask_Genie).results[0]?.rows).toHaveLength(2);
  });

  verifies("guides.http-action", "of Teams gets a card that fits", async () => {
    const clientSecret = stand().entra.addSecret(CALLER_WITH_ROLE.clientId);
    const run = runs.start(asking(CARD_ACTION.inputs), TWO_ROWS, { parameters: { clientSecret } });
    const { Ask_Genie } = await run.finished;
    expect(Ask_Genie).toMatchObject({
      status: "Succeeded",
      outputs: { body: { type: "AdaptiveCard", version: "1.5" } },
    });
    expect(JSON.stringify(Ask_Genie?.outputs?.body).length).toBeLessThan(24_576);
  });

  verifies("guides.http-action", "fails with the problem of a failed question", async () => {
    const run = runs.start(POLLING, FAILS);
    const { Ask_Genie, Answer, Reason } = await run.finished;
    expect(Ask_Genie).toMatchObject({ status: "Failed", outputs: { statusCode: 422 } });
    expect(problemFrom(Ask_Genie).code).toBe("genie_rephrase");
    expect(Reason).toMatchObject({ status: "Succeeded", outputs: { body: { status: 422 } } });
    expect(Answer?.status).toBe("Skipped");
    expect(runs.asksOf(run)).toBe(1);
  });

  verifies("guides.asked-once", "repeats a POST whose reply got lost, asking once", async () => {
    const run = runs.start(POLLING, TWO_ROWS, { loseFirstReply: true });
    const { Ask_Genie } = await run.finished;
    expect(Ask_Genie?.status).toBe("Succeeded");
    const posts = run.sent.filter(({ method }) => method === "POST");
    expect(posts).toHaveLength(2); // the second finds the operation running, or done already
    const [first, second] = posts.map(({ text }) => JSON.parse(text).operation_id);
    expect(second).toBe(first);
    expect(runs.asksOf(run)).toBe(1);
  });

  verifies("guides.http-action", "is given up past its limit, and says so", async () => {
    const run = runs.start(POLLING, NEVER_DONE, { msPerSecond: 0.5 });
    const { Ask_Genie, Reason } = await run.finished;
    expect(Ask_Genie).toEqual({ status: "Cancelled", code: "ActionTimedOut" });
    expect(Reason?.status).toBe("Succeeded");
  });
});

describe.concurrent("the guide's HTTP Webhook action", () => {
  verifies("guides.webhook-action", "sleeps, is called back and reads the answer", async () => {
    const run = runs.start(WEBHOOK, TWO_ROWS);
    const { Ask_Genie_and_wait: webhook, Read_answer, Answer } = await run.finished;
    expect(webhook).toMatchObject({
      status: "Succeeded",
      outputs: { body: { type: "genie.operation.succeeded", data: { status: "succeeded" } } },
    });
    expect(answerFrom(Read_answer).results[0]?.rows).toHaveLength(2);
    expect(Answer?.status).toBe("Succeeded");
    expect(run.sent.map(({ method, status }) => `${method} ${status}`)).toEqual([
      "POST 202",
      "DELETE 200",
      "GET 200",
    ]);
    expect(runs.deliveriesTo(run)).toHaveLength(1);
    expect(runs.asksOf(run)).toBe(1);
  });

  verifies(
    "guides.webhook-action",
    "is told of a failed question, and reads its problem",
    async () => {
      const run = runs.start(WEBHOOK, FAILS);
      const { Ask_Genie_and_wait: webhook, Read_answer, Answer } = await run.finished;
      expect(webhook).toMatchObject({ outputs: { body: { type: "genie.operation.failed" } } });
      expect(Read_answer).toMatchObject({ status: "Failed", outputs: { statusCode: 422 } });
      expect(problemFrom(Read_answer).code).toBe("genie_rephrase");
      expect(Answer?.status).toBe("Skipped");
    },
  );

  verifies("guides.webhook-action", "fails when its callback's host is not allowed", async () => {
    const definition = JSON.parse(
      JSON.stringify(WEBHOOK).replace("@{listCallbackUrl()}", "https://elsewhere.example/hook"),
    );
    const run = runs.start(definition, TWO_ROWS);
    const { Ask_Genie_and_wait: webhook, Read_answer } = await run.finished;
    expect(webhook).toMatchObject({ status: "Failed", outputs: { statusCode: 400 } });
    const { code, errors } = problemFrom(webhook);
    expect({ code, errors }).toMatchObject({
      code: "invalid_request",
      errors: [{ pointer: "/callback_url" }],
    });
    expect(Read_answer?.status).toBe("Skipped");
    expect(run.sent).toHaveLength(1);
    expect(runs.asksOf(run)).toBe(0);
  });

  verifies("guides.asked-once", "repeats a subscription whose reply got lost", async () => {
    const run = runs.start(WEBHOOK, TWO_ROWS, { loseFirstReply: true });
    const { Read_answer } = await run.finished;
    expect(Read_answer?.status).toBe("Succeeded");
    expect(runs.asksOf(run)).toBe(1);
    expect(runs.deliveriesTo(run)).toHaveLength(1);
  });

  for (const [ending, options] of [
    ["cancelled", {}],
    ["timed-out", { msPerSecond: 3 }],
  ] as const) {
    verifies("guides.unsubscribe", `of a ${ending} run cancels the operation`, async () => {
      const run = runs.start(WEBHOOK, NEVER_DONE, options);
      if (ending === "cancelled") {
        await eventually(() => expect(runs.looksAtMessageOf(run)).toBeGreaterThan(1));
        run.cancel();
      }
      const { Ask_Genie_and_wait: webhook, Read_answer } = await run.finished;
      expect(webhook).toEqual(
        ending === "cancelled"
          ? { status: "Cancelled" }
          : { status: "Cancelled", code: "ActionTimedOut" },
      );
      expect(Read_answer?.status).toBe("Skipped");

      const [subscribed, unsubscribed, ...rest] = run.sent;
      expect(rest).toEqual([]);
      expect(unsubscribed).toMatchObject({ method: "DELETE", status: 200 });
      expect(JSON.parse(unsubscribed?.text ?? "")).toMatchObject({ status: "cancelled" });
      for (const header of ["idempotency-key", "x-ms-client-tracking-id"]) {
        expect(unsubscribed?.headers.get(header)).toBe(subscribed?.headers.get(header));
      }

      // The one callback that is left says so; then another question has the time to come and go.
      const [last] = await eventually(() => {
        const deliveries = runs.deliveriesTo(run);
        expect(deliveries).not.toEqual([]);
        return deliveries;
      });
      expect(JSON.parse(last?.text ?? "").type).toBe("genie.operation.cancelled");
      const looks = runs.looksAtMessageOf(run);
      await runs.start(WEBHOOK, TWO_ROWS).finished;
      expect(runs.looksAtMessageOf(run)).toBe(looks);
      expect(runs.deliveriesTo(run)).toHaveLength(1);
    });
  }
});
