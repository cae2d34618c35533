// Whose conversation it is, on every path below one: an app sees only what it started itself, and what belongs to
// another is 404 as if it were not there (design §3.1, §3.5). Walks over the contracts, so that none is left out.

import { describe, expect } from "vitest";
import type { Stand } from "../../local/stand/start-stand.ts";
import type { Answer } from "../../shared/contracts/answer.ts";
import { SECRET_MARKERS } from "../support/secret-markers.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { CONVERSATION_ROUTES, requestTo } from "./every-route.ts";
import { answerOf, call, type GatewayRequest, problemOf } from "./gateway-client.ts";
import { scriptedQuestions } from "./scripted-questions.ts";

const stand = useStand("own-conversations");
const questions = scriptedQuestions(stand);
type Caller = NonNullable<GatewayRequest["as"]>;

/** Another application with the role: at Databricks, both act as the same service principal. */
const otherApp = async ({ entra }: Stand): Promise<Caller> => ({
  token: await entra.issueAppToken({
    clientId: "c0000000-0000-4000-8000-0000000000aa",
    roles: ["Genie.Ask"],
  }),
});

/** An answer with rows and a picture, so that every path below it leads to something. */
async function answered(as: "analyst" | "app"): Promise<Answer> {
  const result = { columns: [{ name: "n", type: "INT" }], rows: [[SECRET_MARKERS.answer]] };
  const attachments = [{ kind: "query", sql: "SELECT 1" }, { kind: "viz" }] as const;
  return answerOf(await questions.ask({ stages: [], result, attachments }, { as }));
}

function idsOf(answer: Answer, route: string): Record<string, string> {
  const [attachment] = route === "get-visualization" ? answer.visualizations : answer.results;
  return {
    conversation_id: answer.conversation_id ?? "",
    message_id: answer.message_id ?? "",
    attachment_id: attachment?.attachment_id ?? "",
  };
}

/**
 * `download` is bound to its owner and 400 for everybody else, also for a user to whom Databricks would say 404. The walk
 * brings one that nobody has.
 */
const NEEDS_DOWNLOAD = "get-rerun";

/** How often Databricks heard of this conversation. */
const heard = ({ conversation_id: id }: Answer) =>
  stand()
    .databricks.calls()
    .filter(({ path }) => path.includes(id ?? "")).length;

describe.concurrent("below a conversation", () => {
  for (const route of CONVERSATION_ROUTES) {
    const tried = (answer: Answer, as: Caller) =>
      requestTo(route, idsOf(answer, route.name)).then((request) =>
        call(stand(), { ...request, as }),
      );

    verifies(
      "reading.own-conversations",
      `${route.name}: an app's is 404 to another app, and Databricks hears nothing`,
      async () => {
        const answer = await answered("app");
        const before = heard(answer);
        problemOf(await tried(answer, await otherApp(stand())), 404, "conversation_not_found");
        expect(heard(answer)).toBe(before);
      },
    );

    verifies("reading.own-conversations", `${route.name}: an app's is 404 to users`, async () => {
      const answer = await answered("app");
      for (const as of ["analyst", "no-warehouse"] as const) {
        const reply = await tried(answer, as);
        if (route.name === NEEDS_DOWNLOAD) {
          problemOf(reply, 400, "invalid_request");
          continue;
        }
        expect({ as, status: reply.status }).toEqual({ as, status: 404 });
        expect(JSON.parse(reply.text).code).toMatch(
          /^(conversation|message|attachment)_not_found$/,
        );
      }
    });

    verifies(
      "reading.own-conversations",
      `${route.name}: a user's is 404 to apps and to other users`,
      async () => {
        const answer = await answered("analyst");
        const before = heard(answer);
        problemOf(await tried(answer, "app"), 404, "conversation_not_found");
        expect(heard(answer)).toBe(before);
        const reply = await tried(answer, "no-warehouse");
        expect(reply.status).toBe(route.name === NEEDS_DOWNLOAD ? 400 : 404);
        expect(reply.text).not.toContain(SECRET_MARKERS.answer);
      },
    );

    verifies("reading.own-conversations", `${route.name}: its owner is let in`, async () => {
      for (const as of ["app", "analyst"] as const) {
        const { status } = await tried(await answered(as), as);
        const good = route.name === NEEDS_DOWNLOAD ? [400] : [200, 202, 204];
        expect({ as, ok: good.includes(status) }).toEqual({ as, ok: true });
      }
    });
  }

  verifies("reading.own-conversations", "there are routes to walk over", () => {
    expect(CONVERSATION_ROUTES.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        "get-conversation",
        "delete-conversation",
        "list-messages",
        "get-message",
        "get-results",
        "get-visualization",
        "send-feedback",
      ]),
    );
  });

  verifies("reading.own-conversations", "an id in capitals is the same conversation", async () => {
    const answer = await answered("app");
    const path = `/genie/conversation/${answer.conversation_id?.toUpperCase()}`;
    expect((await call(stand(), { path, as: "app" })).status).toBe(200);
    const as = await otherApp(stand());
    problemOf(await call(stand(), { path, as }), 404, "conversation_not_found");
  });

  verifies("reading.own-conversations", "it is its owner's in its own space alone", async () => {
    const answer = await answered("app");
    const before = heard(answer);
    for (const route of CONVERSATION_ROUTES) {
      const request = await requestTo(route, idsOf(answer, route.name));
      const path = `${request.path}${request.path.includes("?") ? "&" : "?"}space=showcase`;
      const reply = await call(stand(), { ...request, path, as: "app" });
      problemOf(reply, 404, "conversation_not_found");
    }
    expect(heard(answer)).toBe(before);
  });
});
