// What this project promises about reading spaces, conversations, messages and rows (see all.ts).

export const reading = {
  "reading.spaces":
    "Design §3.5: spaces are read live as the caller; an alias the caller may not see is left out.",
  "reading.space-alias":
    "Design §3.1: an unknown alias is space_not_found; without a default a space must be named.",
  "reading.conversations":
    "Design §3.5: a user sees what Databricks lists as that user's own, an app only what it started through us.",
  "reading.one-conversation":
    "Design §3.5: one conversation is its list entry, from at most 3 pages of the list, and its newest 20 messages.",
  "reading.delete": "Design §3.5: a deleted conversation is gone, also from the app's own record.",
  "reading.messages": "Design §3.5: pages go back in time, each oldest first.",
  "reading.message":
    "Design §3.3: a message read by its own id is an Answer; operation and timings are null when unknown.",
  "reading.results":
    "Design §3.6: a page of rows is stable, of the size asked for, and chunks are followed.",
  "reading.expired":
    "Design §3.6: expired rows are result_expired, with a link to where the SQL is run again.",
  "reading.csv":
    "Design §3.6: CSV is RFC 4180 with Databricks' own text, null empty, and no text that starts a formula.",
  "reading.ndjson": "Design §3.6: NDJSON has a typed row on each line, with the names of the JSON.",
  "reading.rows-format": "Design §3.6: format wins over Accept; another format is 400.",
  "reading.stream":
    "Issue 5: a file is made no faster than its client reads; a client that stalls or goes away ends it, an error breaks it off.",
  "reading.preparing":
    "Design §3.6: while rows are prepared 202 leads back to the same preparation, its owner alone.",
  "reading.one-start":
    "Design §3.6: at most one download per owner and attachment starts in 60 s, on whatever worker.",
  "reading.full": "Design §3.6: full=true sends all rows, also beyond Genie's 5,000.",
  "reading.rerun": "Design §3.6: rerun runs expired SQL again; 200 with the statement, or 202.",
  "reading.visualizations":
    "Design §3.1: a visualisation is handed on as image/png, bounded, and nothing else ever is.",
  "reading.feedback":
    "Design §3.5: a rating, with a comment of at most 1,000 characters unless it is none, reaches Genie and is 204.",
  "reading.own-conversations":
    "Design §3.1, §3.5: an app's conversation is 404 to every other caller on every path below it, and a stranger's request never reaches Databricks.",
  "reading.me": "Design §3.5: /api/v1/me shows the signed-in user as the workspace knows it.",
  "reading.page-tokens":
    "Design §3.1: a page token is opaque; one that is not of this list is 400.",
} as const;
