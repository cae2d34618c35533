// From the ids in a path to what they name, with the rights checked on the way: space first, then ownership.
// What belongs to another user is 404, as if it were not there.

import type {
  StoredAttachment,
  StoredConversation,
  StoredMessage,
} from "../genie/conversation-store.ts";
import { visibleAttachments } from "../genie/message-wire.ts";
import { visibleSpace } from "../grants.ts";
import type { Call } from "../http/call.ts";
import { doesNotExist, Refused } from "../refusals.ts";
import type { Workspace } from "../workspace.ts";

export function ownConversation(call: Call, workspace: Workspace): StoredConversation {
  const { spaceId, conversationId } = call.path;
  visibleSpace(workspace, call.caller, spaceId);
  const conversation = workspace.conversations.find(conversationId);
  const own = conversation?.spaceId === spaceId && conversation.userId === call.caller.userId;
  if (conversation === undefined || !own) {
    throw new Refused(doesNotExist(`Conversation ${conversationId}`));
  }
  return conversation;
}

export function ownMessage(call: Call, workspace: Workspace): StoredMessage {
  const { messageId } = call.path;
  const { messages } = ownConversation(call, workspace);
  const message = messages.find((candidate) => candidate.messageId === messageId);
  if (message === undefined) throw new Refused(doesNotExist(`Message ${messageId}`));
  return message;
}

/** An attachment that a reader of the message can already see. */
export function shownAttachment(call: Call, message: StoredMessage): StoredAttachment {
  const { attachmentId } = call.path;
  const attachment = visibleAttachments(message, call.at).find(
    (candidate) => candidate.attachmentId === attachmentId,
  );
  if (attachment === undefined) throw new Refused(doesNotExist(`Attachment ${attachmentId}`));
  return attachment;
}
