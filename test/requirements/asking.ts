// What this project promises about asking and operations, as ids that tests cite (see all.ts).

export const asking = {
  "asking.recorded-first": "Design §3.2: nothing is asked before the operation is recorded.",
  "asking.once":
    "Design §4: a question is asked once; a reply lost after sending is never asked again and ends ask_outcome_unknown.",
  "asking.unreachable":
    "Design §4: an ask that surely did not reach Databricks is tried again for at most 30 s, then databricks_unavailable.",
  "asking.rate-limited":
    "Design §4: a Databricks 429 delays the ask until the deadline; it fails nothing.",
  "asking.all-terminal-states":
    "Design §3.4: completed, failed, cancelled and expired results each end the operation; unknown states do not.",
  "asking.wait-bounded":
    "Design §1.3: once recorded the answer leaves at most 5 s after the wait that was asked for, whatever hangs.",
  "asking.busy": "Design §3.2: a second ask in a conversation with an unfinished operation is 409.",
  "asking.idempotency":
    "Design §3.2: the same key and body by the same caller is the same operation; another body is 422; what ended unasked frees its key.",
  "asking.coalesced":
    "Design §4: many readers of one operation cause at most one Genie poll per interval.",
  "asking.deadline":
    "Design §3.4: past its deadline Genie is polled once more before the operation is expired.",
  "asking.monitor":
    "Design §3.4: the monitor answers the last known state even when the caller's exchange fails.",
  "asking.owner": "Design §3.1: what belongs to another is 404, as if it were not there.",
  "asking.cancel":
    "Design §3.4: cancel ends an unfinished operation and leaves a final one as it is.",
  "asking.app-conversations":
    "Design §3.5: an app caller sees and continues only conversations that it started through us.",
  "asking.question-dropped":
    "Design §1.1: the question is dropped in the write that records the ask or the end.",
  "asking.background":
    "Design §4: app questions nobody waits for are driven by queue messages, one poll each, the next scheduled before this one is done.",
  "asking.user-absent":
    "Design §4: nothing of a user's question happens while nobody reads, unless it has a callback.",
  "asking.custody":
    "Design §3.7: a user question with a callback goes on with the sealed token; when that expires it waits for the user or the deadline.",
  "asking.sweeper":
    "Design §4: losing a worker or a message loses no operation; the sweeper revives it within two minutes.",
  "asking.slot":
    "Design §3.4, §4: without a slot the operation waits in stage waiting_for_slot, and its deadline counts from the estimated slot.",
  "asking.one-driver":
    "Design §4: whoever waits drives its operation; others that read it meanwhile do not poll Genie.",
  "asking.storage-outage":
    "Design §4: an ask whose record cannot be written is recorded when the storage is back.",
} as const;
