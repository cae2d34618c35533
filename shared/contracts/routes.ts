// Every endpoint of the gateway as data (design §3). On the start-up path: loads no zod and no client.
// It holds no behaviour; functions/ mounts each contract with its use case.

import { defineRoute } from "./route-contract.ts";
import {
  ASK_ERRORS,
  CONVERSATION_ERRORS,
  GENIE_ERRORS,
  MESSAGE_ERRORS,
  OPERATION_ERRORS,
  RESULT_ERRORS,
  SPACE_ERRORS,
} from "./route-errors.ts";

const asking = () => import("./asking-schemas.ts");
const reading = () => import("./reading-schemas.ts");
const feedback = () => import("./feedback-schemas.ts");
const visualizations = () => import("./visualization-schemas.ts");
const healthBodies = () => import("./health-schemas.ts");
const docs = () => import("./docs-schemas.ts");
const OPEN_GET = { method: "GET", auth: "none", errors: [] } as const;

export const health = defineRoute({
  ...OPEN_GET,
  name: "health",
  path: "health",
  responses: async () => (await healthBodies()).healthResponses,
});

export const healthReady = defineRoute({
  ...OPEN_GET,
  name: "health-ready",
  path: "health/ready",
  responses: async () => (await healthBodies()).readinessResponses,
});

export const queryObo = defineRoute({
  name: "query-obo",
  method: "POST",
  path: "genie/query-obo",
  auth: "user",
  input: async () => (await asking()).askInput,
  responses: async () => (await asking()).askResponses,
  defaultWait: { auto: 30, never: 40 },
  idempotencyKey: "optional",
  errors: ASK_ERRORS,
});

export const queryApp = defineRoute({
  name: "query-app",
  method: "POST",
  path: "genie/query-app",
  auth: "app",
  input: async () => (await asking()).askInput,
  responses: async () => (await asking()).askResponses,
  defaultWait: { auto: 30, never: 40 },
  idempotencyKey: "optional",
  errors: ASK_ERRORS,
});

export const listSpaces = defineRoute({
  name: "list-spaces",
  method: "GET",
  path: "genie/spaces",
  auth: "user-or-app",
  responses: async () => (await reading()).spacesResponses,
  errors: SPACE_ERRORS,
});

export const getSpace = defineRoute({
  name: "get-space",
  method: "GET",
  path: "genie/spaces/{space}",
  auth: "user-or-app",
  responses: async () => (await reading()).spaceResponses,
  errors: SPACE_ERRORS,
});

export const listConversations = defineRoute({
  name: "list-conversations",
  method: "GET",
  path: "genie/conversations",
  auth: "user-or-app",
  input: async () => (await reading()).listInput,
  responses: async () => (await reading()).conversationsResponses,
  errors: [...SPACE_ERRORS, "storage_unavailable"],
});

export const getConversation = defineRoute({
  name: "get-conversation",
  method: "GET",
  path: "genie/conversation/{conversation_id}",
  auth: "user-or-app",
  input: async () => (await reading()).spaceInput,
  responses: async () => (await reading()).conversationResponses,
  errors: CONVERSATION_ERRORS,
});

export const deleteConversation = defineRoute({
  name: "delete-conversation",
  method: "DELETE",
  path: "genie/conversation/{conversation_id}",
  auth: "user-or-app",
  input: async () => (await reading()).spaceInput,
  responses: async () => (await reading()).deletedResponses,
  errors: CONVERSATION_ERRORS,
});

export const listMessages = defineRoute({
  name: "list-messages",
  method: "GET",
  path: "genie/conversation/{conversation_id}/messages",
  auth: "user-or-app",
  input: async () => (await reading()).listInput,
  responses: async () => (await reading()).messagesResponses,
  errors: CONVERSATION_ERRORS,
});

export const getMessage = defineRoute({
  name: "get-message",
  method: "GET",
  path: "genie/conversation/{conversation_id}/messages/{message_id}",
  auth: "user-or-app",
  input: async () => (await reading()).messageInput,
  responses: async () => (await reading()).messageResponses,
  errors: MESSAGE_ERRORS,
});

export const getResults = defineRoute({
  name: "get-results",
  method: "GET",
  path: "genie/conversation/{conversation_id}/messages/{message_id}/results/{attachment_id}",
  auth: "user-or-app",
  input: async () => (await reading()).resultsInput,
  responses: async () => (await reading()).resultsResponses,
  errors: RESULT_ERRORS,
});

export const rerunResults = defineRoute({
  name: "rerun-results",
  method: "POST",
  path: "genie/conversation/{conversation_id}/messages/{message_id}/results/{attachment_id}/rerun",
  auth: "user-or-app",
  input: async () => (await reading()).rerunInput,
  responses: async () => (await reading()).rerunResponses,
  errors: RESULT_ERRORS,
});

/** Where a rerun that still runs is looked at: engines follow a Location with GET (docs/adr/0014). */
export const getRerun = defineRoute({
  name: "get-rerun",
  method: "GET",
  path: "genie/conversation/{conversation_id}/messages/{message_id}/results/{attachment_id}/rerun",
  auth: "user-or-app",
  input: async () => (await reading()).getRerunInput,
  responses: async () => (await reading()).rerunResponses,
  errors: RESULT_ERRORS,
});

export const getVisualization = defineRoute({
  name: "get-visualization",
  method: "GET",
  path: "genie/conversation/{conversation_id}/messages/{message_id}/visualizations/{attachment_id}",
  auth: "user-or-app",
  input: async () => (await visualizations()).visualizationInput,
  responses: async () => (await visualizations()).visualizationResponses,
  errors: [...MESSAGE_ERRORS, "attachment_not_found"],
});

export const sendFeedback = defineRoute({
  name: "send-feedback",
  method: "POST",
  path: "genie/conversation/{conversation_id}/messages/{message_id}/feedback",
  auth: "user-or-app",
  input: async () => (await feedback()).feedbackInput,
  responses: async () => (await feedback()).feedbackResponses,
  errors: [...MESSAGE_ERRORS, "unsupported_media_type", "payload_too_large"],
});

export const getOperation = defineRoute({
  name: "get-operation",
  method: "GET",
  path: "genie/operations/{operation_id}",
  auth: "owner",
  responses: async () => (await asking()).operationResponses,
  errors: OPERATION_ERRORS,
});

export const cancelOperation = defineRoute({
  name: "cancel-operation",
  method: "DELETE",
  path: "genie/operations/{operation_id}",
  auth: "owner",
  responses: async () => (await asking()).operationResponses,
  errors: OPERATION_ERRORS,
});

/**
 * For engines that no longer have the id. The reply names it, and the id opens the result: so where an operation is
 * opened by its unguessable id alone (function-key mode), a key that may be guessed opens nothing (docs/adr/0011).
 */
export const cancelOperationByKey = defineRoute({
  name: "cancel-operation-by-key",
  method: "DELETE",
  path: "genie/operations",
  auth: "user-or-app",
  responses: async () => (await asking()).operationResponses,
  idempotencyKey: "required",
  errors: OPERATION_ERRORS,
});

/** Failures of the question itself and refusals of the caller's rights are told by a `problem` event. */
export const getOperationEvents = defineRoute({
  name: "get-operation-events",
  method: "GET",
  path: "genie/operations/{operation_id}/events",
  auth: "owner",
  input: async () => (await asking()).operationEventsInput,
  responses: async () => (await asking()).operationEventsResponses,
  errors: OPERATION_ERRORS,
});

export const getOperationResult = defineRoute({
  name: "get-operation-result",
  method: "GET",
  path: "genie/operations/{operation_id}/result",
  auth: "owner",
  input: async () => (await asking()).operationResultInput,
  responses: async () => (await asking()).askResponses,
  defaultWait: { auto: 0, never: 40 },
  errors: [
    "operation_not_found",
    ...CONVERSATION_ERRORS,
    ...GENIE_ERRORS,
    "message_not_found",
    "conversation_busy",
    "operation_cancelled",
    "ask_outcome_unknown",
    "deadline_exceeded",
  ],
});

export const getMe = defineRoute({
  name: "get-me",
  method: "GET",
  path: "api/v1/me",
  auth: "user",
  responses: async () => (await reading()).meResponses,
  errors: SPACE_ERRORS,
});

export const getOpenapi = defineRoute({
  ...OPEN_GET,
  name: "get-openapi",
  path: "openapi.json",
  responses: async () => (await docs()).openapiResponses,
});

export const getDocs = defineRoute({
  ...OPEN_GET,
  name: "get-docs",
  path: "docs",
  responses: async () => (await docs()).pageResponses,
});

/** Scripts and styles of the pages, by the names that the pages give. Any other name is 404 without a body. */
export const getDocsAsset = defineRoute({
  ...OPEN_GET,
  name: "get-docs-asset",
  path: "docs/assets/{file}",
  responses: async () => (await docs()).assetResponses,
});

/** Where Entra sends the browser after the sign-in of /docs. */
export const getDocsRedirect = defineRoute({
  ...OPEN_GET,
  name: "get-docs-redirect",
  path: "docs/oauth2-redirect",
  responses: async () => (await docs()).pageResponses,
});

export const getDocsErrors = defineRoute({
  ...OPEN_GET,
  name: "get-docs-errors",
  path: "docs/errors",
  responses: async () => (await docs()).pageResponses,
});

export const getRedoc = defineRoute({
  ...OPEN_GET,
  name: "get-redoc",
  path: "redoc",
  responses: async () => (await docs()).pageResponses,
});
