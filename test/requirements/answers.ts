// What this project promises about answers, as ids that tests cite (see all.ts).

export const answers = {
  "answers.shape":
    "Design §3.3: every Answer has the fields of the contract, in each of its states.",
  "answers.text":
    "Design §3.3: all final text joined by a blank line; text between the first and the last query is dropped; thinking is never shown.",
  "answers.follow-up":
    "Design §3.3: when Genie asks back, follow_up_question is set and answer is null.",
  "answers.queries":
    "Design §3.3: all queries come in order; an attachment without an id has attachment_id null and no links.",
  "answers.rows":
    "Design §3.3: at most max_rows rows, row_count and truncated are Databricks' own; an expired result has rows [] and expired true.",
  "answers.running":
    "Design §3.3: before Genie is done what is known is filled, the rest null or []; an ask adds links and Retry-After.",
  "answers.failed":
    "Design §3.3: a message that failed or was cancelled is status failed with its problem in error.",
  "answers.timings":
    "Design §3.3: queued_ms = POST to ask, genie_ms as stored; null for what was not asked through us.",
  "answers.links":
    "Design §3.1: links to a space other than default carry ?space=; function-key callers get no result links.",
  "answers.typed-cells": "Design §3.3: cells are typed, and a value never changes its meaning.",
  "answers.column-names":
    "Design §3.3: a repeated column name gets _2, _3; an empty one becomes column_N; __proto__ is just a name.",
  "answers.operation":
    "Design §3.4: the Operation body with RFC 3339 times, retry_after_s in its bounds, error and links.",
  "answers.accepted":
    "Design §3.2: a 202 carries Location, Operation-Location, Retry-After, Preference-Applied and the Operation; links carry format, max_rows, space and async=never on.",
  "answers.never":
    "Design §3.2: with async=never every outcome is 200 with status completed, running or failed, below 450 KB.",
  "answers.result-page":
    "Design §3.6: a JSON page holds columns, typed rows, row_count, truncated and an opaque token; a bad token is a 400 naming it.",
  "answers.formats":
    "Design §3.3: format=json|markdown|text|adaptive-card renders the same Answer; 202, problems and events stay JSON; another value is a 400 naming it.",
  "answers.formats-states":
    "Design §3.3: in every format, running says so and where the answer will be, failed tells title, detail and remedy, and a follow-up question is marked as Genie's.",
  "answers.formats-notes":
    "Issue Formats of an Answer: in every format but JSON a note says which rows, columns and texts are not shown, that rows have expired, and that Genie stopped at 5,000.",
  "answers.formats-literal":
    "Issue Formats of an Answer: data shows literally in every format: no cell, name or title becomes a link, an image, HTML or markup.",
  "answers.card":
    "Design §3.3: the card is a valid Adaptive Card 1.5; its submit actions carry the body of the next ask.",
  "answers.card-size": "Design §3.3: a card is under 24 KB, whatever the Answer holds.",
  "answers.card-chart":
    "Issue Formats of an Answer: a card has a chart where the column types allow one: of all rows, of exact numbers only, and dropped by hosts that do not know it.",
  "answers.reading":
    "Design §3.5: spaces, conversations, listed messages and the signed-in user in their wire form.",
} as const;
