// What the documents say of each endpoint and of the ids in paths. Apart from the contracts, because the app never
// needs it to serve a request. It promises nothing that the contracts do not hold.

import type * as routes from "./routes.ts";

export const TAGS = {
  Ask: "Ask Genie a question, as the user or as the app.",
  Operations: "Questions that go on after the request: watch, wait, cancel.",
  Conversations: "What was asked and answered before.",
  Results: "Rows as pages and files, pictures.",
  Spaces: "The Genie spaces that can be asked.",
  Account: "Who is signed in.",
  Health: "For probes: no token needed.",
  Documents: "This document and the pages made from it: no token needed.",
} as const;

export interface RouteText {
  /** Alphanumeric, unique; the name of the action in the Power Platform. */
  readonly operationId: string;
  readonly tag: keyof typeof TAGS;
  /** Below 120 characters, no slash, ends with a letter (connectors.md §2.5). */
  readonly summary: string;
  /** Markdown. */
  readonly description: string;
}

const WAITING =
  "Waits up to `Prefer: wait=N` seconds (`wait=N` in the query says the same; standard 30). Then 202 with `Location`, where the answer can be fetched, and `Operation-Location`, the status monitor. Once asked, a question is never asked a second time by the gateway.";

/** By the name under which routes.ts exports the contract: a route without texts does not compile. */
export const ROUTE_TEXTS: Readonly<Record<keyof typeof routes, RouteText>> = {
  queryObo: {
    operationId: "AskAsUser",
    tag: "Ask",
    summary: "Ask Genie as the signed-in user",
    description: `Asks the question with the rights of the user whose token is sent (on-behalf-of). ${WAITING}`,
  },
  queryApp: {
    operationId: "AskAsApp",
    tag: "Ask",
    summary: "Ask Genie as the application",
    description: `Asks the question with the rights of the gateway's own application, for flows without a user. ${WAITING}`,
  },
  listSpaces: {
    operationId: "ListSpaces",
    tag: "Spaces",
    summary: "List the spaces that can be asked",
    description:
      "The configured aliases with title and description, read live. A space that the caller may not see is left out.",
  },
  getSpace: {
    operationId: "GetSpace",
    tag: "Spaces",
    summary: "Get one space",
    description: "Title and description of the Genie space behind an alias.",
  },
  listConversations: {
    operationId: "ListConversations",
    tag: "Conversations",
    summary: "List own conversations",
    description:
      "Newest first, of one space. A user sees what Databricks lists as that user's own; an application only what it started through this API.",
  },
  getConversation: {
    operationId: "GetConversation",
    tag: "Conversations",
    summary: "Get one conversation",
    description: "Its entry of the list and its newest 20 messages, oldest first.",
  },
  deleteConversation: {
    operationId: "DeleteConversation",
    tag: "Conversations",
    summary: "Delete one conversation",
    description: "Deletes it in Databricks, for good.",
  },
  listMessages: {
    operationId: "ListMessages",
    tag: "Conversations",
    summary: "List the messages of a conversation",
    description:
      "Pages go back in time: the first holds the newest messages, each page oldest first. Without rows.",
  },
  getMessage: {
    operationId: "GetMessage",
    tag: "Conversations",
    summary: "Get one message as an answer",
    description:
      "The same form as the answer to an ask, also when it was asked elsewhere. `status` is `running` before Genie is done. Expired rows: `rows` is empty and `expired` true.",
  },
  getResults: {
    operationId: "GetResults",
    tag: "Results",
    summary: "Get the rows of a result",
    description:
      "A JSON page, or all of Genie's rows as CSV or NDJSON (`format`, or `Accept`). With `full=true` also rows beyond Genie's 5,000: 202 while Databricks prepares the download, then ask again at `Location`. In CSV a text that a spreadsheet would take for a formula gets a leading `'`.",
  },
  rerunResults: {
    operationId: "RerunResult",
    tag: "Results",
    summary: "Run expired SQL again",
    description: "For rows that Databricks no longer holds. Takes no body.",
  },
  getRerun: {
    operationId: "GetRerun",
    tag: "Results",
    summary: "Look at a rerun that still runs",
    description: "Where the `Location` of a rerun leads; `download` names the run.",
  },
  getVisualization: {
    operationId: "GetVisualization",
    tag: "Results",
    summary: "Get a visualization as a picture",
    description: "The chart that Genie made, as PNG.",
  },
  sendFeedback: {
    operationId: "SendFeedback",
    tag: "Conversations",
    summary: "Rate an answer",
    description: "Sends a rating, and a comment if there is one, to Genie.",
  },
  getOperation: {
    operationId: "GetOperation",
    tag: "Operations",
    summary: "Get the status of an operation",
    description: "The status monitor: always 200 while the operation is known.",
  },
  cancelOperation: {
    operationId: "CancelOperation",
    tag: "Operations",
    summary: "Cancel an operation",
    description:
      "The gateway stops waiting; Genie itself cannot be stopped. A final operation stays as it is.",
  },
  cancelOperationByKey: {
    operationId: "CancelOperationByKey",
    tag: "Operations",
    summary: "Cancel an operation by its idempotency key",
    description:
      "For engines that no longer have the id: unsubscribes what was asked with the same `Idempotency-Key`.",
  },
  getOperationEvents: {
    operationId: "GetOperationEvents",
    tag: "Operations",
    summary: "Follow an operation as events",
    description:
      "Server-sent events: `stage` with each change, at the end `answer` or `problem`. The schema is that of one event. The stream ends after the gateway's longest wait; connect again.",
  },
  getOperationResult: {
    operationId: "GetOperationResult",
    tag: "Operations",
    summary: "Get the result of an operation",
    description:
      "202 while it runs, then exactly what the ask would have answered. `Prefer: wait=N` waits (standard 0).",
  },
  getMe: {
    operationId: "GetMe",
    tag: "Account",
    summary: "Get the signed-in user",
    description: "The user as the Databricks workspace knows them.",
  },
  health: {
    operationId: "GetHealth",
    tag: "Health",
    summary: "Check that the process answers",
    description: "Touches no dependency.",
  },
  healthReady: {
    operationId: "GetReadiness",
    tag: "Health",
    summary: "Check that everything needed is there",
    description:
      "Settings, vault, Entra, storage and Databricks, checked at most once in 10 s. 503 when one has failed.",
  },
  getOpenapi: {
    operationId: "GetOpenApiDocument",
    tag: "Documents",
    summary: "Get this document",
    description: "OpenAPI 3.1, with the address of this gateway and its sign-in at Entra.",
  },
  getDocs: {
    operationId: "GetTryPage",
    tag: "Documents",
    summary: "Open the page to try the API on",
    description: "Swagger UI: sign in with Entra (code and PKCE) and ask from the page.",
  },
  getDocsAsset: {
    operationId: "GetPageAsset",
    tag: "Documents",
    summary: "Get a script or style of the pages",
    description: "By the name that a page gives; another name is 404 without a body.",
  },
  getDocsRedirect: {
    operationId: "GetSignInRedirectPage",
    tag: "Documents",
    summary: "End the sign-in of the page",
    description:
      "Where Entra sends the sign-in window with a code, which the window hands to the page.",
  },
  getDocsErrors: {
    operationId: "GetTroubleshootingPage",
    tag: "Documents",
    summary: "Open the page of failure codes",
    description:
      "What each code means, who acts and how. The `type` of every problem leads to its place there.",
  },
  getRedoc: {
    operationId: "GetReadPage",
    tag: "Documents",
    summary: "Open the page to read the API on",
    description: "ReDoc: every operation on one page.",
  },
};

/** Name of a path parameter → what the documents say of it. */
export const PATH_PARAMETER_TEXTS: Readonly<Record<string, string>> = {
  space: "Alias of the Genie space.",
  conversation_id: "Id of the conversation, as an answer gives it.",
  message_id: "Id of the message, as an answer gives it.",
  attachment_id: "Id of the result or visualization, as an answer gives it.",
  operation_id: "Id of the operation, as the ask gave it.",
  file: "Name of the file, as a page gives it.",
};
