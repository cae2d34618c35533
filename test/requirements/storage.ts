// What this project promises about sealing and about what it stores, as ids that tests cite (see all.ts).

export const storage = {
  "sealing.bound":
    "Design §1.1: a sealed text opens only whole, with its own key and its own context; any changed bit is refused.",
  "sealing.exact": "Design §3.2: what is opened is what was sealed, character by character.",
  "sealing.key-form": "Design §2: a key is base64 of 32 bytes, whsec_ allowed in front.",
  "sealing.rotation":
    "Design §2: the key id is the vault version; the newest version seals, older ones still open.",
  "sealing.vault-outage":
    "Issue 4: keys are kept, looked at anew after an hour, and serve up to 24 hours while the vault is down.",
  "sealing.key-lookups":
    "Design §1.3: whatever key ids are named, the vault is asked at most every 5 s.",
  "sealing.hashes":
    "Design §3.2: keyed hashes differ by purpose and key, and stay findable for 24 hours through a rotation.",
  "storage.one-factory":
    "Design §2: a connection string and an identity both work, through one factory; plain http goes to a loopback host only.",
  "storage.made-when-missing":
    "Issue 4: tables and queues that are missing are made by the first call that needs them.",
  "storage.bounded":
    "Design §1.3: storage that is down, refuses or is silent gives storage_unavailable within 11 s.",
  "storage.compare-and-set":
    "Issue 4: of several writers of one record exactly one wins, and the others are told.",
  "storage.lost-replies":
    "Issue 4: a write whose reply got lost counts as made, once; nothing is asked twice or lost for it.",
  "storage.few-transactions":
    "Issue 4: create, read, replace, recording an ask and keeping a token are one storage transaction each.",
  "storage.sealed":
    "Design §1.1: no question, callback URL or token stands in the clear in any row or message.",
  "storage.question-erased":
    "Design §1.1: the question is gone from the record with the write that records the ask or the end.",
  "storage.tampering":
    "Issue 4: a row with any sealed bit changed, or of another form, is missing for its owner and logged by its id.",
  "storage.owners-apart":
    "Design §3.1: what one owner has stored is not found under another owner's name.",
  "storage.overdue":
    "Design §4: every record past its planned move is found by the sweeper, also when there are more than one run takes.",
  "storage.lifetime":
    "Design §3.4: records are deleted 24 h after their end, none earlier, and none is left behind.",
  "storage.queues":
    "Issue 4: a message holds the operation's id and nothing else, as the host reads it, and is visible when due.",
  "storage.custody":
    "Design §3.7: the kept token opens for its own operation, tenant, user, audience and time only, and is erased when expired.",
} as const;
