// Every refusal of the workspace, with Databricks' own wording (genie-api.md §1.8; "own words" marks texts that no
// source confirms). A refusal is a function of the request id because some texts carry it.

import type { Reply } from "./http/reply.ts";
import type { JsonObject } from "./json.ts";

export type Refusal = (requestId: string) => Reply;

/** Thrown by routes and checks; the server answers with `refusal`. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal, options?: ErrorOptions) {
    super("refused by the simulated workspace", options);
    this.refusal = refusal;
  }
}

type Headers = Readonly<Record<string, string>>;

/** The standard envelope: `error_code` is a string, `details` names the request. */
function refusal(
  status: number,
  errorCode: string,
  message: string,
  headers: Headers = {},
): Refusal {
  return (requestId) => ({
    status,
    headers,
    body: { error_code: errorCode, message, details: [requestInfo(requestId)] },
  });
}

function requestInfo(requestId: string): JsonObject {
  return {
    "@type": "type.googleapis.com/google.rpc.RequestInfo",
    request_id: requestId,
    serving_data: "",
  };
}

/** Errors of the gateway in front of the workspace: `error_code` is an integer. */
function gatewayRefusal(
  status: number,
  message: (requestId: string) => string,
  headers: Headers = {},
): Refusal {
  return (requestId) => ({
    status,
    headers,
    body: { error_code: status, message: message(requestId) },
  });
}

export const credentialNotSent = gatewayRefusal(
  401,
  (id) => `Credential was not sent or was of an unsupported type for this API. [ReqId: ${id}]`,
  { "WWW-Authenticate": 'Bearer realm="DatabricksRealm"' },
);
/** Expired and invalid tokens are 403, not 401. */
export const invalidAccessToken = gatewayRefusal(
  403,
  (id) => `Invalid access token. [ReqId: ${id}]`,
  { "X-Databricks-Reason-Phrase": "Invalid access token." },
);
export const missingScope = (scope: string) =>
  gatewayRefusal(
    403,
    (id) => `Provided OAuth token does not have required scopes: ${scope} [ReqId: ${id}]`,
  );
/** Issue 2715 of databricks/terraform-provider-databricks. */
export const unauthorizedAccessToOrg = (workspaceId: string) =>
  gatewayRefusal(403, () => `Unauthorized access to Org: ${workspaceId}`);
/** Own words: no capture of a deactivated user was found. */
export const inactiveUser = (userName: string) =>
  gatewayRefusal(403, () => `User ${userName} is not active in this workspace.`);

/** The older answer to a token of somebody who is not in the workspace (databricks.vsts.tools issue 20). */
export const userNotAuthorizedPage = (path: string): Refusal =>
  htmlPage(
    403,
    "Error 403 User not authorized.",
    `Problem accessing ${path}. Reason:\n    User not authorized.`,
  );
export const wrongAudience = (expected: string, actual: string): Refusal => {
  const text = `io.jsonwebtoken.IncorrectClaimException: Expected aud claim to be: ${expected}, but was: ${actual}.`;
  return htmlPage(400, `Error 400 ${text}`, `Problem accessing the API. Reason:\n    ${text}`);
};
function htmlPage(status: number, title: string, text: string): Refusal {
  return () => ({
    status,
    headers: { "Content-Type": "text/html;charset=iso-8859-1" },
    body: `<html>\n<head>\n<title>${title}</title></head>\n<body><h2>HTTP ERROR ${status}</h2>\n<p><pre>${text}</pre></p></body>\n</html>\n`,
  });
}

export const spaceForbidden = (spaceId: string, userId: number) =>
  refusal(
    403,
    "PERMISSION_DENIED",
    `Unable to get space [${spaceId}]. Caused by User ${userId} does not have read permission for node with aclPath /workspace/${spaceId}`,
  );
export const spaceNotFound = (spaceId: string) =>
  refusal(
    404,
    "RESOURCE_DOES_NOT_EXIST",
    `Unable to get space [${spaceId}]. Caused by Node with resource name Some(datarooms/${spaceId}) does not exist.`,
  );
export const warehouseForbidden = (userId: number) =>
  refusal(
    403,
    "PERMISSION_DENIED",
    `${userId} is not authorized to use or monitor this SQL Endpoint.`,
  );
export const statementWarehouseForbidden = refusal(
  403,
  "PERMISSION_DENIED",
  "You do not have permission to use the SQL Warehouse. Please contact your administrator.",
);
/** Own words; for rights that are above the caller's level. */
export const permissionDenied = (what: string) => refusal(403, "PERMISSION_DENIED", what);
/** Own words apart from the code. */
export const doesNotExist = (what: string) =>
  refusal(404, "RESOURCE_DOES_NOT_EXIST", `${what} does not exist.`);
export const statementNotFound = (statementId: string) =>
  refusal(404, "NOT_FOUND", `The statement ${statementId} was not found.`);
export const endpointNotFound = (method: string, path: string) =>
  refusal(404, "ENDPOINT_NOT_FOUND", `No API found for '${method} ${path}'`);

export const malformedRequest = refusal(
  400,
  "MALFORMED_REQUEST",
  "Invalid JSON given in the body of the request - failed to parse given JSON",
);
export const invalidParameter = (message: string) =>
  refusal(400, "INVALID_PARAMETER_VALUE", message);
export const feedbackTextWithNone = refusal(
  400,
  "INVALID_PARAMETER_VALUE",
  "Feedback text cannot be provided when rating is NONE. Text feedback is only allowed with POSITIVE or NEGATIVE ratings.",
);
export const chunkOutOfBounds = (index: string) =>
  refusal(400, "BAD_REQUEST", `The chunk_index ${index} is out of bounds.`);
/** Own words: the reply to a query-result that comes too early or too late is not known. */
export const invalidState = (message: string) => refusal(400, "INVALID_STATE", message);
/** Own words apart from the code. */
export const conversationBusy = refusal(
  409,
  "RESOURCE_CONFLICT",
  "Another message of this conversation is still being processed.",
);

/** Own words apart from the code; Genie's real body is not known. Without seconds there is no Retry-After. */
export const requestLimitExceeded = (retryAfterSeconds: number | undefined) =>
  refusal(
    429,
    "REQUEST_LIMIT_EXCEEDED",
    "REQUEST_LIMIT_EXCEEDED: Exceeded workspace rate limit for Genie questions.",
    retryAfterSeconds === undefined ? {} : { "Retry-After": String(retryAfterSeconds) },
  );
export const temporarilyUnavailable = (retryAfterSeconds: number) =>
  refusal(503, "TEMPORARILY_UNAVAILABLE", "The service is temporarily unavailable.", {
    "Retry-After": String(retryAfterSeconds),
  });
export const emptyInternalError: Refusal = () => ({ status: 500, body: "" });
