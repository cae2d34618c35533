// Which app caller started which conversation, in this process's memory. After a restart an app caller no
// longer sees its earlier conversations; it never sees another caller's.

import { ownerKey } from "../operations/owner.ts";
import type { ConversationLedger, OwnedConversation } from "../operations/ports.ts";

/** A bound on memory per owner and space; the oldest record goes first. */
const MAX_CONVERSATIONS = 10_000;

export function createMemoryConversationLedger(): ConversationLedger {
  const byOwner = new Map<string, Map<string, OwnedConversation>>();
  const conversationsOf = (key: string): Map<string, OwnedConversation> => {
    const known = byOwner.get(key) ?? new Map<string, OwnedConversation>();
    byOwner.set(key, known);
    return known;
  };
  return {
    record: async (owner, spaceId, conversation) => {
      const known = conversationsOf(`${ownerKey(owner)} ${spaceId}`);
      const oldest = known.keys().next().value;
      if (known.size >= MAX_CONVERSATIONS && oldest !== undefined) known.delete(oldest);
      known.set(conversation.conversationId, conversation);
    },
    has: async (owner, spaceId, conversationId) =>
      byOwner.get(`${ownerKey(owner)} ${spaceId}`)?.has(conversationId) ?? false,
    list: async (owner, spaceId) => [
      ...[...(byOwner.get(`${ownerKey(owner)} ${spaceId}`)?.values() ?? [])].reverse(),
    ],
    remove: async (owner, spaceId, conversationId) => {
      byOwner.get(`${ownerKey(owner)} ${spaceId}`)?.delete(conversationId);
    },
  };
}
