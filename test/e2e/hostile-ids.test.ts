// Hostile ids in paths over the real socket: 404, whatever they hold, and nothing of them travels to Databricks.

import { describe, expect } from "vitest";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { expectAlwaysHeaders, problemOf } from "./gateway-client.ts";
import { sendRaw } from "./raw-request.ts";

const stand = useStand("hostile-ids");
const ID = "0123456789abcdef".repeat(2);

const BAD_IDS = [
  "%2e%2e%2f%2e%2e%2fme",
  "..%2f..%2fme",
  "%2e%2e",
  "%00",
  `${ID}%00`,
  `${ID}%0a`,
  `${ID}%0d%0aX-Injected:1`,
  ID.slice(1),
  `${ID}0`,
  ID.replace("0", "g"),
  "x".repeat(8_000),
  "%F0%9F%A6%A9",
  "%ff%fe",
  "%zz",
  "%252e%252e",
  "1%20or%201=1",
  "__proto__",
  "*",
  `${ID};a=b`,
];

describe.concurrent("hostile ids in paths", () => {
  const below = [
    ["GET", (id: string) => `/genie/conversation/${id}`, "conversation_not_found"],
    ["DELETE", (id: string) => `/genie/conversation/${id}`, "conversation_not_found"],
    ["GET", (id: string) => `/genie/conversation/${id}/messages`, "conversation_not_found"],
    ["GET", (id: string) => `/genie/conversation/${ID}/messages/${id}`, "message_not_found"],
    [
      "GET",
      (id: string) => `/genie/conversation/${ID}/messages/${ID}/results/${id}`,
      "attachment_not_found",
    ],
    [
      "GET",
      (id: string) => `/genie/conversation/${ID}/messages/${ID}/visualizations/${id}`,
      "attachment_not_found",
    ],
    ["GET", (id: string) => `/genie/operations/${id}`, "operation_not_found"],
    ["DELETE", (id: string) => `/genie/operations/${id}`, "operation_not_found"],
    ["GET", (id: string) => `/genie/operations/${id}/result`, "operation_not_found"],
    ["GET", (id: string) => `/genie/spaces/${id}`, "space_not_found"],
  ] as const;
  for (const [method, pathOf, code] of below) {
    verifies(
      "gateway.hostile-requests",
      `${method} ${pathOf("{id}")} is 404 for all of them`,
      async () => {
        let answeredByUs = 0;
        for (const id of BAD_IDS) {
          const reply = await sendRaw(stand(), { method, path: pathOf(id) });
          expect(`${id.slice(0, 40)} ${reply.status}`).toBe(`${id.slice(0, 40)} 404`);
          expect(reply.headers.get("x-injected")).toBeNull();
          // A path that the URL rules resolve to another one never reaches the function: the host answers.
          if (reply.text === "") continue;
          answeredByUs += 1;
          expectAlwaysHeaders(reply.headers);
          problemOf(reply, 404, code);
        }
        expect(answeredByUs).toBeGreaterThan(BAD_IDS.length - 3);
        expect(stand().databricks.calls()).toEqual([]);
      },
    );
  }
});
