import { expect, test } from "vitest";
import { createDataset } from "../../../../local/databricks/sql/answer-question.ts";
import { STAND_SPACE, STAND_WORKSPACE } from "../../../../local/databricks/stand-workspace.ts";
import { ANALYST, GATEWAY_API, NO_SPACE, NO_WAREHOUSE } from "../../../../local/users.ts";
import { at, aWorkspace, textAt } from "./a-workspace.ts";

const SPACE_PATH = `/api/2.0/genie/spaces/${STAND_SPACE.spaceId}`;

async function theStand() {
  return aWorkspace({
    ...STAND_WORKSPACE,
    dataset: await createDataset(),
    verifyToken: (token) =>
      token === GATEWAY_API.clientId
        ? { kind: "app", clientId: token }
        : { kind: "user", objectId: token },
  });
}

test("a real question runs real SQL and its rows can be read", async () => {
  const { post, get, clock } = await theStand();
  const asked = await post(
    `${SPACE_PATH}/start-conversation`,
    { content: "average delay by origin" },
    ANALYST.objectId,
  );
  clock.now += 20_000;
  const path = `${SPACE_PATH}/conversations/${textAt(asked.body, "conversation_id")}/messages/${textAt(asked.body, "message_id")}`;
  const message = await get(path, ANALYST.objectId);
  expect(at(message.body, "status")).toBe("COMPLETED");
  expect(textAt(message.body, "attachments", 0, "query", "query")).toMatch(/^SELECT/);
  const result = await get(`${path}/query-result`, ANALYST.objectId);
  const rows = Object(at(result.body, "statement_response", "result", "data_array"));
  expect(rows.length).toBeGreaterThan(1);
  expect(rows.length).toBe(at(message.body, "query_result", "row_count"));
});

test("the stand's people meet the grants that their names promise", async () => {
  const { post } = await theStand();
  const ask = async (token: string) =>
    (await post(`${SPACE_PATH}/start-conversation`, { content: "average delay by origin" }, token))
      .status;
  expect(await ask(ANALYST.objectId)).toBe(200);
  expect(await ask(GATEWAY_API.clientId)).toBe(200);
  expect(await ask(NO_SPACE.objectId)).toBe(403);
  expect(await ask(NO_WAREHOUSE.objectId)).toBe(403);
});
