// The paths of the workspace's REST interface that we use (genie-api.md §1.2, §3, §4). Every id is percent-encoded,
// although callers check its form: an id must never become a second path segment or a query.

import type { DownloadRef } from "../operations/full-result.ts";
import type { MessageRef, PageRequest } from "../operations/genie.ts";

const SPACES = "/api/2.0/genie/spaces";
const STATEMENTS = "/api/2.0/sql/statements";
export const CURRENT_USER_PATH = "/api/2.0/preview/scim/v2/Me";

type ConversationRef = Omit<MessageRef, "messageId">;

/**
 * URL parsing folds a segment of one or two dots away, even as %2E, and an empty one names the folder above:
 * those become an id that exists nowhere.
 */
const segment = (id: string): string =>
  encodeURIComponent(id.isWellFormed() ? id : "").replace(/^\.{0,2}$/, "-");

export const spacePath = (spaceId: string): string => `${SPACES}/${segment(spaceId)}`;
export const startConversationPath = (spaceId: string): string =>
  `${spacePath(spaceId)}/start-conversation`;
export const conversationsPath = (spaceId: string): string => `${spacePath(spaceId)}/conversations`;
export const conversationPath = ({ spaceId, conversationId }: ConversationRef): string =>
  `${conversationsPath(spaceId)}/${segment(conversationId)}`;
export const messagesPath = (ref: ConversationRef): string => `${conversationPath(ref)}/messages`;
export const messagePath = (ref: MessageRef): string =>
  `${messagesPath(ref)}/${segment(ref.messageId)}`;
const attachmentPath = (ref: MessageRef, attachmentId: string): string =>
  `${messagePath(ref)}/attachments/${segment(attachmentId)}`;
export const queryResultPath = (ref: MessageRef, attachmentId: string): string =>
  `${attachmentPath(ref, attachmentId)}/query-result`;
export const executeQueryPath = (ref: MessageRef, attachmentId: string): string =>
  `${attachmentPath(ref, attachmentId)}/execute-query`;
export const downloadsPath = (ref: MessageRef, attachmentId: string): string =>
  `${attachmentPath(ref, attachmentId)}/downloads`;
export const visualizationPath = (ref: MessageRef, attachmentId: string): string =>
  `${attachmentPath(ref, attachmentId)}/download-visualization`;
export const feedbackPath = (ref: MessageRef): string => `${messagePath(ref)}/feedback`;
export const statementPath = (statementId: string): string =>
  `${STATEMENTS}/${segment(statementId)}`;
export const chunkPath = (statementId: string, index: number): string =>
  `${statementPath(statementId)}/result/chunks/${index}`;

/** One download with its signature, which Databricks takes only in the query. */
export function downloadPath(
  ref: MessageRef,
  attachmentId: string,
  { downloadId, signature }: DownloadRef,
): string {
  const query = new URLSearchParams({ download_id_signature: signature });
  return `${downloadsPath(ref, attachmentId)}/${segment(downloadId)}?${query}`;
}

/** `path` with the page asked for. */
export function pageOf(path: string, { pageSize, pageToken }: PageRequest): string {
  const query = new URLSearchParams({ page_size: String(pageSize) });
  if (pageToken !== undefined) query.set("page_token", pageToken);
  return `${path}?${query}`;
}
