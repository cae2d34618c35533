// The endpoints that read (and the one that deletes): validated input → use case → body. No rule of the domain here.

import type * as routes from "../../contracts/routes.ts";
import type { InputOf, Reply } from "../../http/route-input.ts";
import type { GenieMessage, PageRequest } from "../../operations/genie.ts";
import type { Space } from "../../operations/ports.ts";
import type { createConversationReading } from "../../operations/read-conversations.ts";
import type { createMessageReading } from "../../operations/read-messages.ts";
import { listSpaces, readSpace } from "../../operations/read-spaces.ts";
import { resolveSpace } from "../../operations/resolve-space.ts";
import { toAnswer } from "../../presentation/answer.ts";
import { inFormat } from "../../presentation/formats/answer-content.ts";
import { readListToken } from "../../presentation/list-page-token.ts";
import {
  nextPage,
  toConversationBody,
  toListedMessage,
  toMeBody,
  toSpaceBody,
} from "../../presentation/reading-bodies.ts";
import type { AskerOf } from "../asker.ts";

export interface ReadingDeps {
  readonly askerOf: AskerOf;
  readonly spaces: ReadonlyMap<string, string>;
  readonly workspaceUrl: string;
  readonly conversations: ReturnType<typeof createConversationReading>;
  readonly messages: ReturnType<typeof createMessageReading>;
}

type Context = Pick<InputOf<typeof routes.getMessage>, "caller" | "baseUrl" | "path" | "requestId">;

export function createReadingEndpoints(deps: ReadingDeps) {
  const spaceOf = (query: { readonly space?: string }): Space =>
    resolveSpace(deps.spaces, query.space);

  const listed = (messages: readonly GenieMessage[], space: Space, context: Context) =>
    messages.map((message) => toListedMessage(message, null, viewOf(space, context)));

  return {
    listSpaces: async ({ caller }: InputOf<typeof routes.listSpaces>): Promise<Reply> => {
      const visible = await listSpaces(deps.askerOf(caller), deps.spaces);
      return ok({ spaces: visible.map(toSpaceBody) });
    },

    getSpace: async ({ caller, params }: InputOf<typeof routes.getSpace>): Promise<Reply> =>
      ok(toSpaceBody(await readSpace(deps.askerOf(caller), spaceOf(params)))),

    listConversations: async (input: InputOf<typeof routes.listConversations>): Promise<Reply> => {
      const space = spaceOf(input.query);
      const asker = deps.askerOf(input.caller);
      const list = `conversations ${space.alias}`;
      const page = await deps.conversations.list(asker, space, pageOf(list, input.query));
      const conversations = page.items.map((entry) => toConversationBody(space.alias, entry));
      return ok({ conversations, ...nextPage(list, page) });
    },

    getConversation: async (input: InputOf<typeof routes.getConversation>): Promise<Reply> => {
      const space = spaceOf(input.query);
      const asker = deps.askerOf(input.caller);
      const found = await deps.conversations.read(asker, space, input.params.conversation_id);
      return ok({
        ...toConversationBody(space.alias, found),
        messages: listed(found.messages, space, input),
      });
    },

    deleteConversation: async (
      input: InputOf<typeof routes.deleteConversation>,
    ): Promise<Reply> => {
      const asker = deps.askerOf(input.caller);
      await deps.conversations.remove(asker, spaceOf(input.query), input.params.conversation_id);
      return { status: 204 };
    },

    listMessages: async (input: InputOf<typeof routes.listMessages>): Promise<Reply> => {
      const space = spaceOf(input.query);
      const { conversation_id: conversationId } = input.params;
      const list = `messages ${conversationId}`;
      const wanted = { conversationId, page: pageOf(list, input.query) };
      const page = await deps.messages.list(deps.askerOf(input.caller), space, wanted);
      return ok({ messages: listed(page.items, space, input), ...nextPage(list, page) });
    },

    getMessage: async (input: InputOf<typeof routes.getMessage>): Promise<Reply> => {
      const space = spaceOf(input.query);
      const read = await deps.messages.read(deps.askerOf(input.caller), space, {
        conversationId: input.params.conversation_id,
        messageId: input.params.message_id,
        maxRows: input.query.max_rows,
      });
      const { format, max_rows: maxRows } = input.query;
      const answer = toAnswer({ ...read, ...viewOf(space, input), maxRows });
      return inFormat({ status: 200, headers: {}, body: answer }, { format });
    },

    getMe: async ({ caller }: InputOf<typeof routes.getMe>): Promise<Reply> => {
      const genie = await deps.askerOf(caller).genie();
      return ok(toMeBody(await genie.currentUser(), deps.workspaceUrl));
    },
  };
}

function ok(body: unknown): Reply {
  return { status: 200, body };
}

function pageOf(
  list: string,
  query: { readonly page_size: number; readonly page_token?: string },
): PageRequest {
  const pageToken = readListToken(list, query.page_token);
  return { pageSize: query.page_size, ...(pageToken === undefined ? {} : { pageToken }) };
}

function viewOf(space: Space, { caller, baseUrl, path, requestId }: Context) {
  return {
    space: space.alias,
    links: { baseUrl, showResultLinks: caller.kind !== "function-key", carried: {} },
    problem: { baseUrl, instance: path, requestId },
  };
}
