import { expect, test } from "vitest";
import { ALL_GRANTS, aWorkspace, GENIE, OTHER_SPACE, SPACE, WAREHOUSE } from "./a-workspace.ts";

test("a user without the space gets 403, or 404 where the workspace hides it", async () => {
  const { get, post, simulator } = await aWorkspace();
  const refused = await get(GENIE, "no-space");
  expect(refused.status).toBe(403);
  expect(refused.body).toMatchObject({
    error_code: "PERMISSION_DENIED",
    message: `Unable to get space [${SPACE}]. Caused by User 3 does not have read permission for node with aclPath /workspace/${SPACE}`,
  });
  const ask = await post(`${GENIE}/start-conversation`, { content: "delays" }, "no-space");
  expect(ask.status).toBe(403);
  simulator.behave({ noSpaceGrant: "not_found" });
  expect(await get(GENIE, "no-space")).toMatchObject({
    status: 404,
    body: {
      error_code: "RESOURCE_DOES_NOT_EXIST",
      message: `Unable to get space [${SPACE}]. Caused by Node with resource name Some(datarooms/${SPACE}) does not exist.`,
    },
  });
});

test("spaces without a grant are not listed; an empty list is {}", async () => {
  const { get } = await aWorkspace();
  expect((await get("/api/2.0/genie/spaces")).body).toEqual({
    spaces: [{ space_id: SPACE, title: "Travel", description: "Flights", warehouse_id: WAREHOUSE }],
  });
  expect((await get("/api/2.0/genie/spaces", "no-space")).body).toEqual({});
  expect((await get(`/api/2.0/genie/spaces/${OTHER_SPACE}`)).status).toBe(403);
  expect((await get("/api/2.0/genie/spaces/ffff")).status).toBe(404);
});

test("the serialized space needs CAN EDIT", async () => {
  const { get } = await aWorkspace();
  expect((await get(`${GENIE}?include_serialized_space=true`)).status).toBe(403);
  const full = await get(`${GENIE}?include_serialized_space=true`, "manager");
  expect(full.body).toMatchObject({
    etag: "1",
    serialized_space: expect.stringContaining("main.travel.flights"),
  });
});

test("the access list needs CAN MANAGE", async () => {
  const { get } = await aWorkspace();
  const path = `/api/2.0/permissions/genie/${SPACE}`;
  expect((await get(path)).status).toBe(403);
  expect((await get(path, "manager")).body).toMatchObject({
    object_id: `/genie/${SPACE}`,
    object_type: "genie-space",
    access_control_list: expect.arrayContaining([
      {
        user_name: "analyst@example.com",
        display_name: "analyst",
        all_permissions: [{ permission_level: "CAN_RUN", inherited: false }],
      },
      expect.objectContaining({ service_principal_name: "app-client-id" }),
    ]),
  });
});

test("without the warehouse the ask is 403, or the message fails", async () => {
  const { ask, get, post, simulator, clock } = await aWorkspace();
  const refused = await post(`${GENIE}/start-conversation`, { content: "delays" }, "no-warehouse");
  expect(refused).toMatchObject({
    status: 403,
    body: {
      error_code: "PERMISSION_DENIED",
      message: "4 is not authorized to use or monitor this SQL Endpoint.",
    },
  });
  expect(simulator.asks()).toEqual([]);
  simulator.behave({ noWarehouseGrant: "fail_message" });
  const { message } = await ask("delays", "no-warehouse");
  clock.now += 20_000;
  expect((await get(message, "no-warehouse")).body).toMatchObject({
    status: "FAILED",
    error: {
      type: "WAREHOUSE_ACCESS_MISSING_EXCEPTION",
      error: expect.stringContaining(
        "Please ensure you have CAN USE permissions on the SQL warehouse",
      ),
    },
  });
});

test("without SELECT the message fails, with its SQL and suggestions", async () => {
  const { ask, get, clock } = await aWorkspace();
  const { message } = await ask("delays", "no-data");
  clock.now += 20_000;
  const { body } = await get(message, "no-data");
  expect(body).toMatchObject({
    status: "FAILED",
    error: {
      type: "SQL_EXECUTION_EXCEPTION",
      error: expect.stringMatching(/^\[INSUFFICIENT_PERMISSIONS\] /),
    },
    attachments: [
      { query: { query: expect.stringContaining("SELECT") } },
      { suggested_questions: {} },
    ],
  });
  expect(body).not.toHaveProperty("query_result");
});

test("a grant that is taken away or given works at once", async () => {
  const { get, simulator } = await aWorkspace();
  simulator.changePrincipal("oid-analyst", { grants: { ...ALL_GRANTS, spaces: {} } });
  expect((await get(GENIE)).status).toBe(403);
  simulator.changePrincipal("oid-no-space", { grants: ALL_GRANTS });
  expect((await get(GENIE, "no-space")).status).toBe(200);
  expect(() => simulator.changePrincipal("oid-typo", { active: false })).toThrow(
    "no such principal",
  );
});

test("warehouses show only to those who may use them", async () => {
  const { get } = await aWorkspace();
  const warehouses = "/api/2.0/sql/warehouses";
  expect((await get(`${warehouses}?skip_cannot_use=true`)).body).toMatchObject({
    warehouses: [{ id: WAREHOUSE, state: "RUNNING" }],
  });
  expect((await get(warehouses, "no-warehouse")).body).toEqual({});
  expect((await get(`${warehouses}/${WAREHOUSE}`, "no-warehouse")).status).toBe(403);
  expect((await get(`${warehouses}/ffff`)).status).toBe(404);
});

test("conversations belong to their creator; include_all needs CAN MANAGE", async () => {
  const { ask, get, send } = await aWorkspace();
  const { message, conversation, conversationId } = await ask("delays");
  for (const path of [message, `${conversation}/messages`]) {
    expect(await get(path, "other")).toMatchObject({
      status: 404,
      body: { error_code: "RESOURCE_DOES_NOT_EXIST" },
    });
  }
  expect((await send("DELETE", conversation, "other")).status).toBe(404);
  const list = `${GENIE}/conversations`;
  expect((await get(list, "other")).body).toEqual({});
  expect((await get(`${list}?include_all=true`)).status).toBe(403);
  expect((await get(`${list}?include_all=true`, "manager")).body).toMatchObject({
    conversations: [{ conversation_id: conversationId, title: "delays" }],
  });
});
