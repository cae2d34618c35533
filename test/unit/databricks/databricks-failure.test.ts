// Which failure an error reply gives, by its text and by what was asked for.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { databricksFailure, type Subject } from "../../../shared/databricks/databricks-failure.ts";
import type { ErrorEnvelope } from "../../../shared/databricks/error-envelope.ts";
import { verifies } from "../../support/verifies.ts";

const SUBJECTS = ["space", "conversation", "message", "attachment", "statement", "user"] as const;

const anEnvelope = (overrides: Partial<ErrorEnvelope> = {}): ErrorEnvelope => ({
  status: 403,
  errorCode: "PERMISSION_DENIED",
  message: "",
  requestId: undefined,
  retryAfterMs: undefined,
  ...overrides,
});

const codeOf = (overrides: Partial<ErrorEnvelope>, subject: Subject = "message") =>
  databricksFailure(anEnvelope(overrides), subject).code;

const SPACE_403 =
  "Unable to get space [01f0]. Caused by User 47 does not have read permission for node with aclPath /workspace/01f0";
const SPACE_404 =
  "Unable to get space [01f0]. Caused by Node with resource name Some(datarooms/01f0) does not exist.";

describe("grants", () => {
  verifies("databricks.space-forbidden", "403 and 404 of a space are the same", () => {
    for (const subject of ["space", "conversation", "message", "attachment"] as const) {
      const forbidden = databricksFailure(anEnvelope({ message: SPACE_403 }), subject);
      const gone = databricksFailure(anEnvelope({ status: 404, message: SPACE_404 }), subject);
      expect(forbidden.code).toBe("genie_space_forbidden");
      expect(gone).toEqual(forbidden);
    }
    expect(codeOf({ status: 404 }, "space")).toBe("genie_space_forbidden");
    expect(codeOf({ status: 403 }, "space")).toBe("genie_space_forbidden");
  });

  verifies("databricks.grants", "each names the grant, on what, and the command", () => {
    const space = databricksFailure(anEnvelope({ message: SPACE_403 }), "space").remedy;
    expect(space).toMatch(/CAN RUN.*permissions update genie <space-id>.*CAN_RUN/);
    const warehouse = "47 is not authorized to use or monitor this SQL Endpoint.";
    const { remedy } = databricksFailure(anEnvelope({ message: warehouse }), "message");
    expect(remedy).toMatch(/CAN USE.*permissions update warehouses <warehouse-id>.*CAN_USE/);
    const data = "[INSUFFICIENT_PERMISSIONS] Insufficient privileges";
    expect(databricksFailure(anEnvelope({ message: data }), "message").remedy).toMatch(
      /GRANT SELECT/,
    );
  });

  verifies(
    "databricks.grants",
    "the text decides which grant is missing, whatever was asked for",
    () => {
      const texts = {
        "47 is not authorized to use or monitor this SQL Endpoint.": "warehouse_forbidden",
        "You do not have permission to use the SQL Warehouse. Please contact your administrator.":
          "warehouse_forbidden",
        "[INSUFFICIENT_PERMISSIONS] Insufficient privileges: User does not have SELECT on t":
          "data_forbidden",
        "Unauthorized access to Org: 1234567890": "workspace_access_missing",
        "Error 403 User not authorized.": "workspace_access_missing",
        "User x is not active in this workspace.": "workspace_access_missing",
      };
      for (const subject of SUBJECTS) {
        for (const [message, code] of Object.entries(texts))
          expect(codeOf({ message }, subject)).toBe(code);
      }
    },
  );

  test("a token of the wrong kind is the gateway's problem", () => {
    const scope = "Provided OAuth token does not have required scopes: genie [ReqId: x]";
    expect(codeOf({ message: scope })).toBe("service_credential_problem");
    const page = "Error 400 io.jsonwebtoken.IncorrectClaimException: Expected aud claim to be: x";
    expect(codeOf({ status: 400, message: page })).toBe("service_credential_problem");
  });
});

verifies(
  "databricks.not-found",
  "403 and 404 without a known reason are a not-found of the kind asked for",
  () => {
    const expected = {
      conversation: "conversation_not_found",
      message: "message_not_found",
      attachment: "attachment_not_found",
      statement: "result_expired",
      user: "workspace_access_missing",
    } as const;
    for (const subject of ["conversation", "message", "attachment", "statement", "user"] as const) {
      for (const status of [403, 404]) expect(codeOf({ status }, subject)).toBe(expected[subject]);
    }
  },
);

test.each([429, 500, 501, 502, 503, 504, 408, 499])("%d is databricks_unavailable", (status) => {
  const failure = databricksFailure(anEnvelope({ status, retryAfterMs: 1_200 }), "message");
  expect(failure).toMatchObject({ code: "databricks_unavailable", retryAfterSeconds: 2 });
  expect(databricksFailure(anEnvelope({ status }), "message").retryAfterSeconds).toBeUndefined();
});

test.each([
  [{ status: 401, message: "Credential was not sent" }, "invalid_token"],
  [{ status: 403, message: "Invalid access token. [ReqId: x]" }, "invalid_token"],
  [
    { status: 400, message: "Error 400 io.jsonwebtoken.ExpiredJwtException: JWT expired" },
    "invalid_token",
  ],
  [{ status: 400, message: "The page token has expired." }, "genie_failed"],
  [{ status: 409, errorCode: "RESOURCE_CONFLICT" }, "conversation_busy"],
  [{ status: 409, errorCode: "ABORTED" }, "conversation_busy"],
  [{ status: 404, errorCode: "ENDPOINT_NOT_FOUND" }, "genie_misconfigured"],
  [{ status: 404, errorCode: "FEATURE_DISABLED" }, "genie_misconfigured"],
  [{ status: 302, errorCode: undefined }, "genie_misconfigured"],
  [{ status: 400, errorCode: "INVALID_PARAMETER_VALUE" }, "genie_failed"],
])("%j is %s", (overrides, code) => {
  expect(codeOf(overrides)).toBe(code);
});

test("a failure never carries text of Databricks", () => {
  const marker = "UPSTREAM-MARKER-7f3a";
  const messages = fc.constantFrom(
    SPACE_403,
    SPACE_404,
    "Invalid access token",
    "required scopes",
    "x",
  );
  const statuses = fc.integer({ min: 300, max: 599 });
  fc.assert(
    fc.property(statuses, messages, fc.constantFrom(...SUBJECTS), (status, message, subject) => {
      const envelope = anEnvelope({ status, message: `${message} ${marker}`, errorCode: marker });
      expect(JSON.stringify(databricksFailure(envelope, subject))).not.toContain(marker);
    }),
  );
});
