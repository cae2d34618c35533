// The picture of one visualisation (design §3.1 table). Read live with the caller's own authority, never kept.

import { ensureOwnConversation } from "./conversation-access.ts";
import type { PngBytes } from "./genie.ts";
import type { Asker, ConversationLedger, Space } from "./ports.ts";

export interface WantedVisualization {
  readonly conversationId: string;
  readonly messageId: string;
  readonly attachmentId: string;
}

/** @throws AppError `conversation_not_found`, `attachment_not_found`; `databricks_unavailable` for what is no picture. */
export function createVisualizationReading(ledger: ConversationLedger) {
  return async (asker: Asker, space: Space, wanted: WantedVisualization): Promise<PngBytes> => {
    const { conversationId, messageId, attachmentId } = wanted;
    await ensureOwnConversation(ledger, asker, space, conversationId);
    const genie = await asker.genie();
    return genie.visualization({ spaceId: space.id, conversationId, messageId }, attachmentId);
  };
}
