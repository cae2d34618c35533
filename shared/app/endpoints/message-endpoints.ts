// What hangs below one message besides its words and rows: the picture of a visualisation, and feedback.
// Validated input → use case → reply; no rule of the domain here.

import type * as routes from "../../contracts/routes.ts";
import type { InputOf, Reply } from "../../http/route-input.ts";
import type { createFeedbackGiving } from "../../operations/give-feedback.ts";
import type { createVisualizationReading } from "../../operations/read-visualization.ts";
import { resolveSpace } from "../../operations/resolve-space.ts";
import { pngHeaders } from "../../presentation/png-headers.ts";
import type { AskerOf } from "../asker.ts";

export interface MessageDeps {
  readonly askerOf: AskerOf;
  readonly spaces: ReadonlyMap<string, string>;
  readonly visualization: ReturnType<typeof createVisualizationReading>;
  readonly giveFeedback: ReturnType<typeof createFeedbackGiving>;
}

export function createMessageEndpoints({
  askerOf,
  spaces,
  visualization,
  giveFeedback,
}: MessageDeps) {
  return {
    getVisualization: async (input: InputOf<typeof routes.getVisualization>): Promise<Reply> => {
      const { attachment_id: attachmentId, ...ids } = input.params;
      const data = await visualization(
        askerOf(input.caller),
        resolveSpace(spaces, input.query.space),
        { ...messageOf(ids), attachmentId },
      );
      return {
        status: 200,
        headers: pngHeaders(attachmentId),
        content: { type: "image/png", data },
      };
    },

    sendFeedback: async (input: InputOf<typeof routes.sendFeedback>): Promise<Reply> => {
      const space = resolveSpace(spaces, input.query.space);
      const request = { ...messageOf(input.params), feedback: input.body };
      await giveFeedback(askerOf(input.caller), space, request);
      return { status: 204 };
    },
  };
}

function messageOf(params: { readonly conversation_id: string; readonly message_id: string }) {
  return { conversationId: params.conversation_id, messageId: params.message_id };
}
