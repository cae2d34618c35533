// What a caller thinks of one message, handed on to Genie (design §3.5). Nothing of it is kept or logged here.

import { ensureOwnConversation } from "./conversation-access.ts";
import type { Feedback } from "./genie.ts";
import type { Asker, ConversationLedger, Space } from "./ports.ts";

export interface FeedbackRequest {
  readonly conversationId: string;
  readonly messageId: string;
  readonly feedback: Feedback;
}

/** @throws AppError `conversation_not_found`, `message_not_found` */
export function createFeedbackGiving(ledger: ConversationLedger) {
  return async (asker: Asker, space: Space, request: FeedbackRequest): Promise<void> => {
    const { conversationId, messageId, feedback } = request;
    await ensureOwnConversation(ledger, asker, space, conversationId);
    const genie = await asker.genie();
    await genie.sendFeedback({ spaceId: space.id, conversationId, messageId }, feedback);
  };
}
