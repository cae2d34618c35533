// What this project promises about surviving: workers that die, storage that goes away, and clients that wait, poll,
// listen or are called back meanwhile. Ids that tests cite (see all.ts).

export const chaos = {
  "chaos.front":
    "Issue 4, part 8: the stand with several workers has one address that passes requests on in turn, streaming both ways; another worker gets a request only when surely nothing of it was sent.",
  "chaos.workers":
    "Issue 4, part 8: each worker of the stand can be killed and started again at its address; one that ends by itself is started again at once.",
  "chaos.storage-returns":
    "Issue 4: the storage of the stand can go away and come back at the same address with all its data.",
  "chaos.worker-loss":
    "Issue 4: with a worker killed every second, all questions reach a terminal state, none is asked twice, and only those that ended ask_outcome_unknown were not asked.",
  "chaos.callbacks":
    "Issue 4: with a worker killed every second, every callback is delivered, none under two ids.",
  "chaos.storage-outage":
    "Issue 4: while the storage is away asks and status are 503 storage_unavailable with Retry-After; afterwards all operations finish without a restart.",
  "chaos.logic-apps":
    "Issue 4: a workflow engine that polls Location with the action's own authentication gets the answer, or the failure as a 4xx, and with async=never always a 200.",
  "chaos.webhook-client":
    "Design §3.7, issue 4: a webhook action subscribes with callback_url, is called back signed, reads links.result with its own token, and unsubscribes by its Idempotency-Key.",
  "chaos.event-client":
    "Design §3.4: an event client sees stages, then the answer; after a break it goes on from the present stage.",
  "chaos.user-returns":
    "Issue 4: when the sealed token expires in mid-operation it waits for the user, and goes on when the user comes back.",
  "chaos.budget":
    "Issue 4: 5 users with 8 questions each, every one with a waiting request open, get no 429, are asked in the order of their arrival and within 3 % of the least time, never more than the budget in any minute.",
} as const;
