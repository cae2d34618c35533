// Absolute links of the bodies we send. They carry on what the caller asked for in its query string, so that
// a client that only follows links gets the same format, rows and manner of answering (design §3.2).

import type { AnswerFormat } from "../contracts/answer-format.ts";
import type { OperationLinks } from "../contracts/operation-links.ts";
import type { MessageRef } from "../operations/genie.ts";

/** Query parameters of an ask or `/result` that its links carry on; the space comes from the operation itself. */
export interface CarriedQuery {
  /** Absent for JSON, which is what comes without it. */
  readonly format?: AnswerFormat | undefined;
  readonly maxRows?: number | undefined;
  /** True for `async=never`. */
  readonly never?: boolean | undefined;
}

export interface LinkContext {
  /** Base of absolute links, without a trailing slash. */
  readonly baseUrl: string;
  /** False for function-key callers: the key opens nothing but the ask and its operation (design §3.1). */
  readonly showResultLinks: boolean;
  readonly carried: CarriedQuery;
}

type ConversationMessage = Omit<MessageRef, "spaceId">;

export function operationPath(operationId: string): string {
  return `/genie/operations/${encodeURIComponent(operationId)}`;
}

/** Path of one message, with `?space=` where it is not the default one. */
export function messagePath(ref: ConversationMessage, space: string): string {
  return `${messageRoute(ref)}${spaceQuery(space)}`;
}

/** The status monitor, the result and the stages of an operation. */
export function operationLinks(
  operation: { readonly id: string; readonly space: string },
  { baseUrl, carried }: LinkContext,
): OperationLinks {
  const self = `${baseUrl}${operationPath(operation.id)}`;
  const query = carriedQuery(carried, operation.space);
  return {
    self: `${self}${query}`,
    result: `${self}/result${query}`,
    events: `${self}/events${query}`,
  };
}

/** `{ links }` of one attachment's rows, or nothing where there is no id or the caller could not follow them. */
export function resultLinks(
  ref: ConversationMessage,
  attachment: {
    readonly attachmentId: string | null;
    readonly space: string;
    readonly expired: boolean;
  },
  { baseUrl, showResultLinks }: LinkContext,
): { links?: { json: string; csv: string; rerun?: string } } {
  const { attachmentId, space, expired } = attachment;
  if (attachmentId === null || !showResultLinks) return {};
  const route = `${baseUrl}${resultRoute({ ...ref, attachmentId })}`;
  const json = `${route}${spaceQuery(space)}`;
  const csv = `${route}${carriedQuery({ format: "csv" }, space)}`;
  if (!expired) return { links: { json, csv } };
  const rerun = `${baseUrl}${rerunPath({ ...ref, attachmentId }, space)}`;
  return { links: { json, csv, rerun } };
}

/** Path below the base of links, with `?space=` where it is not the default one. */
export function rerunPath(ref: ConversationResult, space: string): string {
  return `${resultRoute(ref)}/rerun${spaceQuery(space)}`;
}

type ConversationResult = ConversationMessage & { readonly attachmentId: string };

function resultRoute(ref: ConversationResult): string {
  return `${messageRoute(ref)}/results/${encodeURIComponent(ref.attachmentId)}`;
}

/** `{ links }` of one attachment's picture, under the same terms. */
export function visualizationLinks(
  ref: ConversationMessage,
  attachment: { readonly attachmentId: string | null; readonly space: string },
  { baseUrl, showResultLinks }: LinkContext,
): { links?: { png: string } } {
  if (attachment.attachmentId === null || !showResultLinks) return {};
  const path = `${messageRoute(ref)}/visualizations/${encodeURIComponent(attachment.attachmentId)}`;
  return { links: { png: `${baseUrl}${path}${spaceQuery(attachment.space)}` } };
}

function messageRoute({ conversationId, messageId }: ConversationMessage): string {
  // Ids come from Databricks: encoded, so that whatever they hold stays one segment of the path.
  return `/genie/conversation/${encodeURIComponent(conversationId)}/messages/${encodeURIComponent(messageId)}`;
}

function spaceQuery(space: string): string {
  return carriedQuery({}, space);
}

function carriedQuery(
  carried: Omit<CarriedQuery, "format"> & { readonly format?: string | undefined },
  space: string,
): string {
  const query = new URLSearchParams();
  if (carried.format !== undefined) query.set("format", carried.format);
  if (carried.maxRows !== undefined) query.set("max_rows", String(carried.maxRows));
  if (space !== "default") query.set("space", space);
  if (carried.never) query.set("async", "never");
  return query.size === 0 ? "" : `?${query}`;
}
