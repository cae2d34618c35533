// Spaces, conversations, messages and the signed-in user as the reading endpoints show them (design §3.5).

import type { Answer } from "../contracts/answer.ts";
import type { ConversationBody, Me, SpaceBody } from "../contracts/reading.ts";
import type { DatabricksUser, GenieConversation, GenieMessage, Page } from "../operations/genie.ts";
import type { Operation } from "../operations/operation.ts";
import type { VisibleSpace } from "../operations/read-spaces.ts";
import { type AnswerInput, toAnswer } from "./answer.ts";
import { writeListToken } from "./list-page-token.ts";
import { toTimestamp } from "./timestamps.ts";

type MessageView = Omit<AnswerInput, "source" | "operation" | "maxRows">;

export function toSpaceBody({ alias, title, description }: VisibleSpace): SpaceBody {
  return { space: alias, title, description };
}

export function toConversationBody(
  alias: string,
  conversation: GenieConversation,
): ConversationBody {
  return {
    conversation_id: conversation.conversationId,
    space: alias,
    title: conversation.title,
    created_at: toTimestamp(conversation.createdAt),
  };
}

/** A message in a list: its words and SQL, but no rows, which would cost a call for each. */
export function toListedMessage(
  message: GenieMessage,
  operation: Operation | null,
  view: MessageView,
): Answer {
  return toAnswer({ ...view, source: { message, results: [] }, operation, maxRows: 0 });
}

export function toMeBody(user: DatabricksUser, workspaceUrl: string): Me {
  return {
    user_id: user.userId,
    user_name: user.userName,
    display_name: user.displayName,
    active: user.active,
    workspace_url: workspaceUrl,
  };
}

/** `next_page_token` of a list body, to be spread in; nothing on the last page. */
export function nextPage(list: string, page: Page<unknown>): { next_page_token?: string } {
  const token = page.nextPageToken;
  return token === undefined ? {} : { next_page_token: writeListToken(list, token) };
}
