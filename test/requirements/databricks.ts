// What this project promises about calling others and about Databricks, as ids that tests cite (see all.ts).

export const databricks = {
  "outbound.bounded":
    "Design §1.3: every outside call has a per-try timeout, a budget for all tries, and a bounded body.",
  "outbound.safe-retries":
    "Design §4, §5: only calls that are safe to repeat are repeated, at the time Retry-After names, never past the budget.",
  "outbound.sent-or-not":
    "Design §4: a call that surely sent nothing is told apart from one whose reply got lost.",
  "outbound.circuit":
    "Issue 3: an origin that fails several times in a row is left alone for a while, and then probed by one call.",
  "outbound.no-redirects":
    "Design §1.4: no redirect is followed, so no token travels to another host.",
  "outbound.discreet-logs": "Threat model T9: outbound calls log no URL, header or body.",
  "databricks.ask-once":
    "Design §4: an ask is sent at most once; whether it surely was not sent, was limited, was refused or is of unknown fate is told.",
  "databricks.visualisations":
    "Design §3.2: each question is sent unchanged, with visualisations enabled.",
  "databricks.tolerant-wire":
    "Issue 3: unknown fields, states and attachment kinds, missing arrays, legacy ids and times in seconds or milliseconds are understood.",
  "databricks.lying-replies":
    "Design §1.4: a reply that cannot be understood is databricks_unavailable, never a crash and never upstream text.",
  "databricks.error-envelopes": "Issue 3: every error envelope of genie-api.md §1.8 is understood.",
  "databricks.grants":
    "Design §3.9: missing grants give genie_space_forbidden, warehouse_forbidden, data_forbidden or workspace_access_missing, with grant and command.",
  "databricks.space-forbidden":
    "Design §3.9: 403 and 404 for a configured space are both genie_space_forbidden.",
  "databricks.not-found":
    "Design §3.1: what Databricks does not know, or belongs to another, is 404 of its kind.",
  "databricks.token-renewed":
    "Design §1.2: a token that Databricks refuses is forgotten and the call made once more with a new one.",
  "databricks.error-types":
    "Design §3.9: the 67 message error types, and unknown ones, give the code of their group.",
  "databricks.messages-oldest-first":
    "Design §3.5: inside a page of messages the oldest comes first.",
  "databricks.results":
    "Design §3.6: rows come chunk by chunk; results that are not ready, expired or failed are told apart.",
  "databricks.file-rows":
    "Design §3.6: files of rows are read while they arrive, in constant memory; what is cut off or no row of the result is never handed out.",
  "databricks.all-rows":
    "Design §3.6: a full download gives every row once and in order, over expired links and broken connections.",
  "databricks.links-are-secrets":
    "Design §3.6: result files are fetched without our Authorization header, over https, without redirects; no link is logged or told.",
  "databricks.runs-once":
    "Design §3.6: running the SQL again and starting a download are sent once.",
  "databricks.request-budget":
    "Design §1.3: all Databricks calls of one reading request together end within 20 s.",
} as const;
