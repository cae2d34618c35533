// Conversation index and ledger in memory, by the rules of their ports.

import { ownerKey } from "../../shared/operations/owner.ts";
import type {
  ConversationIndex,
  ConversationLedger,
  OwnedConversation,
} from "../../shared/operations/ports.ts";
import type { Clock } from "../../shared/telemetry/clock.ts";

/** As in the table: an operation asked longer ago has ended. */
const LONGEST_OPERATION_MS = 2 * 3_600_000;

export function createMemoryConversationIndex(clock: Clock): ConversationIndex {
  const last = new Map<string, { operationId: string; etag: string; at: number }>();
  const messages = new Map<string, { operationId: string; at: number }>();
  let versions = 0;
  const write = (key: string, operationId: string) => {
    last.set(key, { operationId, etag: String(++versions), at: clock.now() });
  };
  return {
    readLast: async (owner, conversationId) => {
      const entry = last.get(`${ownerKey(owner)} ${conversationId}`);
      return entry && { operationId: entry.operationId, claimedAt: entry.at, etag: entry.etag };
    },
    claim: async (owner, conversationId, { operationId, etag }) => {
      const key = `${ownerKey(owner)} ${conversationId}`;
      if (last.get(key)?.etag !== etag) return false;
      write(key, operationId);
      return true;
    },
    recordAsk: async (owner, { operationId, conversationId, messageId, opensConversation }) => {
      const key = `${ownerKey(owner)} ${conversationId}`;
      messages.set(`${key} ${messageId}`, { operationId, at: clock.now() });
      if (opensConversation && !last.has(key)) write(key, operationId);
    },
    findByMessage: async (owner, conversationId, messageId) =>
      messages.get(`${ownerKey(owner)} ${conversationId} ${messageId}`)?.operationId,
    deleteEnded: async (before, limit) => {
      let deleted = 0;
      for (const rows of [last, messages]) {
        for (const [key, { at }] of rows) {
          if (deleted >= limit || at + LONGEST_OPERATION_MS >= before) continue;
          rows.delete(key);
          deleted += 1;
        }
      }
      return deleted;
    },
  };
}

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
      if (!known.has(conversation.conversationId)) {
        known.set(conversation.conversationId, conversation);
      }
    },
    has: async (owner, spaceId, conversationId) =>
      conversationsOf(`${ownerKey(owner)} ${spaceId}`).has(conversationId),
    list: async (owner, spaceId) =>
      [...conversationsOf(`${ownerKey(owner)} ${spaceId}`).values()].toSorted(
        (a, b) => b.createdAt - a.createdAt,
      ),
    remove: async (owner, spaceId, conversationId) => {
      conversationsOf(`${ownerKey(owner)} ${spaceId}`).delete(conversationId);
    },
  };
}
