// What makers of flows and agents read, where the words for HTTP clients would not help them. By definition and field;
// a test keeps the names true.

export const MAKER_TEXTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Answer: {
    operation_id: "Empty when it was not asked here or is no longer kept.",
    status: "completed, running (look again) or failed (see error).",
    conversation_id: "Give it to the next question to stay in the conversation.",
    follow_up_question: "Set when Genie asks back: answer it with a new question.",
  },
  QueryResult: {
    attachment_id: "Names the result in Get the rows of a result.",
    rows: "The first rows. Get the rows of a result gives all that Genie holds.",
    expired: "Databricks no longer holds the rows: use Run expired SQL again.",
  },
  Visualization: { attachment_id: "Names the picture." },
  Operation: { retry_after_s: "Seconds until another look is worth it." },
  ConversationList: { next_page_token: "For the next page; empty on the last one." },
  MessageList: { next_page_token: "For the next page; empty on the last one." },
  ResultPage: { next_page_token: "For the next page; empty on the last one." },
};

export const MAKER_TAGS: Readonly<Record<string, string>> = {
  Ask: "Ask Genie a question as you.",
};

/** Makers choose from the spaces that they may ask. */
export const SPACE_VALUES = {
  operationId: "ListSpaces",
  "value-collection": "spaces",
  "value-path": "space",
  "value-title": "title",
};
