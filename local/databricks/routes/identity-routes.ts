// SCIM Me: who the token belongs to, as the workspace knows them. Works for inactive users too.

import type { Handle } from "../http/call.ts";
import { ok } from "../http/reply.ts";
import { compact } from "../json.ts";

const SCHEMAS = [
  "urn:ietf:params:scim:schemas:core:2.0:User",
  "urn:ietf:params:scim:schemas:extension:workspace:2.0:User",
];

export const getMe: Handle = ({ caller }) => {
  const isUser = caller.kind === "user";
  const body = compact({
    schemas: SCHEMAS,
    id: String(caller.userId),
    userName: caller.userName,
    displayName: caller.displayName,
    active: caller.active,
    emails: isUser ? [{ type: "work", value: caller.userName, primary: true }] : [],
    groups: caller.groups.map((display, index) => {
      const value = String(100_000 + index);
      return { display, type: "direct", value, $ref: `Groups/${value}` };
    }),
    entitlements: [{ value: "databricks-sql-access" }],
    externalId: isUser ? caller.externalId : undefined,
  });
  return { ...ok(body), headers: { "Content-Type": "application/scim+json" } };
};
