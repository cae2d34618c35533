import { expect, test } from "vitest";
import { aWorkspace, GENIE } from "./a-workspace.ts";

test("no credential and a wrong scheme are 401 with an integer error_code", async () => {
  const { send, simulator } = await aWorkspace();
  const reply = await send("GET", GENIE);
  const requestId = reply.headers.get("x-request-id");
  expect(reply.status).toBe(401);
  expect(reply.headers.get("www-authenticate")).toBe('Bearer realm="DatabricksRealm"');
  expect(reply.text).toBe(
    `{"error_code":401,"message":"Credential was not sent or was of an unsupported type for this API. [ReqId: ${requestId}]"}`,
  );
  const basic = await fetch(simulator.url + GENIE, { headers: { Authorization: "Basic eDp5" } });
  expect(basic.status).toBe(401);
});

test("an invalid token is 403 with a reason phrase", async () => {
  const { get } = await aWorkspace();
  const reply = await get(GENIE, "expired");
  expect(reply.status).toBe(403);
  expect(reply.headers.get("x-databricks-reason-phrase")).toBe("Invalid access token.");
  expect(reply.text).toBe(
    `{"error_code":403,"message":"Invalid access token. [ReqId: ${reply.headers.get("x-request-id")}]"}`,
  );
});

test("a missing scope is 403 and names the scope", async () => {
  const { get } = await aWorkspace();
  const reply = await get(GENIE, "narrow");
  expect(reply.status).toBe(403);
  expect(reply.body).toMatchObject({
    error_code: 403,
    message: expect.stringMatching(
      /^Provided OAuth token does not have required scopes: genie \[ReqId: /,
    ),
  });
});

test("a token for another resource is 400 with an HTML page", async () => {
  const { get } = await aWorkspace();
  const reply = await get(GENIE, "graph");
  expect(reply.status).toBe(400);
  expect(reply.headers.get("content-type")).toContain("text/html");
  expect(reply.text).toContain(
    "<title>Error 400 io.jsonwebtoken.IncorrectClaimException: Expected aud claim to be: 2ff814a6-3304-4ab8-85cb-cd0e6f879c1d, but was: https://graph.microsoft.com.</title>",
  );
});

test("somebody who is not in the workspace is refused, as JSON or as a page", async () => {
  const { get, simulator } = await aWorkspace();
  expect((await get(GENIE, "stranger")).body).toEqual({
    error_code: 403,
    message: "Unauthorized access to Org: 1234567890123456",
  });
  expect((await get(GENIE, "nobody-knows")).status).toBe(403);
  simulator.behave({ notInWorkspace: "html" });
  expect((await get(GENIE, "stranger")).text).toContain(
    "<title>Error 403 User not authorized.</title>",
  );
});

test("an inactive user can read SCIM Me alone", async () => {
  const { get } = await aWorkspace();
  expect((await get(GENIE, "inactive")).status).toBe(403);
  const me = await get("/api/2.0/preview/scim/v2/Me", "inactive");
  expect(me.body).toMatchObject({ userName: "inactive@example.com", active: false });
});

test("SCIM Me tells users and service principals apart", async () => {
  const { get } = await aWorkspace();
  const me = await get("/api/2.0/preview/scim/v2/Me");
  expect(me.headers.get("x-databricks-org-id")).toBe("1234567890123456");
  expect(me.headers.get("server")).toBe("databricks");
  expect(me.body).toMatchObject({
    id: "4757395811234567",
    userName: "analyst@example.com",
    active: true,
    emails: [{ value: "analyst@example.com" }],
    groups: [{ display: "users" }],
  });
  const app = await get("/api/2.0/preview/scim/v2/Me", "app");
  expect(app.body).toMatchObject({ userName: "app-client-id", displayName: "Gateway" });
  expect(app.body).not.toHaveProperty("emails");
});

test("an unknown path is ENDPOINT_NOT_FOUND and names the request in its details", async () => {
  const { post } = await aWorkspace();
  const reply = await post("/api/2.0/genie/nothing");
  expect(reply.status).toBe(404);
  expect(reply.body).toEqual({
    error_code: "ENDPOINT_NOT_FOUND",
    message: "No API found for 'POST /api/2.0/genie/nothing'",
    details: [
      {
        "@type": "type.googleapis.com/google.rpc.RequestInfo",
        request_id: reply.headers.get("x-request-id"),
        serving_data: "",
      },
    ],
  });
});
