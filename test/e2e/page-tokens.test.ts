// A page token belongs to the list that gave it: on another list, of another owner or in another form it is a 400
// that names it, never a place in that list (design §3.1).

import { beforeAll, describe, expect } from "vitest";
import type * as z from "zod";
import type { StandCaller } from "../../local/stand/start-stand.ts";
import { conversationListSchema, messageListSchema } from "../../shared/contracts/reading.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { answerOf, ask, bodyOf, call, faultyPlaces, problemOf } from "./gateway-client.ts";

const stand = useStand("page-tokens");
const TALKS = "/genie/conversations?page_size=1";

/** List → a token that it gave. */
const tokens = new Map<string, string>();
const get = (path: string, as: StandCaller = "analyst") => call(stand(), { path, as });
const asked = async (as: StandCaller, body: object) =>
  answerOf(await ask(stand(), as, { query: "average delay by origin", ...body }));

async function firstPage(
  path: string,
  as: StandCaller,
  schema: z.ZodType<{ next_page_token?: string }>,
) {
  const { next_page_token: token } = bodyOf(await get(path, as), 200, schema);
  expect(token, path).toBeDefined();
  tokens.set(`${as} ${path}`, token ?? "");
}

/** A conversation of two messages; its id. */
async function talkOfTwo(space: string): Promise<string> {
  const { conversation_id } = await asked("analyst", { space });
  await asked("analyst", { space, conversation_id });
  return conversation_id ?? "";
}

beforeAll(async () => {
  const spaces = ["default", "default", "showcase", "showcase"];
  const [talks] = await Promise.all([
    Promise.all(spaces.map(talkOfTwo)),
    asked("app", {}),
    asked("app", {}),
  ]);
  await Promise.all([
    firstPage(`${TALKS}&space=default`, "analyst", conversationListSchema),
    firstPage(`${TALKS}&space=showcase`, "analyst", conversationListSchema),
    firstPage(`${TALKS}&space=default`, "app", conversationListSchema),
    ...talks.slice(0, 2).map((talk) => {
      const path = `/genie/conversation/${talk}/messages?page_size=1`;
      return firstPage(path, "analyst", messageListSchema);
    }),
  ]);
});

describe("page tokens", () => {
  verifies("reading.page-tokens", "each opens the next page of its own list", async () => {
    for (const [list, token] of tokens) {
      const [as, path] = list.split(" ") as [StandCaller, string];
      const reply = await get(`${path}&page_token=${encodeURIComponent(token)}`, as);
      expect(`${list} ${reply.status}`).toBe(`${list} 200`);
    }
  });

  verifies("reading.page-tokens", "none opens another list", async () => {
    let tried = 0;
    for (const [list] of tokens) {
      const [as, path] = list.split(" ") as [StandCaller, string];
      const foreign = [...tokens].filter(([other]) => other !== list);
      for (const [, token] of foreign) {
        const reply = await get(`${path}&page_token=${encodeURIComponent(token)}`, as);
        expect(faultyPlaces(problemOf(reply, 400, "invalid_request"))).toEqual(["page_token"]);
        tried += 1;
      }
    }
    expect(tried).toBe(20);
  });
});
