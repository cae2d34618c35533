// What this project promises about the troubleshooting page and the guides, as ids that tests cite (see all.ts).

export const guides = {
  "guides.every-code":
    "Issue 6, part 6: the troubleshooting page has one anchored entry for each failure code, as HTML and as docs/errors.md, and every link in it resolves.",
  "guides.strict-page":
    "Issue 6, part 2: the page needs no inline script or style, and what its texts and parameters hold is escaped.",
  "guides.true-remedies":
    "Design §1.4: the page's commands, Genie's reasons and AADSTS numbers are those by which the gateway itself decides and answers.",
  "guides.runnable":
    "Issue 6, part 6: every JSON block of a guide parses, and the workflow definitions of the Logic Apps guide run as they stand.",
  "guides.true-answers":
    "Issue 6, part 6: the answer that the guide for Copilot Studio shows has the form of a real one.",
  "guides.http-action":
    "Issue 6, part 6: the HTTP action of the guide, with a managed identity or a secret, gets the answer after 202s and fails with the problem of a failed question.",
  "guides.webhook-action":
    "Issue 6, part 6: the HTTP Webhook action of the guide subscribes with callback_url, sleeps, is called back and reads the answer; a refused subscription fails it.",
  "guides.unsubscribe":
    "Issue 6, part 6: a cancelled or timed-out run unsubscribes by its Idempotency-Key, which cancels the operation; Genie is looked at no more and no other callback comes.",
  "guides.asked-once":
    "Issue 6, part 6: the engine's own retry after a lost reply is the same operation; the question is asked once.",
} as const;
