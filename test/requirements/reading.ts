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
  "reading.expired": "Design §3.6: expired rows are result_expired.",
  "reading.me": "Design §3.5: /api/v1/me shows the signed-in user as the workspace knows it.",
  "reading.page-tokens":
    "Design §3.1: a page token is opaque; one that is not of this list is 400.",
} as const;
