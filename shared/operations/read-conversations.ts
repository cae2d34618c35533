// The caller's conversations: list, one with its newest messages, delete (design §3.5). A user sees what
// Databricks lists as that user's own; an app caller only what it started through us.

import { AppError } from "../errors/app-error.ts";
import { ensureOwnConversation } from "./conversation-access.ts";
import type { GenieConversation, GenieMessage, Page, PageRequest } from "./genie.ts";
import type { Asker, ConversationLedger, Space } from "./ports.ts";

/** Databricks has no call for one conversation; its title is looked for in at most this much of the list. */
const LOOKUP = { pages: 3, pageSize: 100 } as const;
const NEWEST_MESSAGES = 20;

export interface ConversationWithMessages extends GenieConversation {
  readonly messages: readonly GenieMessage[];
}

export function createConversationReading(ledger: ConversationLedger) {
  const list = async (
    asker: Asker,
    space: Space,
    page: PageRequest,
  ): Promise<Page<GenieConversation>> => {
    const genie = await asker.genie();
    if (asker.owner.kind === "user") return genie.listConversations(space.id, page);
    return pageOfLedger(await ledger.list(asker.owner, space.id), page);
  };

  const find = async (asker: Asker, space: Space, id: string): Promise<GenieConversation> => {
    let pageToken: string | undefined;
    for (let page = 0; page < LOOKUP.pages; page++) {
      const request = {
        pageSize: LOOKUP.pageSize,
        ...(pageToken === undefined ? {} : { pageToken }),
      };
      const { items, nextPageToken } = await list(asker, space, request);
      const found = items.find((conversation) => conversation.conversationId === id);
      if (found !== undefined) return found;
      if (nextPageToken === undefined) break;
      pageToken = nextPageToken;
    }
    return { conversationId: id, title: null, createdAt: null };
  };

  /** Users have no record: a storage that is down must not fail what Databricks has done for them. */
  const forget = async ({ owner }: Asker, space: Space, id: string): Promise<void> => {
    if (owner.kind !== "user") await ledger.remove(owner, space.id, id);
  };

  return {
    list,

    /** Whether it exists is decided by the messages call. @throws AppError `conversation_not_found` */
    read: async (asker: Asker, space: Space, id: string): Promise<ConversationWithMessages> => {
      await ensureOwnConversation(ledger, asker, space, id);
      const genie = await asker.genie();
      const conversation = { spaceId: space.id, conversationId: id };
      const [{ items }, entry] = await Promise.all([
        genie.listMessages(conversation, { pageSize: NEWEST_MESSAGES }),
        find(asker, space, id),
      ]);
      return { ...entry, messages: items };
    },

    /** @throws AppError `conversation_not_found` */
    remove: async (asker: Asker, space: Space, id: string): Promise<void> => {
      await ensureOwnConversation(ledger, asker, space, id);
      const genie = await asker.genie();
      try {
        await genie.deleteConversation({ spaceId: space.id, conversationId: id });
      } catch (error) {
        if (isGone(error)) await forget(asker, space, id);
        throw error;
      }
      await forget(asker, space, id);
    },
  };
}

/** Deleted in Databricks itself, or by a try whose reply got lost: it leaves the app's list all the same. */
function isGone(error: unknown): boolean {
  return error instanceof AppError && error.failure.code === "conversation_not_found";
}

/** The ledger's pages are told apart by their offset; a token of another form is the caller's mistake. */
function pageOfLedger(
  all: readonly { conversationId: string; createdAt: number }[],
  { pageSize, pageToken }: PageRequest,
): Page<GenieConversation> {
  const offset = pageToken === undefined ? 0 : Number(pageToken);
  if (!Number.isSafeInteger(offset) || offset < 0) throw badPageToken();
  const items = all.slice(offset, offset + pageSize).map((entry) => ({ ...entry, title: null }));
  const next = offset + pageSize;
  return { items, ...(next < all.length ? { nextPageToken: String(next) } : {}) };
}

function badPageToken(): AppError {
  const detail = "Use the next_page_token of the page before, unchanged, or leave it out.";
  return new AppError({
    code: "invalid_request",
    detail: "The page token is not one of ours.",
    errors: [{ parameter: "page_token", detail }],
  });
}
