// Genie as the domain sees it: the port that `databricks/` implements, in our own words (camelCase, epoch ms).
// Nothing of the wire (snake_case, error envelopes, status codes) appears here.

import type { Failure } from "../errors/app-error.ts";
import type { Download, DownloadRef } from "./full-result.ts";
import type { ResultColumn, ResultRow } from "./result-rows.ts";

/** Genie's working states (genie-api.md §1.4), in their usual order. Any may be skipped; they may loop. */
export const GENIE_STAGES = [
  "SUBMITTED",
  "FILTERING_CONTEXT",
  "FETCHING_METADATA",
  "ASKING_AI",
  "PENDING_WAREHOUSE",
  "EXECUTING_QUERY",
] as const;
export type GenieStage = (typeof GENIE_STAGES)[number];

export interface MessageRef {
  readonly spaceId: string;
  readonly conversationId: string;
  readonly messageId: string;
}
/** One query of a message. */
export interface AttachmentRef extends MessageRef {
  readonly attachmentId: string;
}

export type GenieAttachment =
  | {
      readonly kind: "text";
      readonly content: string;
      /** `follow_up`: Genie asks back. `thinking`: intermediate text that is never shown as the answer. */
      readonly purpose: "answer" | "follow_up" | "thinking";
    }
  | {
      readonly kind: "query";
      /** Real attachments came without an id (genie-api.md §1.3); their rows cannot be read. */
      readonly attachmentId: string | null;
      readonly title: string | null;
      readonly description: string | null;
      readonly sql: string | null;
      readonly statementId: string | null;
      readonly rowCount: number | null;
      readonly truncated: boolean;
    }
  | { readonly kind: "suggestions"; readonly questions: readonly string[] }
  | {
      readonly kind: "visualization";
      readonly attachmentId: string | null;
      readonly title: string | null;
    };

/** The outcome of a message. `working` covers unknown states too: they are not terminal. */
export type GenieState =
  /** `stage` is undefined for a state this version does not know. */
  | { readonly kind: "working"; readonly stage: GenieStage | undefined }
  | { readonly kind: "completed" }
  | { readonly kind: "failed"; readonly failure: Failure }
  | { readonly kind: "cancelled" }
  | { readonly kind: "result_expired" };

export interface GenieMessage extends MessageRef {
  readonly question: string;
  readonly state: GenieState;
  readonly attachments: readonly GenieAttachment[];
  /** Epoch ms by Databricks' clock. */
  readonly createdAt: number | null;
  readonly updatedAt: number | null;
}

/** What became of the POST that asks. Only `not_sent` and `rate_limited` may be asked again (design §4). */
export type AskReply =
  | { readonly kind: "accepted"; readonly message: GenieMessage }
  /** Surely nothing reached Genie: connection refused, or 503 with nothing accepted. */
  | { readonly kind: "not_sent"; readonly retryAfterMs: number | undefined }
  /** 429: nothing was started. */
  | { readonly kind: "rate_limited"; readonly retryAfterMs: number | undefined }
  /** The reply got lost after sending: it may or may not have been asked. */
  | { readonly kind: "unknown" }
  | { readonly kind: "refused"; readonly failure: Failure };

export interface Page<T> {
  readonly items: readonly T[];
  /** Databricks' own token of the next page; absent on the last one. */
  readonly nextPageToken?: string;
}
export interface PageRequest {
  readonly pageSize: number;
  readonly pageToken?: string;
}

export interface GenieConversation {
  readonly conversationId: string;
  readonly title: string | null;
  readonly createdAt: number | null;
}
export interface GenieSpace {
  readonly title: string | null;
  readonly description: string | null;
}

export interface ResultChunk {
  readonly rowOffset: number;
  readonly rows: readonly ResultRow[];
  /** Index for `resultChunk`; undefined after the last one. */
  readonly nextChunkIndex: number | undefined;
}
export type QueryResult =
  | {
      readonly kind: "ready";
      readonly statementId: string;
      readonly columns: readonly ResultColumn[];
      readonly rowCount: number;
      readonly truncated: boolean;
      /** Where each chunk starts, when Databricks tells it; lets a later page skip earlier chunks. */
      readonly chunks: readonly { readonly index: number; readonly rowOffset: number }[];
      readonly firstChunk: ResultChunk;
    }
  /** The statement still runs: there are no rows yet. */
  | { readonly kind: "pending" }
  /** The rows are gone; they can be produced again by running the SQL. */
  | { readonly kind: "expired" }
  /** The SQL itself failed. */
  | { readonly kind: "failed"; readonly failure: Failure };

/** The bytes of one picture, checked to begin as a PNG. */
export type PngBytes = Uint8Array<ArrayBuffer>;

/** What a caller thinks of a message. `none` takes back what was said before, and has no comment. */
export interface Feedback {
  readonly rating: "positive" | "negative" | "none";
  readonly comment?: string | undefined;
}

export interface DatabricksUser {
  readonly userId: string;
  readonly userName: string;
  readonly displayName: string | null;
  readonly active: boolean;
}

/**
 * One workspace with the authority of one caller. Every method throws AppError with a code of design §3.9
 * (`genie_space_forbidden`, `conversation_not_found`, `databricks_unavailable`, …) and never upstream text.
 */
export interface Genie {
  /** Asks in a new conversation. Never sent twice by the implementation. Does not throw for what Databricks answers. */
  startConversation(spaceId: string, question: string): Promise<AskReply>;
  /** Asks a follow-up. Never sent twice by the implementation. Does not throw for what Databricks answers. */
  createMessage(spaceId: string, conversationId: string, question: string): Promise<AskReply>;
  getMessage(ref: MessageRef): Promise<GenieMessage>;
  /** Pages go back in time; inside a page the oldest message comes first. */
  listMessages(
    conversation: Omit<MessageRef, "messageId">,
    page: PageRequest,
  ): Promise<Page<GenieMessage>>;
  /** The caller's own conversations, newest first. */
  listConversations(spaceId: string, page: PageRequest): Promise<Page<GenieConversation>>;
  deleteConversation(conversation: Omit<MessageRef, "messageId">): Promise<void>;
  getSpace(spaceId: string): Promise<GenieSpace>;
  queryResult(ref: MessageRef, attachmentId: string): Promise<QueryResult>;
  resultChunk(statementId: string, chunkIndex: number): Promise<ResultChunk>;
  /** Runs the SQL of the attachment again. Never sent twice by the implementation. */
  rerunQuery(ref: MessageRef, attachmentId: string): Promise<QueryResult>;
  /** Starts a download of all rows, which runs the SQL again. Never sent twice by the implementation. */
  startDownload(ref: MessageRef, attachmentId: string): Promise<DownloadRef>;
  download(ref: MessageRef, attachmentId: string, download: DownloadRef): Promise<Download>;
  visualization(ref: MessageRef, attachmentId: string): Promise<PngBytes>;
  /** Replaces the caller's earlier feedback on this message, so it may be sent again. */
  sendFeedback(ref: MessageRef, feedback: Feedback): Promise<void>;
  currentUser(): Promise<DatabricksUser>;
}
