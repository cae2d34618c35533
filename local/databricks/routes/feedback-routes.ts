// Feedback and comments on a message.

import { type Handle, jsonBody, requiredText } from "../http/call.ts";
import { pageNewestFirst } from "../http/page.ts";
import { ok } from "../http/reply.ts";
import { compact, type JsonObject } from "../json.ts";
import { feedbackTextWithNone, invalidParameter, Refused } from "../refusals.ts";
import { ownConversation, ownMessage } from "./find-message.ts";

export const sendMessageFeedback: Handle = (call, workspace) => {
  const message = ownMessage(call, workspace);
  const body = jsonBody(call);
  const rating = requiredText(body, "rating");
  const comment = body.comment;
  if (!["POSITIVE", "NEGATIVE", "NONE"].includes(rating)) {
    throw new Refused(invalidParameter(`Invalid value for rating: ${rating}`));
  }
  if (rating === "NONE" && comment !== undefined) throw new Refused(feedbackTextWithNone);
  if (rating === "NONE") delete message.feedback;
  else message.feedback = compact({ rating, comment });
  return ok({});
};

export const createMessageComment: Handle = (call, workspace) => {
  const message = ownMessage(call, workspace);
  const comment = {
    space_id: message.spaceId,
    conversation_id: message.conversationId,
    message_id: message.messageId,
    message_comment_id: workspace.ids.hex(),
    content: requiredText(jsonBody(call), "content"),
    user_id: call.caller.userId,
    created_timestamp: call.at,
  };
  message.comments.push(comment);
  return ok(comment);
};

export const listMessageComments: Handle = (call, workspace) =>
  commentPage(ownMessage(call, workspace).comments, call.query);

export const listConversationComments: Handle = (call, workspace) =>
  commentPage(
    ownConversation(call, workspace).messages.flatMap(({ comments }) => comments),
    call.query,
  );

function commentPage(comments: readonly JsonObject[], query: URLSearchParams) {
  const page = pageNewestFirst(comments, (comment) => String(comment.message_comment_id), query);
  return ok(compact({ comments: page.items, next_page_token: page.nextPageToken }));
}
