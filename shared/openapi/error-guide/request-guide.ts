// Troubleshooting of requests that are themselves at fault: 400, 413, 415 and the reused key of 422.
// Texts and nothing else.

import type { GuideEntry } from "./guide-entry.ts";

export const requestGuide = {
  invalid_request: {
    meaning:
      "The token is good, but the body, a parameter or a header of the request is not. Nothing was asked. `errors` lists all faults at once, each with the place (`pointer` into the body, or `parameter`) and what it must be.",
    steps: [
      {
        who: "maker",
        text: "Correct every place that `errors` names, then send the request again.",
      },
    ],
    cases: {
      title: "Frequent faults",
      rows: [
        {
          sign: "`/query`",
          remedy: "The question is missing, blank, or longer than 10,000 characters.",
        },
        {
          sign: "`/conversation_id`",
          remedy:
            "It must be the 32 hexadecimal characters of an earlier answer. Leave the field out, or send `null`, to start a new conversation.",
        },
        {
          sign: "`/callback_url`",
          remedy:
            "It must be https, without another port or user information, at a host that the gateway's operator allows in `CALLBACK_ALLOWED_HOSTS`.",
        },
        {
          sign: "an unknown field",
          remedy:
            "Fields that the gateway does not know are refused, so that a misspelled one is noticed.",
        },
        {
          sign: "a parameter given twice",
          remedy: "A known query parameter may stand in the address once.",
        },
        {
          sign: "`Idempotency-Key`",
          remedy: "1 to 255 visible ASCII characters, without a space.",
        },
      ],
    },
  },
  payload_too_large: {
    meaning: "The body of the request is larger than 256 KiB. Nothing was asked.",
    steps: [
      {
        who: "maker",
        text: "Send the question alone. Data does not belong into the question: Genie reads it from its tables.",
      },
    ],
  },
  unsupported_media_type: {
    meaning: "The body is not declared as JSON. Nothing was asked.",
    steps: [{ who: "maker", text: "Send the header `Content-Type: application/json`." }],
  },
  idempotency_key_reused: {
    meaning:
      "The same `Idempotency-Key` came with another body within 24 hours. A key stands for one question, so nothing was asked.",
    steps: [
      {
        who: "maker",
        text: "Use a new key for every new question, and the same key only to repeat the same request. In a flow, build it from the run and the action, with the index of a loop if there is one.",
      },
    ],
  },
} as const satisfies Record<string, GuideEntry>;
