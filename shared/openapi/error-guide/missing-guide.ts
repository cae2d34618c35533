// Troubleshooting of what is not there, not there any more, or in the way: 404, 409 and 410. Texts and nothing else.

import type { GuideEntry } from "./guide-entry.ts";

const WHOSE =
  "What belongs to another caller is answered as if it were not there; a user and an application are different callers.";

export const missingGuide = {
  space_not_found: {
    meaning:
      "The gateway is not configured with a space of this alias, or no `space` was named and there is no alias `default`.",
    steps: [
      {
        who: "caller",
        text: "Use an alias that `GET /genie/spaces` lists. It is the gateway's own name for a space, not its title or id.",
      },
      {
        who: "operator",
        text: 'Add the space to `GENIE__SPACES`, a JSON object of alias and space id: `{"sales": "<space-id>"}`.',
      },
    ],
  },
  conversation_not_found: {
    meaning: `The caller has no conversation with this id in this space. ${WHOSE}`,
    steps: [
      {
        who: "caller",
        text: "List your conversations with `GET /genie/conversations`; for another space than `default` add `?space=` with its alias.",
      },
      {
        who: "maker",
        text: "Follow-ups carry the `conversation_id` of the earlier answer and the same `space`. To start anew, leave `conversation_id` out.",
      },
    ],
  },
  message_not_found: {
    meaning: "The conversation has no message with this id.",
    steps: [
      {
        who: "caller",
        text: "Look at the conversation's messages, and name its space with `?space=` if it is not the default one.",
      },
    ],
  },
  attachment_not_found: {
    meaning: "The message has no result or picture with this id, or the attachment has no rows.",
    steps: [
      {
        who: "caller",
        text: "Use an `attachment_id` from the message's `results` or `visualizations`, or follow the `links` of the answer, which carry the space on.",
      },
    ],
  },
  operation_not_found: {
    meaning: `There is no operation with this id or \`Idempotency-Key\` for this caller: it is unknown, it ended more than 24 hours ago, or it belongs to another. ${WHOSE}`,
    steps: [
      {
        who: "maker",
        text: "Read an operation with the same identity that asked: in a flow, the same authentication on every action.",
      },
      {
        who: "caller",
        text: "If the operation is over for more than a day, read the message in its conversation, or ask again.",
      },
    ],
  },
  conversation_busy: {
    meaning:
      "Genie works on one question of a conversation at a time, and the one before has not ended.",
    steps: [
      {
        who: "caller",
        text: "Wait for the earlier answer, cancel it with `DELETE /genie/operations/{operation_id}`, or ask in a new conversation.",
      },
      {
        who: "maker",
        text: "Ask questions of one conversation one after another: in a loop of a flow, set its concurrency to 1. Questions that do not follow from each other need no `conversation_id`.",
      },
    ],
  },
  operation_cancelled: {
    meaning:
      "Somebody with the same identity cancelled the question, here or in Genie, before there was an answer.",
    steps: [
      {
        who: "caller",
        text: "Ask again if you still want the answer, with a new `Idempotency-Key`.",
      },
    ],
  },
  result_expired: {
    meaning:
      "The message keeps its text and its SQL, but Databricks no longer keeps the rows, or the download of all rows is over.",
    steps: [
      {
        who: "caller",
        text: "Run the SQL again: POST to `links.rerun` of the answer, without a body. Then read the rows again with the `links` as before.",
      },
      {
        who: "caller",
        text: "For a download of all rows (`full=true`): ask again without `download`, which starts a new one.",
      },
    ],
  },
} as const satisfies Record<string, GuideEntry>;
