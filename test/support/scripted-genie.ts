// A Genie that says what a test tells it to: each question follows a timeline of states by the injected clock.
// It counts what is asked of it and can lie (fail, hang, lose the reply). It stands in for the port, not for HTTP.

import { AppError, type Failure } from "../../shared/errors/app-error.ts";
import type {
  AskReply,
  Genie,
  GenieAttachment,
  GenieMessage,
  GenieState,
  QueryResult,
} from "../../shared/operations/genie.ts";
import type { Clock } from "../../shared/telemetry/clock.ts";

export interface ScriptedGenie extends Genie {
  readonly asked: string[];
  polls: number;
  /** State of a message by its age in ms; the last entry whose `from` has passed counts. */
  timeline: readonly { readonly from: number; readonly state: GenieState }[];
  attachments: readonly GenieAttachment[];
  /** Consumed one by one by the next asks, before the timeline applies. */
  readonly askReplies: (AskReply | "hang")[];
  /** Thrown one by one by the next polls. */
  readonly pollFailures: Failure[];
  result: QueryResult;
}

export const aWorkingState = (
  stage: "ASKING_AI" | "EXECUTING_QUERY" | "SUBMITTED",
): GenieState => ({
  kind: "working",
  stage,
});

export function createScriptedGenie(clock: Clock): ScriptedGenie {
  const messages = new Map<string, GenieMessage & { bornAt: number }>();
  const unused = async (): Promise<never> => {
    throw new Error("not scripted");
  };

  const born = (spaceId: string, conversationId: string, question: string): GenieMessage => {
    const messageId = (messages.size + 1).toString(16).padStart(32, "0");
    const bornAt = clock.now();
    const message = {
      spaceId,
      conversationId,
      messageId,
      question,
      state: aWorkingState("SUBMITTED"),
      attachments: [],
      createdAt: bornAt,
      updatedAt: bornAt,
      bornAt,
    };
    messages.set(messageId, message);
    return message;
  };
  const ask = async (
    spaceId: string,
    conversationId: string,
    question: string,
  ): Promise<AskReply> => {
    genie.asked.push(question);
    const scripted = genie.askReplies.shift();
    if (scripted === "hang") return new Promise(() => {});
    return scripted ?? { kind: "accepted", message: born(spaceId, conversationId, question) };
  };
  const present = (message: GenieMessage & { bornAt: number }): GenieMessage => {
    const entry = genie.timeline.findLast(({ from }) => clock.now() - message.bornAt >= from);
    const state = entry?.state ?? message.state;
    const attachments = state.kind === "working" ? [] : genie.attachments;
    return { ...message, state, attachments, updatedAt: message.bornAt + (entry?.from ?? 0) };
  };

  const genie: ScriptedGenie = {
    asked: [],
    polls: 0,
    timeline: [{ from: 0, state: { kind: "completed" } }],
    attachments: [],
    askReplies: [],
    pollFailures: [],
    result: { kind: "pending" },
    startConversation: (spaceId, question) => ask(spaceId, "c".repeat(32), question),
    createMessage: ask,
    getMessage: async ({ messageId }) => {
      genie.polls += 1;
      const failure = genie.pollFailures.shift();
      if (failure !== undefined) throw new AppError(failure);
      const message = messages.get(messageId);
      if (message !== undefined) return present(message);
      throw new AppError({ code: "message_not_found", detail: "No such message." });
    },
    listMessages: async () => ({ items: [...messages.values()].map(present) }),
    listConversations: async () => ({ items: [] }),
    deleteConversation: async () => {},
    getSpace: unused,
    queryResult: async () => genie.result,
    resultChunk: unused,
    rerunQuery: unused,
    startDownload: unused,
    download: unused,
    visualization: unused,
    sendFeedback: unused,
    currentUser: unused,
  };
  return genie;
}
