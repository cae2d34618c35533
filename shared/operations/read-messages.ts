// Messages of a conversation: a page of them, or one with its rows (design §3.5). Read live, nothing kept.

import { ensureOwnConversation } from "./conversation-access.ts";
import type { GenieMessage, MessageRef, Page, PageRequest } from "./genie.ts";
import type { Operation } from "./operation.ts";
import type { Asker, OperationsDeps, Space } from "./ports.ts";
import { type AnswerSource, readAnswer } from "./read-answer.ts";

export interface ReadMessage {
  readonly source: AnswerSource;
  /** The operation that asked it, while it is kept; null when it was not asked through us. */
  readonly operation: Operation | null;
}

type MessageDeps = Pick<OperationsDeps, "ledger" | "store" | "conversations" | "clock">;

export function createMessageReading(deps: MessageDeps) {
  return {
    /** Pages go back in time, each oldest first. @throws AppError `conversation_not_found` */
    list: async (
      asker: Asker,
      space: Space,
      { conversationId, page }: { conversationId: string; page: PageRequest },
    ): Promise<Page<GenieMessage>> => {
      await ensureOwnConversation(deps.ledger, asker, space, conversationId);
      const genie = await asker.genie();
      return genie.listMessages({ spaceId: space.id, conversationId }, page);
    },

    /** @throws AppError `conversation_not_found`, `message_not_found`, and what `readAnswer` throws. */
    read: async (
      asker: Asker,
      space: Space,
      wanted: { conversationId: string; messageId: string; maxRows: number },
    ): Promise<ReadMessage> => {
      await ensureOwnConversation(deps.ledger, asker, space, wanted.conversationId);
      const genie = await asker.genie();
      const ref: MessageRef = {
        spaceId: space.id,
        conversationId: wanted.conversationId,
        messageId: wanted.messageId,
      };
      const message = await genie.getMessage(ref);
      const operation = await findOperation(deps, asker, ref);
      const source = await readAnswer({ genie, clock: deps.clock }, message, wanted.maxRows);
      return { source, operation };
    },
  };
}

async function findOperation(
  { store, conversations }: MessageDeps,
  { owner }: Asker,
  { conversationId, messageId }: MessageRef,
): Promise<Operation | null> {
  const id = await conversations.findByMessage(owner, conversationId, messageId);
  const stored = id === undefined ? undefined : await store.read(id);
  return stored?.operation ?? null;
}
