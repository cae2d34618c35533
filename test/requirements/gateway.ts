// What this project promises about the gateway as a whole, shown on the packed app over real sockets (see all.ts).

export const gateway = {
  "gateway.grants":
    "Issue 3: the same question by two users with different grants gives one the rows and the other a 403 that names the grant to ask for.",
  "gateway.caller-kinds":
    "Design §3.1, issue 3: each endpoint takes the callers it names and refuses the others with a code that says so.",
  "gateway.hostile-tokens":
    "Issue 3: hostile tokens are refused over HTTP before the body is looked at, and learn nothing about the schema.",
  "gateway.function-key":
    "Design §3.1: a function key opens query-app alone; its operations are opened by their id, its Answers carry no result links.",
  "gateway.waiting":
    "Design §3.2: every way to say how long to wait is obeyed and echoed, and the answer waits at the operation.",
  "gateway.equal-results":
    "Design §3.3: /result gives what the synchronous ask would have given, equal however often it is read.",
  "gateway.simple-clients":
    "Design §3.2: a client that only follows Location, and one that shows nothing but a 200, both get their answer.",
  "gateway.terminal-states":
    "Design §3.3, §3.9: each terminal state of Genie and each group of message errors has its own outcome over HTTP.",
  "gateway.answers":
    "Design §3.3: text, follow-up questions, several queries and typed rows arrive as Genie gave them.",
  "gateway.results":
    "Design §3.6: all rows of a result can be read page by page over its chunks; expired ones are 410.",
  "gateway.reading":
    "Design §3.5: spaces, conversations and messages are listed, paged, read and deleted.",
  "gateway.owners":
    "Design §3.1: conversations and operations of another caller are 404, as if they were not there.",
  "gateway.secret-rotation":
    "Issue 3: a client secret rotated in the vault, or a vault that is down, fails no request.",
  "gateway.identity-outage":
    "Issue 3: while Entra hangs, a request is 503 identity_provider_unavailable within its budget.",
  "gateway.databricks-faults":
    "Design §4: whatever Databricks does to an ask or a poll, a question is asked at most once and answered if it can be.",
  "gateway.hostile-requests":
    "Issue 3: hostile bodies, parameters and ids are each a 4xx problem document that names the field.",
  "gateway.misconfigured":
    "Design §2: with faulty settings all functions are registered, health answers, the rest is a 503 that names all faulty settings and no value.",
} as const;
