// Deleting conversations, and reading spaces, with hostile input and a workspace in trouble (design §3.1, §3.5).

import { describe, expect } from "vitest";
import { conversationListSchema } from "../../shared/contracts/reading.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { followed } from "./follow-reply.ts";
import { acceptedOf, answerOf, bodyOf, call, faultyPlaces, problemOf } from "./gateway-client.ts";
import { NEVER_DONE, scriptedQuestions } from "./scripted-questions.ts";

const stand = useStand("deleting");
const questions = scriptedQuestions(stand);

const get = (path: string, as: "analyst" | "app" = "analyst") => call(stand(), { path, as });
const remove = (path: string, as: "analyst" | "app" = "analyst") =>
  call(stand(), { method: "DELETE", path, as });
async function aConversation(as: "analyst" | "app" = "analyst") {
  const answer = answerOf(await questions.ask({ stages: [] }, { as }));
  return {
    id: answer.conversation_id ?? "",
    path: `/genie/conversation/${answer.conversation_id}`,
  };
}
const listed = async (as: "analyst" | "app") =>
  bodyOf(
    await get("/genie/conversations?page_size=100", as),
    200,
    conversationListSchema,
  ).conversations.map((entry) => entry.conversation_id);

describe("deleting", () => {
  verifies("reading.delete", "one that another space holds deletes nothing", async () => {
    for (const as of ["analyst", "app"] as const) {
      const { path } = await aConversation(as);
      problemOf(await remove(`${path}?space=showcase`, as), 404, "conversation_not_found");
      problemOf(await remove(`${path}?space=unknown`, as), 404, "space_not_found");
      for (const bad of [
        "?space=default&space=default",
        "?space=",
        "?space=%2e%2e",
        "?space=Default",
      ]) {
        const problem = problemOf(await remove(`${path}${bad}`, as), 400, "invalid_request");
        expect(faultyPlaces(problem)).toEqual(["space"]);
      }
      expect((await get(path, as)).status).toBe(200);
    }
  });

  verifies("reading.delete", "in capitals, with a body, twice: once 204, then 404", async () => {
    for (const as of ["analyst", "app"] as const) {
      const { id, path } = await aConversation(as);
      const shouted = path.replace(id, id.toUpperCase());
      const request = {
        method: "DELETE",
        path: shouted,
        as,
        body: { conversation_id: "other" },
      } as const;
      expect(await call(stand(), request)).toMatchObject({ status: 204, text: "" });
      problemOf(await remove(path, as), 404, "conversation_not_found");
      expect(await listed(as)).not.toContain(id);
    }
  });

  verifies("reading.delete", "whose reply got lost leaves an app's list all the same", async () => {
    const { id, path } = await aConversation("app");
    stand().databricks.fault({
      route: "deleteConversation",
      action: { kind: "drop" },
      when: "after",
    });
    expect([204, 404]).toContain((await remove(path, "app")).status);
    expect(await listed("app")).not.toContain(id);
  });

  verifies(
    "reading.delete",
    "while Databricks is down is 503, and nothing is forgotten",
    async () => {
      const { id, path } = await aConversation("app");
      const action = {
        kind: "reply",
        status: 503,
        headers: { "Retry-After": "60" },
        body: "",
      } as const;
      stand().databricks.fault({ route: "deleteConversation", action });
      problemOf(await remove(path, "app"), 503, "databricks_unavailable");
      expect(await listed("app")).toContain(id);
      expect((await remove(path, "app")).status).toBe(204);
    },
  );

  verifies("reading.delete", "under a running question ends that question", async () => {
    const { links, conversation_id } = acceptedOf(
      await questions.ask(NEVER_DONE, { query: "?async=always" }),
    );
    expect((await remove(`/genie/conversation/${conversation_id}`)).status).toBe(204);
    // A refusal in the first ten seconds after the ask may pass (genie-api.md §1.8).
    const result = await followed(await get(links.result), get);
    expect(result.status).toBe(404);
    expect(JSON.parse(result.text).code).toMatch(/^(message|conversation)_not_found$/);
    expect(JSON.parse((await get(links.self)).text).status).toBe("failed");
  });
});

describe("spaces", () => {
  verifies("reading.spaces", "have no id, and unknown parameters change nothing", async () => {
    const plain = await get("/genie/spaces");
    const odd = await get("/genie/spaces?space=unknown&page_size=x&include_serialized_space=true");
    expect(odd.text).toBe(plain.text);
    expect(plain.text).not.toMatch(/[0-9a-f]{32}|warehouse/);
    expect(Object.keys(JSON.parse(plain.text).spaces[0])).toEqual([
      "space",
      "title",
      "description",
    ]);
  });

  verifies(
    "reading.spaces",
    "that one cannot be read is an error, not a shorter list",
    async () => {
      const action = { kind: "reply", status: 500, body: "<html>oops</html>" } as const;
      stand().databricks.fault({ route: "getSpace", action });
      const reply = await get("/genie/spaces");
      problemOf(reply, 503, "databricks_unavailable");
      expect(reply.text).not.toContain("oops");
    },
  );

  verifies(
    "reading.spaces",
    "gone in Databricks are left out, and 403 by their alias",
    async () => {
      const gone = {
        kind: "reply",
        status: 404,
        body: { error_code: "RESOURCE_DOES_NOT_EXIST" },
      } as const;
      stand().databricks.fault({ route: "getSpace", action: gone });
      expect(JSON.parse((await get("/genie/spaces")).text).spaces).toHaveLength(1);
      stand().databricks.fault({ route: "getSpace", action: gone });
      problemOf(await get("/genie/spaces/default"), 403, "genie_space_forbidden");
    },
  );
});
