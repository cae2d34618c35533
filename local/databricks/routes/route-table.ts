// The whole surface of the simulated workspace in one table (genie-api.md §1.2, §3, §4, §5).

import type { Handle } from "../http/call.ts";
import type { Route } from "../http/router.ts";
import { EXTERNAL_PATH } from "../results/downloads.ts";
import { createMessage, startConversation } from "./ask-routes.ts";
import * as conversations from "./conversation-routes.ts";
import * as downloads from "./download-routes.ts";
import * as feedback from "./feedback-routes.ts";
import { getMe } from "./identity-routes.ts";
import * as results from "./result-routes.ts";
import type { ROUTE_NAMES } from "./route-names.ts";
import * as spaces from "./space-routes.ts";
import * as sql from "./sql-routes.ts";
import { getWarehouse, listWarehouses } from "./warehouse-routes.ts";

type Name = (typeof ROUTE_NAMES)[number];

const SPACES = "/api/2.0/genie/spaces";
const S = `${SPACES}/{spaceId}`;
const C = `${S}/conversations/{conversationId}`;
const M = `${C}/messages/{messageId}`;
const A = `${M}/attachments/{attachmentId}`;
const STATEMENTS = "/api/2.0/sql/statements";
const WAREHOUSES = "/api/2.0/sql/warehouses";

const BEARER: Record<Exclude<Name, "downloadExternalFile">, readonly [string, string, Handle]> = {
  listSpaces: ["GET", SPACES, spaces.listSpaces],
  getSpace: ["GET", S, spaces.getSpace],
  startConversation: ["POST", `${S}/start-conversation`, startConversation],
  createMessage: ["POST", `${C}/messages`, createMessage],
  getMessage: ["GET", M, conversations.getMessage],
  listConversations: ["GET", `${S}/conversations`, conversations.listConversations],
  listConversationMessages: ["GET", `${C}/messages`, conversations.listConversationMessages],
  deleteConversation: ["DELETE", C, conversations.deleteConversation],
  deleteConversationMessage: ["DELETE", M, conversations.deleteConversationMessage],
  getMessageAttachmentQueryResult: [
    "GET",
    `${A}/query-result`,
    results.getMessageAttachmentQueryResult,
  ],
  executeMessageAttachmentQuery: [
    "POST",
    `${A}/execute-query`,
    results.executeMessageAttachmentQuery,
  ],
  generateDownloadFullQueryResult: [
    "POST",
    `${A}/downloads`,
    downloads.generateDownloadFullQueryResult,
  ],
  getDownloadFullQueryResult: [
    "GET",
    `${A}/downloads/{downloadId}`,
    downloads.getDownloadFullQueryResult,
  ],
  sendMessageFeedback: ["POST", `${M}/feedback`, feedback.sendMessageFeedback],
  createMessageComment: ["POST", `${M}/comments`, feedback.createMessageComment],
  listMessageComments: ["GET", `${M}/comments`, feedback.listMessageComments],
  listConversationComments: ["GET", `${C}/list-comments`, feedback.listConversationComments],
  downloadMessageAttachmentVisualization: [
    "GET",
    `${A}/download-visualization`,
    results.downloadMessageAttachmentVisualization,
  ],
  getMessageQueryResult: ["GET", `${M}/query-result`, results.getMessageQueryResult],
  getMessageQueryResultByAttachment: [
    "GET",
    `${M}/query-result/{attachmentId}`,
    results.getMessageAttachmentQueryResult,
  ],
  executeMessageQuery: ["POST", `${M}/execute-query`, results.executeMessageQuery],
  getSpacePermissions: ["GET", "/api/2.0/permissions/genie/{spaceId}", spaces.getSpacePermissions],
  executeStatement: ["POST", STATEMENTS, sql.executeStatement],
  getStatement: ["GET", `${STATEMENTS}/{statementId}`, sql.getStatement],
  getStatementResultChunk: [
    "GET",
    `${STATEMENTS}/{statementId}/result/chunks/{chunkIndex}`,
    sql.getStatementResultChunk,
  ],
  cancelStatement: ["POST", `${STATEMENTS}/{statementId}/cancel`, sql.cancelStatement],
  listWarehouses: ["GET", WAREHOUSES, listWarehouses],
  getWarehouse: ["GET", `${WAREHOUSES}/{warehouseId}`, getWarehouse],
  getMe: ["GET", "/api/2.0/preview/scim/v2/Me", getMe],
};

export const ROUTES: readonly Route[] = [
  ...Object.entries(BEARER).map(
    ([name, [method, template, handle]]) =>
      ({ name, method, template, access: "bearer", handle }) as const,
  ),
  {
    name: "downloadExternalFile",
    method: "GET",
    template: `${EXTERNAL_PATH}{token}`,
    access: "open",
    handle: downloads.downloadExternalFile,
  },
];
