// Names of the routes, as Databricks' SDKs call the operations. Faults and counters are told by these names.

export const ROUTE_NAMES = [
  "listSpaces",
  "getSpace",
  "startConversation",
  "createMessage",
  "getMessage",
  "listConversations",
  "listConversationMessages",
  "deleteConversation",
  "deleteConversationMessage",
  "getMessageAttachmentQueryResult",
  "executeMessageAttachmentQuery",
  "generateDownloadFullQueryResult",
  "getDownloadFullQueryResult",
  "sendMessageFeedback",
  "createMessageComment",
  "listMessageComments",
  "listConversationComments",
  "downloadMessageAttachmentVisualization",
  "getMessageQueryResult",
  "getMessageQueryResultByAttachment",
  "executeMessageQuery",
  "getSpacePermissions",
  "executeStatement",
  "getStatement",
  "getStatementResultChunk",
  "cancelStatement",
  "listWarehouses",
  "getWarehouse",
  "getMe",
  "downloadExternalFile",
] as const;

/** `unknown` stands for every request that no route matches. */
export type RouteName = (typeof ROUTE_NAMES)[number] | "unknown";
