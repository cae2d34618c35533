// Which conversations an app caller may touch. The service principal behind every app caller owns them all at
// Databricks, so without this check one app could read another's (confused deputy). Users are kept apart by
// Databricks itself and never pass through the ledger.

import { AppError } from "../errors/app-error.ts";
import type { Asker, ConversationLedger, Space } from "./ports.ts";

/** @throws AppError `conversation_not_found` for a conversation that this app caller did not start. */
export async function ensureOwnConversation(
  ledger: ConversationLedger,
  asker: Asker,
  space: Space,
  conversationId: string,
): Promise<void> {
  if (asker.owner.kind === "user") return;
  if (await ledger.has(asker.owner, space.id, conversationId)) return;
  throw new AppError({
    code: "conversation_not_found",
    detail: "There is no such conversation, or it is not yours.",
    remedy: "List your conversations with GET /genie/conversations.",
  });
}
