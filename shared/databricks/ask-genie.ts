// The POST that asks Genie. Sent at most once (apart from a refused token, which asks nothing), because the
// interface has no idempotency key: a repeat would cost twice and answer twice. Every reply gets one clear fate.

import type { AskReply, Genie, MessageRef } from "../operations/genie.ts";
import { decodeText } from "../outbound/decode-text.ts";
import { databricksFailure, type Subject } from "./databricks-failure.ts";
import type { ErrorEnvelope } from "./error-envelope.ts";
import { toGenieMessage } from "./message-mapping.ts";
import { type MessageWire, messageWire, startedWire } from "./message-wire.ts";
import { parseWire } from "./parse-wire.ts";
import type { CallWorkspace, WorkspaceReply } from "./workspace-call.ts";
import { messagesPath, startConversationPath } from "./workspace-paths.ts";

type ReadAccepted = (text: string) => AskReply;

/** The two asking methods of the port. */
export function createAsking(
  call: CallWorkspace,
): Pick<Genie, "startConversation" | "createMessage"> {
  async function ask(path: string, question: string): Promise<WorkspaceReply> {
    const body = { content: question, enable_visualization: true };
    return call({ method: "POST", path, body, retry: "never" });
  }
  return {
    async startConversation(spaceId, question) {
      const reply = await ask(startConversationPath(spaceId), question);
      return fateOf(reply, "space", (text) => readStarted(text, spaceId));
    },
    async createMessage(spaceId, conversationId, question) {
      const reply = await ask(messagesPath({ spaceId, conversationId }), question);
      return fateOf(reply, "conversation", (text) => readCreated(text, spaceId, conversationId));
    },
  };
}

function fateOf(reply: WorkspaceReply, subject: Subject, readAccepted: ReadAccepted): AskReply {
  switch (reply.kind) {
    case "ok":
      return readAccepted(decodeText(reply.body));
    case "not_connected":
      return { kind: "not_sent", retryAfterMs: undefined };
    case "circuit_open":
      return { kind: "not_sent", retryAfterMs: reply.retryAfterMs };
    case "lost":
      return { kind: "unknown" };
    case "error":
      return fateOfRefusal(reply.envelope, subject);
  }
}

/** 503: nothing was accepted. 408, 499 and the other 5xx come from somewhere on the way, before or after Genie. */
function fateOfRefusal(envelope: ErrorEnvelope, subject: Subject): AskReply {
  const { status, retryAfterMs } = envelope;
  if (status === 429) return { kind: "rate_limited", retryAfterMs };
  if (status === 503) return { kind: "not_sent", retryAfterMs };
  if (status >= 500 || status === 408 || status === 499) return { kind: "unknown" };
  return { kind: "refused", failure: databricksFailure(envelope, subject) };
}

/** The documentation's sample names the conversation only inside, by its legacy `id` (genie-api.md §1.6). */
function readStarted(text: string, spaceId: string): AskReply {
  const parsed = parseWire(text, startedWire);
  if (!parsed.ok) return { kind: "unknown" };
  const { conversation_id, message_id, conversation, message } = parsed.value;
  const conversationId =
    conversation_id ??
    conversation?.conversation_id ??
    conversation?.id ??
    message?.conversation_id;
  const messageId = message_id ?? message?.message_id ?? message?.id;
  return accepted(message, { spaceId, conversationId, messageId });
}

function readCreated(text: string, spaceId: string, conversationId: string): AskReply {
  const parsed = parseWire(text, messageWire);
  if (!parsed.ok) return { kind: "unknown" };
  const { message_id, id } = parsed.value;
  return accepted(parsed.value, { spaceId, conversationId, messageId: message_id ?? id });
}

type PartialRef = { readonly [K in keyof MessageRef]: MessageRef[K] | null | undefined } & {
  readonly spaceId: string;
};

/** Without ids the question can never be found again. A message that is not told counts as just submitted. */
function accepted(message: MessageWire | null | undefined, ref: PartialRef): AskReply {
  const { spaceId, conversationId, messageId } = ref;
  if (!(conversationId && messageId)) return { kind: "unknown" };
  const wire = message ?? messageWire.parse({ status: "SUBMITTED" });
  return {
    kind: "accepted",
    message: toGenieMessage(wire, { spaceId, conversationId, messageId }),
  };
}
